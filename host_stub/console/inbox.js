// The left pane: the conversations of all channels in one list.

import {fill, h, icon} from "/dom.js";
import {summary} from "/message_view.js";
import {number, t, t_or, time} from "/words.js";

export class Inbox {
    #app;
    #open = null;
    #search = h("input", {type: "search", placeholder: t("inbox.search"), "aria-label": t("inbox.search")});
    #channel = h("select", {"aria-label": t("inbox.channel")});
    #list = h("ul", {className: "conversations", role: "list"});
    #empty;
    #no_match = h("p", {className: "quiet centred", hidden: true}, t("inbox.no_match"));
    element;

    /** app: {conversations, clock, channels, channel_of, choose}; empty: shown where there are no conversations. */
    constructor(app, empty) {
        this.#app = app;
        this.#empty = empty;
        this.element = h("aside", {id: "inbox", className: "pane inbox", "aria-label": t("pane.inbox")},
            h("div", {className: "filters"}, this.#search, this.#channel), this.#list, this.#no_match, empty);
        this.#search.addEventListener("input", () => this.draw());
        this.#channel.addEventListener("change", () => this.draw());
        this.#list.addEventListener("keydown", (event) => this.#key(event));
        app.conversations.changed.listen(() => this.draw());
    }

    /** The channels to choose from. */
    set_channels(channels) {
        const before = this.#channel.value;
        fill(this.#channel, h("option", {value: ""}, t("inbox.all")),
            channels.map(({id}) => h("option", {value: id}, id)));
        this.#channel.value = channels.some(({id}) => id === before) ? before : "";
    }

    /** Marks the one that is open. */
    open(id) {
        this.#open = id;
        this.draw();
    }

    /** Where the keyboard goes on from here. */
    focus() {
        (this.#list.querySelector("[aria-current]") ?? this.#list.querySelector("button") ?? this.#search).focus();
    }

    draw() {
        const all = this.#app.conversations.all();
        const shown = all.filter((conversation) => this.#matches(conversation));
        const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
        const reachable = shown.some(({id}) => id === this.#open) ? this.#open : shown[0]?.id;
        fill(this.#list, shown.map((conversation) => this.#line(conversation, conversation.id === reachable)));
        if (focused)
            this.#list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
        this.#empty.hidden = all.length > 0;
        this.#no_match.hidden = !all.length || shown.length > 0;
    }

    #matches({contact, customer, channel}) {
        const asked = this.#search.value.trim().toLowerCase();
        return (!this.#channel.value || channel === this.#channel.value)
            && (contact.toLowerCase().includes(asked) || customer.toLowerCase().includes(asked));
    }

    #line(conversation, is_reachable) {
        const {id, contact, last, last_at, unread, waiting, state} = conversation;
        const is_open = id === this.#open;
        const button = h("button", {type: "button", className: "conversation", tabIndex: is_reachable ? 0 : -1,
            "data-id": id, "aria-current": is_open ? "true" : null, onclick: () => this.#app.choose(id)},
            h("span", {className: "face"}, icon(`channel-${this.#app.channel_of(conversation)?.type}`)),
            h("span", {className: "name", dir: "auto"}, contact),
            h("time", {dateTime: last_at}, time(Date.parse(last_at), this.#app.clock.now())),
            h("span", {className: "last", dir: "auto"}, this.#preview(last)),
            h("span", {className: "marks"},
                h("span", {className: `tag ${state}`}, t_or(`state_of.${state}`, state)),
                waiting > 0 && h("span", {className: "tag waiting"}, t("inbox.waiting", {count: number(waiting)})),
                unread > 0 && !is_open && h("span", {className: "badge", "aria-label": t("inbox.unread", {count: unread})},
                    number(unread))));
        return h("li", {}, button);
    }

    #preview(last) {
        return last?.from === "employee" && last.employee
            ? t("inbox.you", {employee: last.employee, text: summary(last)}) : summary(last);
    }

    #key(event) {
        const lines = [...this.#list.querySelectorAll("button")];
        const place = lines.indexOf(document.activeElement);
        const to = {ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: lines.length - 1}[event.key];
        if (to === undefined || !lines[to])
            return;
        event.preventDefault();
        lines.forEach((line, number) => { line.tabIndex = number === to ? 0 : -1; });
        lines[to].focus();
    }
}
