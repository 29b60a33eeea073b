// One question with one answer, as the browser's own dialog: Esc and Enter work, the rest of the page waits.

import {h} from "/dom.js";
import {t} from "/words.js";

/**
 * Shows a dialog until it is closed; gives the value of the button that closed it, "" for Esc and Cancel.
 *
 * children  what stands between its title and its buttons
 * go        the button that answers
 */
export function show_dialog(title, text, children, go) {
    const dialog = h("dialog", {"aria-labelledby": "dialog-title"},
        h("form", {method: "dialog"},
            h("h2", {id: "dialog-title"}, title),
            text && h("p", {className: "quiet"}, text),
            children,
            h("div", {className: "buttons"},
                h("button", {type: "button", onclick: () => dialog.close()}, t("dialog.cancel")), go)));
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(dialog.returnValue);
        });
    });
}

/**
 * Asks for one text; gives it, or null.
 *
 * secret  what is typed is not shown
 */
export async function ask({title, text = "", label, go, value = "", secret = false}) {
    const input = h("input", {value, required: true, autocomplete: "off", type: secret ? "password" : "text"});
    const answer = show_dialog(title, text, [h("label", {}, label, input)], h("button", {className: "primary", value: "go"}, go));
    input.select();
    return await answer === "go" ? input.value.trim() || null : null;
}
