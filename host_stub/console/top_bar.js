// The bar above everything: pages, the clock with its buttons, language and colours.

import {fill, h, icon} from "/dom.js";
import {change_theme, theme} from "/theme.js";
import {choose_language, duration, full_time, language, t} from "/words.js";

const HOUR = 3600;  // seconds
const PAGES = ["inbox", "operations", "texts"];

export class TopBar {
    #app;
    #links = new Map();
    #now = h("time");
    #live = h("p", {className: "live", role: "status"});
    #buttons;
    #next;
    #clock;
    element;

    /** app: {clock, problem, next_event}: the time of what comes next in the open conversation, or null */
    constructor(app) {
        this.#app = app;
        this.#next = this.#move_button("clock.next", () => this.#seconds_to_next());
        this.#buttons = [this.#move_button("clock.hour", () => HOUR), this.#move_button("clock.day", () => 24 * HOUR), this.#next];
        this.#clock = h("div", {className: "clock", role: "group", "aria-label": t("clock")},
            h("span", {title: t("clock.now")}, icon("clock"), this.#now), ...this.#buttons);
        this.element = h("header", {className: "top-bar"},
            h("a", {className: "skip", href: "#thread", onclick: (event) => this.#skip(event)}, t("skip")),
            h("h1", {}, icon("mark"), h("span", {}, t("title"))),
            h("nav", {"aria-label": t("nav")}, PAGES.map((page) => this.#link(page))),
            this.#clock, this.#live,
            h("button", {type: "button", className: "icon-button text", "aria-label": t("language.name"), lang: other_language(),
                onclick: () => choose_language(other_language())}, t("language")),
            this.#theme_button());
        app.clock.changed.listen(() => this.draw());
        setInterval(() => this.draw(), 1000);
    }

    /** Marks the page that is shown. */
    open(page) {
        for (const [name, link] of this.#links) {
            if (name === page)
                link.setAttribute("aria-current", "page");
            else
                link.removeAttribute("aria-current");
        }
    }

    /** A channel needs somebody, or none does. */
    set_ailing(is_ailing) {
        const link = this.#links.get("operations");
        link.classList.toggle("ailing", is_ailing);
        link.title = is_ailing ? t("nav.ailing") : "";
    }

    set_live(is_live) {
        this.#live.className = is_live ? "live" : "live lost";
        this.#live.textContent = t(is_live ? "live" : "live.lost");
    }

    draw() {
        const {clock} = this.#app;
        this.#now.textContent = full_time(clock.now());
        for (const button of this.#buttons) {
            button.hidden = !clock.adjustable;
            button.disabled = clock.moving;
        }
        const seconds = this.#seconds_to_next();
        this.#next.disabled ||= seconds === null;
        this.#next.title = seconds === null ? t("clock.next.none") : t("clock.next.in", {duration: duration(seconds * 1000)});
        this.#clock.classList.toggle("moving", clock.moving);
    }

    #seconds_to_next() {
        const next = this.#app.next_event();
        const seconds = next === null ? 0 : Math.ceil((next - this.#app.clock.now()) / 1000);
        return seconds > 0 ? seconds : null;
    }

    #link(page) {
        const link = h("a", {href: `#/${page}`}, t(`nav.${page}`));
        this.#links.set(page, link);
        return link;
    }

    #move_button(name, seconds) {
        const button = h("button", {type: "button", className: "small", "aria-label": t(`${name}.name`)}, t(name));
        button.addEventListener("click", async () => {
            const why = await this.#app.clock.advance(seconds());
            if (why)
                this.#app.problem.say(why);
        });
        return button;
    }

    #theme_button() {
        const button = h("button", {type: "button", className: "icon-button"});
        const draw = () => {
            fill(button, icon(`theme-${theme()}`));
            button.title = t("theme", {theme: t(`theme.${theme()}`)});
            button.setAttribute("aria-label", button.title);
        };
        button.addEventListener("click", () => {
            change_theme();
            draw();
        });
        draw();
        return button;
    }

    #skip(event) {
        event.preventDefault();
        document.getElementById("thread")?.focus();
    }
}

function other_language() {
    return language === "en" ? "zh-Hans" : "en";
}
