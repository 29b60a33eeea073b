// What went wrong, said where everybody looks until it is closed or something works again.

import {fill, h, icon} from "/dom.js";
import {t} from "/words.js";

export class Problem {
    element = h("div", {className: "problem", role: "alert", hidden: true});

    say(words) {
        this.element.hidden = false;
        fill(this.element, icon("alert"), h("p", {dir: "auto"}, words || t("problem.silent")),
            h("button", {type: "button", className: "plain", "aria-label": t("problem.close"), onclick: () => this.clear()},
                icon("cross")));
    }

    clear() {
        this.element.hidden = true;
        fill(this.element);
    }
}
