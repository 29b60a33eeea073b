// The right pane: the contact's phone. Whoever tries the channel is the contact here.

import {ask} from "/dialog.js";
import {debounced, fill, h, icon} from "/dom.js";
import {read_file} from "/media.js";
import {phone_rows} from "/phone_screen.js";
import {scan_code} from "/scan_dialog.js";
import {t, t_or, time} from "/words.js";

const QUIET = 60;  // milliseconds: what happens together is looked at once

export class PhonePane {
    account = null;
    contact = "";
    #app;
    #look = debounced(QUIET, () => this.look());
    #shown = 0;  // of several answers the newest counts

    #accounts = h("select", {"aria-label": t("phone.account")});
    #contacts = h("select", {"aria-label": t("phone.contact")});
    #name = h("span", {className: "grow", dir: "auto"});
    #slots = h("p", {className: "quiet slots-left"});
    #screen = h("ol", {role: "list"});
    #scroller = h("div", {className: "screen", tabIndex: 0, role: "region"}, this.#screen);
    #status = h("p", {className: "quiet status", role: "status"});
    #text = h("textarea", {rows: 1, dir: "auto"});
    #send = h("button", {className: "icon-button send"}, icon("send"));
    #picker = h("input", {type: "file", hidden: true, accept: "image/*,audio/*,video/*"});
    #note = h("p", {className: "quiet note", hidden: true}, t("phone.other_channel"));
    #device;
    #empty = h("div", {className: "empty", hidden: true});
    element;

    /** app: {simulator, conversations, clock, problem, contact_chosen, close_phone, who_answers} */
    constructor(app) {
        this.#app = app;
        const write = h("form", {className: "line"},
            h("button", {type: "button", className: "icon-button", "aria-label": t("phone.picture"), title: t("phone.picture"),
                onclick: () => this.#picker.click()}, icon("image")),
            this.#picker, this.#text, this.#send);
        this.#device = h("div", {className: "device"},
            h("div", {className: "screen-title"}, this.#name, this.#slots), this.#scroller, write);
        // Nobody's until an account is chosen: nothing can be written on it.
        this.element = h("aside", {id: "phone", className: "pane phone nobody", "aria-label": t("pane.phone")},
            h("header", {}, h("h2", {}, t("pane.phone")),
                h("button", {type: "button", className: "icon-button narrow-only", "aria-label": t("pane.close"),
                    onclick: () => app.close_phone()}, icon("cross"))),
            this.#empty,
            h("div", {className: "phone-body"},
                h("div", {className: "choose"}, this.#accounts, this.#contacts,
                    h("button", {type: "button", className: "icon-button", "aria-label": t("phone.new"),
                        title: t("phone.new"), onclick: () => this.#new_contact()}, icon("plus"))),
                this.#note, this.#device, this.#acts(), this.#status));
        this.#listen(write);
    }

    /** Shows what there is to show of the simulator: its accounts, or why there are none. */
    begin() {
        const {simulator} = this.#app;
        fill(this.#accounts, simulator.accounts.map((account) =>
            h("option", {value: account.app_id}, simulator.customer_of(account) || account.app_id)));
        this.#accounts.hidden = simulator.accounts.length < 2;
        this.element.classList.toggle("nobody", simulator.accounts.length === 0);
        this.#empty.hidden = simulator.accounts.length > 0;
        if (simulator.accounts.length)
            this.choose(this.account ?? simulator.accounts[0], this.contact || simulator.contacts(simulator.accounts[0].app_id)[0]);
    }

    /** Says why there is no phone. */
    explain(title, text) {
        this.element.classList.add("nobody");
        this.#empty.hidden = false;
        fill(this.#empty, icon("phone"), h("p", {className: "title"}, title), h("p", {}, text));
    }

    /** The phone of that contact of that account. */
    choose(account, contact) {
        this.account = account;
        this.contact = contact;
        this.#accounts.value = account.app_id;
        this.#note.hidden = true;
        this.#app.simulator.remember(account.app_id, contact);
        this.#draw_choice();
        fill(this.#screen);
        fill(this.#status);
        this.look();
    }

    /** The phone of a conversation's contact, where the simulator has it. */
    follow(conversation) {
        const account = this.#app.simulator.account_for(conversation.customer);
        this.#note.hidden = account !== null;
        if (account && (account !== this.account || conversation.contact !== this.contact))
            this.choose(account, conversation.contact);
    }

    /** Something has happened: the phone may show more. */
    take() {
        if (this.account)
            this.#look();
    }

    async look() {
        const {simulator, clock} = this.#app;
        if (!this.account)
            return;
        const look = ++this.#shown;
        const {app_id} = this.account;
        const [lines, window] = await Promise.all([simulator.phone(app_id, this.contact), simulator.window(app_id, this.contact)]);
        if (look !== this.#shown)
            return;
        if (!lines) {
            fill(this.#status, t("phone.silent"));
            return;
        }
        fill(this.#screen, lines.length ? phone_rows(lines, clock.now()) : this.#nothing());
        this.#to_end();
        this.#slots.textContent = window?.ends_at
            ? t("phone.slots", {count: window.slots_left, time: time(window.ends_at, clock.now())}) : t("phone.slots.none");
    }

    /** The contact does something; gives whether the platform took it. */
    async act(verb, body) {
        return this.#done(await this.#app.simulator.act(this.account.app_id, this.contact, verb, body));
    }

    focus() {
        this.#text.focus();
    }

    #listen(write) {
        const {simulator} = this.#app;
        write.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#write();
        });
        this.#text.addEventListener("keydown", (event) => {
            if (event.key === "Escape")
                this.#app.close_phone();
            if (event.key !== "Enter" || event.shiftKey || event.isComposing)
                return;
            event.preventDefault();
            this.#write();
        });
        // It has no end to scroll to while it is not shown, and another one once it has another size.
        new ResizeObserver(() => this.#to_end()).observe(this.#scroller);
        this.#picker.addEventListener("change", () => this.#send_file(this.#picker.files[0]));
        this.#accounts.addEventListener("change", () => {
            const account = simulator.accounts.find(({app_id}) => app_id === this.#accounts.value);
            this.choose(account, this.#names(account)[0]);
            this.#app.contact_chosen(account, this.contact);
        });
        this.#contacts.addEventListener("change", () => {
            this.choose(this.account, this.#contacts.value);
            this.#app.contact_chosen(this.account, this.contact);
        });
    }

    #to_end() {
        this.#scroller.scrollTop = this.#scroller.scrollHeight;
    }

    #acts() {
        const button = (name, symbol, call) =>
            h("button", {type: "button", className: "small", onclick: call}, icon(symbol), t(name));
        return h("div", {className: "acts"},
            button("phone.follow", "plus", () => this.act("follow")),
            button("phone.scan", "qr", () => this.#scan()),
            button("phone.unfollow", "minus", () => this.act("unfollow")));
    }

    #nothing() {
        return h("li", {className: "nothing"}, h("p", {className: "title"}, t("phone.empty")),
            h("p", {}, t("phone.empty.text", {contact: this.contact})),
            ["phone.hello", "phone.hello.other"].map((words) =>
                h("button", {type: "button", className: "suggestion", onclick: () => this.act("send", {text: t(words)})},
                    t(words))));
    }

    // Whom the host knows, and whom this browser has made up.
    #names(account) {
        const {simulator, conversations} = this.#app;
        const met = conversations.of(simulator.customer_of(account)).map(({contact}) => contact);
        return [...new Set([...met, ...simulator.contacts(account.app_id)])];
    }

    #draw_choice() {
        fill(this.#contacts, this.#names(this.account).map((contact) => h("option", {value: contact}, contact)));
        this.#contacts.value = this.contact;
        this.#name.textContent = this.#app.simulator.customer_of(this.account) || this.account.app_id;
        this.#scroller.setAttribute("aria-label", t("phone.screen", {contact: this.contact}));
        const write = t("phone.write", {contact: this.contact});
        this.#text.placeholder = write;
        this.#text.setAttribute("aria-label", write);
        this.#send.setAttribute("aria-label", t("phone.send", {contact: this.contact}));
    }

    async #write() {
        const text = this.#text.value;
        if (!text.trim())
            return;
        this.#text.value = "";
        if (!await this.act("send", {text}))
            this.#text.value ||= text;
    }

    async #send_file(file) {
        this.#picker.value = "";
        if (!file)
            return;
        const {account, contact} = this;
        this.#done(await this.#app.simulator.send_file(account.app_id, contact, await read_file(file)));
    }

    async #scan() {
        const customer = this.#app.simulator.customer_of(this.account);
        const scene = await scan_code({customer, ...this.#app.who_answers(customer)});
        if (scene)
            await this.act("scan", {scene});
    }

    async #new_contact() {
        const contact = await ask({title: t("phone.new"), label: t("phone.new.prompt"), go: t("phone.new.create")});
        if (!contact)
            return;
        this.choose(this.account, contact);
        this.#app.contact_chosen(this.account, contact);
    }

    #done({status, value}) {
        this.look();
        if (status !== 200) {
            this.#app.problem.say(status === 0 || status === 502 ? t("phone.silent") : value.text);
            return false;
        }
        this.#status.textContent = t("phone.delivered", {answered: t_or(`phone.answered.${value.answered}`, value.answered)});
        this.#app.contact_chosen(this.account, this.contact);
        return true;
    }
}
