// Who takes part: their names, each with a button to take him out, and one to add somebody.

import {conversation_path, put} from "/api.js";
import {fill, h, icon} from "/dom.js";
import {t} from "/words.js";

const NAME_BYTES = 64;  // what the host takes

export class Participants {
    #problem;
    #conversation = null;
    #known = new Set();  // employees met so far: offered while typing
    #adding = false;
    element = h("div", {className: "participants", role: "group", "aria-label": t("thread.participants")});

    constructor(problem) {
        this.#problem = problem;
    }

    show(conversation) {
        if (conversation.id !== this.#conversation?.id)
            this.#adding = false;
        const same = JSON.stringify(conversation.participants) === JSON.stringify(this.#conversation?.participants)
            && conversation.id === this.#conversation?.id;
        this.#conversation = conversation;
        conversation.participants.forEach((employee) => this.#known.add(employee));
        if (!same || !this.element.firstChild)
            this.#draw();
    }

    #draw() {
        const {participants} = this.#conversation;
        fill(this.element,
            participants.map((employee) => this.#chip(employee)),
            !participants.length && h("span", {className: "quiet"}, t("thread.nobody")),
            this.#adding ? this.#form() : this.#add_button());
    }

    #chip(employee) {
        return h("span", {className: "chip"}, h("bdi", {}, employee),
            h("button", {type: "button", className: "plain", "aria-label": t("thread.remove", {employee}),
                onclick: () => this.#set(this.#conversation.participants.filter((other) => other !== employee))},
                icon("cross")));
    }

    #add_button() {
        return h("button", {type: "button", className: "small", "aria-label": t("thread.add.name"),
            onclick: () => {
                this.#adding = true;
                this.#draw();
                this.element.querySelector("input").focus();
            }}, icon("plus"), t("thread.add"));
    }

    #form() {
        const input = h("input", {maxLength: NAME_BYTES, required: true, autocomplete: "off",
            placeholder: t("thread.add.placeholder"), "aria-label": t("thread.add.placeholder")});
        input.setAttribute("list", "employees");
        const form = h("form", {className: "inline"}, input,
            h("datalist", {id: "employees"}, [...this.#known].map((employee) => h("option", {value: employee}))),
            h("button", {className: "small"}, t("thread.add")));
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.#add(input.value.trim());
        });
        form.addEventListener("keydown", (event) => {
            if (event.key !== "Escape")
                return;
            event.stopPropagation();
            this.#close();
        });
        return form;
    }

    #add(employee) {
        this.#close();
        if (employee && !this.#conversation.participants.includes(employee))
            this.#set([...this.#conversation.participants, employee]);
    }

    #close() {
        this.#adding = false;
        this.#draw();
        this.element.querySelector("button.small").focus();
    }

    async #set(participants) {
        const {status, value} = await put(conversation_path(this.#conversation.id, "participants"), participants);
        if (status === 200)
            this.show(value);
        else
            this.#problem.say(value.text);
    }
}
