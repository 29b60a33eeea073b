// What an employee writes: told before it is sent what will become of it.

import {conversation_path, new_id, post} from "/api.js";
import {debounced, fill, h, icon} from "/dom.js";
import {kind_of, read_file} from "/media.js";
import {Signal} from "/signal.js";
import {Typing} from "/typing.js";
import {duration, number, t, t_or} from "/words.js";

const TYPING = 120;                 // milliseconds of silence before the channel is asked
const FILE_BYTES = 10 * 1024 * 1024;  // what a message may carry
const FILES = ["image", "voice", "video", "file"];
const NOBODY = "-";                 // writes where nobody takes part: the channel says what it thinks of that

export class Composer {
    left = new Signal();  // Esc
    #clock;
    #problem;
    #thread = null;       // the open one, and what its channel can do
    #capabilities = {};
    #file = null;
    #client_id = "";      // the same until the host has answered: asking again sends nothing twice
    #typing = new Typing();
    #sending = false;
    #asked = 0;           // of several answers the one to the last question counts
    #ask = debounced(TYPING, () => this.check());

    #employee = h("select", {name: "employee", "aria-label": t("composer.as")});  // its label is not shown on narrow screens
    #text = h("textarea", {rows: 1, dir: "auto", "aria-describedby": "verdict composer-keys"});
    #bytes = h("span", {className: "bytes"});
    #verdict = h("p", {id: "verdict", className: "verdict", role: "status"});
    #chosen = h("div", {className: "chosen", hidden: true});
    #picker = h("input", {type: "file", hidden: true, accept: "image/*,audio/*,video/*"});
    #attach = h("button", {type: "button", className: "icon-button", "aria-label": t("composer.picture"),
        title: t("composer.picture")}, icon("clip"));
    #button = h("button", {className: "primary"}, t("composer.send"));
    element = h("form", {className: "composer", "aria-label": t("composer")},
        this.#verdict, this.#chosen,
        h("div", {className: "line"},
            h("label", {className: "as"}, h("span", {}, t("composer.as")), this.#employee),
            this.#attach, this.#picker, this.#text, this.#button),
        h("p", {className: "below"}, h("span", {id: "composer-keys"}, t("composer.keys")), this.#bytes));

    constructor(clock, problem) {
        this.#clock = clock;
        this.#problem = problem;
        this.element.addEventListener("submit", (event) => {
            event.preventDefault();
            this.send();
        });
        this.#text.addEventListener("input", () => this.#typed());
        this.#text.addEventListener("keydown", (event) => this.#key(event));
        this.#employee.addEventListener("change", () => this.check());
        this.#attach.addEventListener("click", () => this.#picker.click());
        this.#picker.addEventListener("change", () => this.#pick(this.#picker.files[0]));
    }

    /** Another conversation: its draft comes back. */
    open(thread, conversation, capabilities) {
        this.#thread = thread;
        this.#capabilities = capabilities ?? {};
        const own = this.#capabilities.accounts?.[conversation.customer]?.send;
        this.#attach.hidden = !(own ?? this.#capabilities.send ?? []).some((kind) => FILES.includes(kind));
        this.#client_id = "";
        this.#detach();
        this.#text.value = sessionStorage.getItem(this.#draft_key()) ?? "";
        this.#text.placeholder = t("composer.placeholder", {contact: conversation.contact});
        this.#text.setAttribute("aria-label", this.#text.placeholder);
        fill(this.#verdict);
        this.#grow();
        this.take(conversation);
    }

    /** Who may write has changed, or may have. */
    take(conversation) {
        const names = conversation.participants.length ? conversation.participants : [NOBODY];
        const shown = [...this.#employee.options].map((option) => option.value);
        if (shown.join("\n") !== names.join("\n")) {
            const before = this.#employee.value;
            fill(this.#employee, names.map((employee) => h("option", {value: employee}, employee)));
            this.#employee.value = names.includes(before) ? before : names[0];
        }
        this.#ask();
    }

    /** Time has passed, or the host is another: what was said of the message may be wrong now. */
    look() {
        if (this.#thread)
            this.#ask();
    }

    focus() {
        this.#text.focus();
    }

    get employee() {
        return this.#employee.value;
    }

    /** Asks the channel what would become of it, and says so. */
    async check() {
        const thread = this.#thread;
        const question = ++this.#asked;
        const {status, value} = await post(conversation_path(thread.id, "check"), this.#body());
        if (question !== this.#asked || thread !== this.#thread)
            return;
        if (status !== 200) {
            fill(this.#verdict, value.text || t("problem.silent"));
            return;
        }
        this.#verdict.className = `verdict ${value.verdict}`;
        this.#button.textContent = t(value.verdict === "queue" ? "composer.queue" : "composer.send");
        fill(this.#verdict, icon({send: "send", queue: "hourglass"}[value.verdict] ?? "alert"), this.#words_for(value));
    }

    async send() {
        if (this.#sending || !(this.#text.value.trim() || this.#file))
            return;
        this.#client_id ||= new_id();
        this.#sending = true;
        const thread = this.#thread;
        const {status, value} = await post(conversation_path(thread.id, "messages"),
            {...this.#body(), client_id: this.#client_id});
        this.#sending = false;
        if (status === 202)
            return this.#sent(thread);
        if (status !== 0)
            this.#client_id = "";  // answered: the next try is another message
        const why = t_or(`reason.${value.reason}`, value.text || value.reason || value.error);
        this.#problem.say(status === 0 ? t("composer.no_answer") : t("composer.failed", {why}));
    }

    #sent(thread) {
        this.#client_id = "";
        sessionStorage.removeItem(`draft.${thread.id}`);
        this.#problem.clear();
        this.#typing.end();
        if (thread !== this.#thread)
            return;
        this.#text.value = "";
        this.#detach();
        this.#grow();
        this.check();
    }

    #body() {
        const body = {employee: this.#employee.value};
        if (this.#file)
            body.media = {kind: kind_of(this.#file.mime), mime: this.#file.mime, name: this.#file.name,
                base64: this.#file.base64};
        else if (this.#text.value)
            body.text = this.#text.value;
        return body;
    }

    #words_for({verdict, reason, text, cost, slots_left, window_ends_at}) {
        const why = t_or(`reason.${reason}`, text || reason || "");
        const words = [t_or(`verdict.${verdict}`, verdict).replace("{why}", why)];
        const all = this.#thread.about?.employee_messages;
        if (slots_left !== null && all)
            words.push(t("verdict.left", {left: slots_left, all}));
        else if (slots_left !== null)
            words.push(t("verdict.left_slots", {left: slots_left}));
        if (cost > 1)
            words.push(t("verdict.cost", {cost}));
        const ends_in = window_ends_at ? Date.parse(window_ends_at) - this.#clock.now() : 0;
        if (ends_in > 0)
            words.push(t("verdict.closes", {duration: duration(ends_in)}));
        return words.join(" · ");
    }

    #typed() {
        this.#client_id = "";
        sessionStorage.setItem(this.#draft_key(), this.#text.value);
        this.#grow();
        this.#ask();
        if (this.#text.value)
            this.#typing.take(this.#thread.id, this.#employee.value);
    }

    #draft_key() {
        return `draft.${this.#thread.id}`;
    }

    #grow() {
        this.#text.style.height = "auto";
        this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
        const count = new TextEncoder().encode(this.#text.value).length;
        const most = this.#capabilities.text_bytes;
        this.#bytes.textContent = most ? t("composer.bytes_of", {count: number(count), most: number(most)})
            : t("composer.bytes", {count: number(count)});
        this.#bytes.classList.toggle("too-many", Boolean(most) && count > most);
    }

    // While an input method composes, Enter and Esc are its own.
    #key(event) {
        if (event.isComposing)
            return;
        if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            this.send();
        } else if (event.key === "Escape") {
            this.left.send();
        }
    }

    async #pick(file) {
        this.#picker.value = "";
        if (!file)
            return;
        if (file.size > FILE_BYTES)
            return this.#problem.say(t("composer.too_large"));
        this.#file = await read_file(file);
        this.#client_id = "";
        this.#chosen.hidden = false;
        this.#text.disabled = true;
        fill(this.#chosen, icon("file"), h("bdi", {}, file.name),
            h("button", {type: "button", className: "plain", "aria-label": t("composer.detach", {name: file.name}),
                onclick: () => this.#detach()}, icon("cross")));
        this.check();
    }

    #detach() {
        this.#file = null;
        this.#chosen.hidden = true;
        this.#text.disabled = false;
        fill(this.#chosen);
        if (this.#thread)
            this.#ask();
    }
}
