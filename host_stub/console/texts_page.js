// For a customer: every automatic text as people will read it, in each language, and the line of the file it comes from.

import {get, post} from "/api.js";
import {fill, h, icon} from "/dom.js";
import {number, t, t_or} from "/words.js";

const EVERY = 1500;  // milliseconds between two looks while the page is open: files are edited elsewhere
const AUDIENCES = ["contact", "employee"];

export class TextsPage {
    #problem;
    #customer = h("select");
    #reload = h("button", {type: "button"}, t("texts.reload"));
    #told = h("p", {className: "quiet", role: "status"}, t("texts.watched"));
    #faults = h("div", {className: "faults", role: "alert", hidden: true});
    #texts = h("div");
    #timer = 0;
    #shown = "";  // what was drawn last: what has not changed keeps its place and selection
    element;

    constructor(problem) {
        this.#problem = problem;
        this.element = h("main", {className: "page texts", hidden: true, "aria-label": t("nav.texts")},
            h("div", {className: "page-head"},
                h("label", {}, h("span", {}, t("texts.customer")), this.#customer), this.#reload, this.#told),
            this.#faults, this.#texts);
        this.#customer.addEventListener("change", () => this.look());
        this.#reload.addEventListener("click", () => this.#reload_files());
    }

    show(is_shown) {
        this.element.hidden = !is_shown;
        clearInterval(this.#timer);
        if (!is_shown)
            return;
        this.look();
        this.#timer = setInterval(() => this.look(), EVERY);
    }

    async look() {
        const {status, value} = await get("/api/texts");
        const seen = JSON.stringify([value, this.#customer.value]);
        if (status !== 200 || seen === this.#shown)
            return;
        this.#draw(value);
        this.#shown = JSON.stringify([value, this.#customer.value]);
    }

    async #reload_files() {
        const {status, value} = await post("/api/reload");
        if (status !== 200)
            return this.#problem.say(value.text);
        const notes = value.customers.flatMap(({notes: said}) => said);
        fill(this.#told, [t("texts.reloaded"), ...notes].join(" · "));
        await this.look();
    }

    #draw(channels) {
        const texts = channels.flatMap((channel) => channel.texts.map((text) => ({...text, channel: channel.channel})));
        this.#draw_faults(channels.flatMap(({faults}) => faults));
        const customers = [...new Set(texts.map(({customer}) => customer))];
        const chosen = customers.includes(this.#customer.value) ? this.#customer.value : customers[0] ?? "";
        fill(this.#customer, customers.map((customer) => h("option", {value: customer}, customer)));
        this.#customer.value = chosen;
        if (!customers.length) {
            fill(this.#texts, h("div", {className: "empty"}, icon("text"), h("p", {className: "title"}, t("texts.none")),
                h("p", {}, t("texts.none.text"))));
            return;
        }
        const own = texts.filter(({customer}) => customer === chosen);
        fill(this.#texts, AUDIENCES.map((audience) => section(audience, own.filter((text) => text.audience === audience))));
    }

    #draw_faults(faults) {
        this.#faults.hidden = !faults.length;
        fill(this.#faults, h("p", {}, icon("alert"), h("strong", {}, t("texts.fault"))),
            h("ul", {}, faults.map(({file, line, column, text}) => h("li", {},
                h("code", {}, t("texts.fault.one", {file: name_of(file), line, column})), h("span", {dir: "auto"}, ` ${text}`)))));
    }
}

function section(audience, texts) {
    const locales = [...new Set(texts.map(({locale}) => locale))]
        .sort((a, b) => is_in_force(texts, b) - is_in_force(texts, a));
    const keys = [...new Set(texts.map(({key}) => key))];
    return h("section", {},
        h("h2", {}, t(`texts.${audience}`)),
        keys.map((key) => h("article", {className: "card text-card", id: `text-${audience}-${key}`},
            h("header", {}, h("h3", {}, t_or(`key.${key}`, key)), h("code", {}, `${audience}.${key}`)),
            h("div", {className: "locales"}, locales.map((locale) =>
                in_locale(texts.find((text) => text.key === key && text.locale === locale)))))));
}

function is_in_force(texts, locale) {
    return texts.some((text) => text.locale === locale && text.in_force) ? 1 : 0;
}

function in_locale(text) {
    if (!text)
        return null;
    return h("div", {className: "locale", "data-locale": text.locale, lang: text.locale},
        h("p", {className: "label"}, text.locale, text.in_force && h("span", {className: "tag"}, t("texts.in_force"))),
        text.text === null ? h("p", {className: "quiet"}, t("texts.off")) : h("p", {className: "words", dir: "auto"}, text.text),
        h("p", {className: "label"}, t("texts.bytes", {count: number(text.bytes)}), " · ",
            t_or(`texts.slots.${text.slots}`, `${text.slots}`), " · ", source_of(text)),
        text.line === null
            ? h("details", {}, h("summary", {}, t("texts.source")), yaml_of(text))
            : yaml_of(text));
}

function source_of({file, line}) {
    return line === null ? t("texts.built_in") : `${name_of(file)}, ${t("texts.line", {line})}`;
}

// As it stands, or would stand, in the file. A text's pattern in JSON's quotes is YAML as well.
function yaml_of({key, pattern}) {
    return h("pre", {}, h("code", {dir: "ltr"}, `${key}: ${pattern === null ? "null" : JSON.stringify(pattern)}`));
}

function name_of(file) {
    return file.split("/").at(-1);
}
