// One question with one answer, as the browser's own dialog: Esc and Enter work, the rest of the page waits.

import {h} from "/dom.js";
import {t} from "/words.js";

/**
 * Gives what was answered, or null.
 *
 * secret: what is typed is not shown
 */
export function ask({title, text = "", label, go, value = "", secret = false}) {
    const input = h("input", {value, required: true, autocomplete: "off", type: secret ? "password" : "text"});
    const dialog = h("dialog", {"aria-labelledby": "dialog-title"},
        h("form", {method: "dialog"},
            h("h2", {id: "dialog-title"}, title),
            text && h("p", {className: "quiet"}, text),
            h("label", {}, label, input),
            h("div", {className: "buttons"},
                h("button", {type: "button", onclick: () => dialog.close()}, t("dialog.cancel")),
                h("button", {className: "primary", value: "go"}, go))));
    document.body.append(dialog);
    dialog.showModal();
    input.select();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(dialog.returnValue === "go" ? input.value.trim() || null : null);
        });
    });
}
