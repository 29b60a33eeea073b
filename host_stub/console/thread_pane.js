// The middle pane: one conversation, its window, its messages, and what an employee writes.

import {conversation_path, remove} from "/api.js";
import {fill, h, icon} from "/dom.js";
import {message_row, summary} from "/message_view.js";
import {Participants} from "/participants.js";
import {draw_timeline} from "/timeline.js";
import {VirtualList} from "/virtual_list.js";
import {t} from "/words.js";

const ROW_HEIGHT = 72;  // of a usual message: what a list takes a row for until it is shown

export class ThreadPane {
    thread = null;
    #app;
    #participants;
    #title = h("h2", {dir: "auto"});
    #whose = h("p", {className: "quiet"});
    #window = h("div", {className: "window", hidden: true});
    #list = h("ol", {className: "messages", role: "list"});
    #scroller = h("div", {className: "scroller", tabIndex: 0, role: "region", "aria-label": t("thread.messages")}, this.#list);
    #latest = h("button", {type: "button", className: "latest", hidden: true}, icon("down"), t("thread.latest"));
    #spoken = h("p", {className: "only-read", "aria-live": "polite"});
    #rows;
    #stop = null;  // ends hearing of the thread that was shown before
    #empty;
    #body;
    element;

    /** app: {clock, problem, composer, conversations, channel_of, back} */
    constructor(app, empty) {
        this.#app = app;
        this.#empty = empty;
        this.#participants = new Participants(app.problem);
        this.#rows = new VirtualList(this.#scroller, this.#list, {
            key: (message) => message.id,
            render: (message, before) => message_row(message, before,
                {now: app.clock.now(), cancel: (one) => this.#cancel(one)}),
            estimate: ROW_HEIGHT,
            near_start: () => this.thread?.older(),
            scrolled: () => { this.#latest.hidden = this.#rows.at_end; },
        });
        this.#latest.addEventListener("click", () => this.#rows.to_end());
        this.#scroller.addEventListener("keydown", (event) => this.#key(event));
        this.#body = h("div", {className: "thread-body", hidden: true},
            h("header", {className: "thread-header"},
                h("button", {type: "button", className: "icon-button narrow-only", "aria-label": t("pane.back"),
                    onclick: () => app.back()}, icon("back")),
                h("div", {className: "grow"}, this.#title, this.#whose),
                this.#participants.element),
            this.#window, h("div", {className: "messages-pane"}, this.#scroller, this.#latest),
            app.composer.element, this.#spoken);
        this.element = h("main", {id: "thread", className: "pane thread", tabIndex: -1, "aria-label": t("pane.thread")},
            this.#empty, this.#body);
        app.clock.changed.listen(() => this.#draw_window());
    }

    /** Shows a thread that has been loaded; null: none. */
    show(thread, conversation) {
        this.#stop?.();
        this.thread = thread;
        this.#empty.hidden = thread !== null;
        this.#body.hidden = thread === null;
        if (!thread)
            return;
        this.#head(conversation);
        this.#app.composer.open(thread, conversation, this.#app.channel_of(conversation)?.capabilities);
        this.#draw_window();
        this.#rows.start(thread.messages);
        this.#stop = thread.changed.listen(() => this.#update());
    }

    /** Its conversation is another now: who takes part, what it waits for. */
    take(conversation) {
        this.#head(conversation);
        this.#app.composer.take(conversation);
    }

    /** Says a new message to who cannot see it. */
    speak(message) {
        if (message.from === "employee")
            return;
        const who = message.from === "contact" ? this.#title.textContent : t(`from.channel.${message.to === "contact" ? "contact" : "employees"}`);
        this.#spoken.textContent = t("thread.new", {who, text: summary(message)});
    }

    #update() {
        this.#rows.set(this.thread.messages);
        this.#draw_window();
    }

    #head(conversation) {
        this.#title.textContent = conversation.contact;
        this.#title.title = conversation.contact;  // a narrow screen cuts it short
        const channel = this.#app.channel_of(conversation);
        fill(this.#whose, icon(`channel-${channel?.type}`), h("bdi", {}, conversation.customer),
            ` · ${t(`state_of.${conversation.state}`)}`);
        this.#participants.show(conversation);
    }

    #draw_window() {
        if (this.thread)
            draw_timeline(this.#window, this.thread.about, this.thread.messages, this.#app.clock.now());
    }

    async #cancel(message) {
        const {status, value} = await remove(conversation_path(this.thread.id, "messages", message.client_id));
        if (status !== 200 && status !== 202)
            this.#app.problem.say(value.text);
    }

    // Home goes to the very first message, wherever that is.
    async #key(event) {
        if (event.target !== this.#scroller)
            return;
        if (event.key === "Escape")
            this.#app.back();
        if (event.key === "End") {
            event.preventDefault();
            this.#rows.to_end();
        }
        if (event.key !== "Home")
            return;
        event.preventDefault();
        const {thread} = this;
        while (thread === this.thread && !thread.complete)
            await thread.older();
        this.#scroller.scrollTop = 0;
    }
}
