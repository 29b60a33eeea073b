// The console: what there is, and who hears of what.

import {ask_for_token_with, conversation_path, get, new_id, post} from "/api.js";
import {Clock} from "/clock.js";
import {Composer} from "/composer.js";
import {Conversations} from "/conversations.js";
import {ask} from "/dialog.js";
import {h, icon} from "/dom.js";
import {Events} from "/events.js";
import {Inbox} from "/inbox.js";
import {OperationsPage} from "/operations_page.js";
import {PhonePane} from "/phone_pane.js";
import {Problem} from "/problem.js";
import {Simulator} from "/simulator.js";
import {TextsPage} from "/texts_page.js";
import {apply_theme} from "/theme.js";
import {Thread} from "/thread.js";
import {ThreadPane} from "/thread_pane.js";
import {TopBar} from "/top_bar.js";
import {Tour} from "/tour.js";
import {t} from "/words.js";

const PAGES = ["inbox", "operations", "texts"];
const LOOK_EVERY = 10_000;                              // milliseconds between two looks at the channels' health
const SIDE_BY_SIDE = matchMedia("(min-width: 901px)");  // as in layout.css: the panes have room beside each other

class App {
    clock = new Clock();
    problem = new Problem();
    conversations = new Conversations();
    simulator = new Simulator();
    events = new Events();
    channels = [];
    #wanted = null;   // the contact whose conversation is to be opened once there is one: {customer, contact}
    #opening = null;  // the thread that is being loaded
    #arrival = {};    // what the next opening does besides: {pane, focus}

    constructor() {
        this.composer = new Composer(this.clock, this.problem);
        this.composer.left.listen(() => this.inbox.focus());
        this.phone_pane = new PhonePane({...this.#parts(), who_answers: (customer) => this.#who_answers(customer),
            contact_chosen: (account, contact) => this.#contact_chosen(account, contact),
            close_phone: () => this.#show_pane(this.thread ? "thread" : "inbox")});
        this.thread_pane = new ThreadPane({...this.#parts(), composer: this.composer,
            channel_of: (conversation) => this.#channel_of(conversation), back: () => this.#back()}, this.#no_thread());
        this.inbox = new Inbox({...this.#parts(), channel_of: (conversation) => this.#channel_of(conversation),
            choose: (id) => this.#choose(id)}, this.#no_conversations());
        this.tour = new Tour({clock: this.clock, phone: this.phone_pane, thread: () => this.thread,
            write: (text) => this.#write(text), has_simulator: () => this.simulator.accounts.length > 0});
        this.top_bar = new TopBar({...this.#parts(), next_event: () => this.#next_event()});
        this.pages = {operations: new OperationsPage(), texts: new TextsPage(this.problem)};
        this.layout = h("div", {className: "panes"}, this.inbox.element, this.thread_pane.element, this.phone_pane.element);
    }

    get thread() {
        return this.thread_pane.thread;
    }

    async begin() {
        document.title = t("title");
        document.body.append(this.top_bar.element, this.problem.element, this.tour.element, this.layout,
            this.pages.operations.element, this.pages.texts.element, this.#tabs());
        const {status, value} = await get("/api/host");
        if (status !== 200) {
            this.problem.say(value.text);
            setTimeout(() => location.reload(), 2000);
            return;
        }
        this.clock.set(value);
        this.clock.begin();
        setInterval(() => this.#load_channels(), LOOK_EVERY);
        this.#listen();
        this.events.begin(value);
        await Promise.all([this.#load_channels(), this.conversations.load(), this.#load_phone(value)]);
        window.addEventListener("hashchange", () => this.#route());
        await this.#route();
        this.clock.changed.listen(() => this.#time_passed());
        this.tour.draw();
    }

    #parts() {
        const {clock, problem, conversations, simulator} = this;
        return {clock, problem, conversations, simulator};
    }

    #listen() {
        this.events.happened.listen((event) => this.#take(event));
        this.events.connected.listen((is_live) => this.top_bar.set_live(is_live));
        this.events.restored.listen((host) => {
            this.clock.set(host);
            location.hash = "#/inbox";
            this.conversations.load();
        });
    }

    #take(event) {
        this.conversations.take(event);
        this.phone_pane.take();
        if (event.conversation === this.thread?.id) {
            this.thread.take(event);
            if (event.now)
                this.thread_pane.take(event.now);
            if (event.type === "message" && event.message)
                this.thread_pane.speak(event.message);
        }
        this.#open_wanted();
        this.tour.draw();
    }

    // ---- What is shown ----

    // "#/inbox/ID", "#/operations", "#/texts": a reload, and the browser's back, keep the place.
    async #route() {
        const [, page = "inbox", id] = location.hash.split("/");
        const shown = PAGES.includes(page) ? page : "inbox";
        this.top_bar.open(shown);
        document.body.dataset.page = shown;
        this.layout.hidden = shown !== "inbox";
        this.pages.operations.show(shown === "operations");
        this.pages.texts.show(shown === "texts");
        this.tour.show(shown === "inbox");
        if (shown === "inbox")
            await this.#open(id ? decodeURIComponent(id) : this.#newest());
    }

    // What stands beside the list where nothing was chosen.
    #newest() {
        return SIDE_BY_SIDE.matches ? this.thread?.id ?? this.conversations.all()[0]?.id ?? null : null;
    }

    // pane: which one a narrow screen shows then; focus: the keyboard goes there, too
    #choose(id, {pane = "thread", focus = true} = {}) {
        this.#arrival = {pane, focus};
        const hash = `#/inbox/${encodeURIComponent(id)}`;
        if (location.hash === hash)
            this.#arrive();
        location.hash = hash;
    }

    #arrive() {
        const {pane = "thread", focus = false} = this.#arrival;
        this.#arrival = {};
        this.#show_pane(pane);
        if (focus)
            this.composer.focus();
    }

    #back() {
        this.#show_pane("inbox");
        this.inbox.focus();
    }

    async #open(id) {
        const conversation = id ? this.conversations.get(id) : null;
        this.inbox.open(conversation ? id : null);
        if (conversation && this.thread?.id === id)
            return this.#arrive();
        if (!conversation) {
            this.#opening = null;
            this.thread_pane.show(null);
            this.#show_pane("inbox");
            if (id)
                this.problem.say(t("thread.gone"));
            return;
        }
        const thread = new Thread(id);
        this.#opening = thread;
        await thread.load();
        if (this.#opening !== thread)
            return;  // another one was chosen meanwhile
        thread.changed.listen(() => this.tour.draw());
        this.thread_pane.show(thread, this.conversations.get(id));
        this.phone_pane.follow(conversation);
        this.top_bar.draw();
        this.tour.draw();
        this.#arrive();
    }

    // On a narrow screen one pane is seen at a time.
    #show_pane(name) {
        this.layout.dataset.pane = name;
        for (const tab of document.querySelectorAll(".tabs button"))
            tab.setAttribute("aria-pressed", String(tab.dataset.pane === name));
    }

    #tabs() {
        const tab = (name, symbol) => h("button", {type: "button", "data-pane": name, "aria-pressed": "false",
            onclick: () => this.#show_pane(name)}, icon(symbol), t(`tab.${name}`));
        return h("div", {className: "tabs", role: "group", "aria-label": t("nav")},
            tab("inbox", "list"), tab("thread", "chat"), tab("phone", "phone"));
    }

    // ---- The phone ----

    async #load_phone(host) {
        if (!host.simulator)
            return this.phone_pane.explain(t("phone.none"), t("phone.none.text"));
        if (!await this.simulator.load())
            return this.phone_pane.explain(t("phone.silent"), "");
        if (!this.simulator.accounts.length)
            return this.phone_pane.explain(t("phone.no_account"), t("phone.no_account.text"));
        this.phone_pane.begin();
    }

    // Both sides of one conversation are seen together.
    #contact_chosen(account, contact) {
        this.#wanted = {customer: this.simulator.customer_of(account), contact};
        this.#open_wanted();
    }

    #open_wanted() {
        if (!this.#wanted)
            return;
        const {customer, contact} = this.#wanted;
        const found = this.conversations.of(customer).find((conversation) => conversation.contact === contact);
        if (!found)
            return;
        this.#wanted = null;
        if (found.id === this.thread?.id)
            return;
        const is_at_phone = this.phone_pane.element.contains(document.activeElement);
        const pane = this.layout.dataset.pane === "phone" ? "phone" : "thread";
        this.#choose(found.id, {pane, focus: !is_at_phone});
    }

    // ---- Time ----

    #next_event() {
        const next = this.thread?.about?.next_at;
        return next ? next * 1000 : null;
    }

    #time_passed() {
        if (this.clock.moving)
            return;
        this.thread?.look();
        this.phone_pane.take();
        this.composer.look();
        this.inbox.draw();
    }

    // ---- Others ----

    async #load_channels() {
        const {status, value} = await get("/api/channels");
        if (status !== 200)
            return;
        this.channels = value;
        this.inbox.set_channels(value);
        this.top_bar.set_ailing(value.some(({health}) => health.level !== "ok"));
    }

    #channel_of({channel}) {
        return this.channels.find(({id}) => id === channel) ?? null;
    }

    // The channel of a customer, and the employees who have answered his contacts.
    #who_answers(customer) {
        const met = this.conversations.of(customer);
        const channel = this.channels.find(({capabilities}) => capabilities?.accounts?.[customer])?.id ?? met[0]?.channel;
        return {channel, employees: [...new Set(met.flatMap(({participants}) => participants))]};
    }

    async #write(text) {
        const {status, value} = await post(conversation_path(this.thread.id, "messages"),
            {employee: this.composer.employee, client_id: new_id(), text});
        if (status !== 202)
            this.problem.say(value.text);
        return status === 202 ? value.state : null;
    }

    #no_thread() {
        return h("div", {className: "empty"}, icon("chat"), h("p", {className: "title"}, t("thread.none")),
            h("p", {}, t("thread.none.text")));
    }

    #no_conversations() {
        return h("div", {className: "empty", hidden: true}, icon("list"), h("p", {className: "title"}, t("inbox.empty")),
            h("p", {}, t("inbox.empty.text")));
    }
}

apply_theme();
ask_for_token_with(() => ask({title: t("token.title"), text: t("token.text"), label: t("token.label"), go: t("token.go"), secret: true}));
await new App().begin();
