// A guide for the first minute: five steps, each done by the page itself when asked.

import {fill, h, icon} from "/dom.js";
import {t} from "/words.js";

const KEY = "console.tour";
const DAY = 86_400;  // seconds
const STEPS = ["contact", "answer", "limit", "day", "resume"];

export class Tour {
    #app;
    #running = false;
    #shown = true;
    element = h("section", {className: "tour", "aria-label": t("tour"), hidden: true});

    /** app: {clock, phone, thread, write, has_simulator}: thread() is the open one, write(text) sends as an employee and gives the
     *  receipt's state, or null */
    constructor(app) {
        this.#app = app;
    }

    show(is_shown) {
        this.#shown = is_shown;
        this.draw();
    }

    draw() {
        const is_wanted = this.#shown && localStorage.getItem(KEY) !== "closed" && this.#app.has_simulator() && this.#app.clock.adjustable;
        this.element.hidden = !is_wanted;
        if (!is_wanted)
            return;
        const done = steps_done(this.#app.thread());
        const next = STEPS.find((step) => !done.has(step));
        fill(this.element, h("h2", {}, t("tour")),
            h("ol", {}, STEPS.map((step) => this.#step(step, done.has(step), step === next))),
            next ? this.#act_button(next) : h("p", {}, icon("check"), t("tour.done")),
            h("button", {type: "button", className: "plain", "aria-label": t("tour.close"), onclick: () => this.#close()},
                icon("cross")));
    }

    #step(step, is_done, is_next) {
        return h("li", {className: is_done ? "done" : "", "aria-current": is_next ? "step" : null},
            icon(is_done ? "check" : "dot"), t(`tour.${step}`));
    }

    #act_button(step) {
        const words = t(`tour.${step}.act`, {contact: this.#app.phone.contact, text: t("tour.text.1")});
        return h("button", {type: "button", className: "primary small", disabled: this.#running,
            onclick: () => this.#act(step)}, words);
    }

    async #act(step) {
        this.#running = true;
        this.draw();
        await this.#do(step);
        this.#running = false;
        this.draw();
    }

    async #do(step) {
        const {phone, clock, write} = this.#app;
        if (step === "contact")
            await phone.act("send", {text: t("phone.hello")});
        if (step === "answer")
            await write(t("tour.text.1"));
        if (step === "limit")
            await this.#reach_limit();
        if (step === "day")
            await clock.advance(DAY);
        if (step === "resume")
            await phone.act("send", {text: t("phone.reply")});
    }

    // One after the other, each once the channel has the one before; the last of them waits.
    async #reach_limit() {
        for (const place of [2, 3, 4]) {
            const state = await this.#app.write(t(`tour.text.${place}`));
            if (state !== "accepted")
                return;
        }
    }

    #close() {
        localStorage.setItem(KEY, "closed");
        this.draw();
    }
}

// What the messages of a thread show of the story.
function steps_done(thread) {
    const messages = thread?.messages ?? [];
    const has = (key) => messages.some((message) => message.key === key);
    const done = new Set();
    if (messages.some((message) => message.from === "contact" && message.kind !== "event"))
        done.add("contact");
    if (messages.some((message) => message.from === "employee" && message.state !== "refused"))
        done.add("answer");
    if (has("queued"))
        done.add("limit");
    if (has("no_reply") || has("reply_due"))
        done.add("day");
    if (has("resumed"))
        done.add("resume");
    return done;
}
