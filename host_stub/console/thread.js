// One conversation as its employees see it: its messages, oldest first, and what the channel says of it.

import {conversation_path, get} from "/api.js";
import {debounced} from "/dom.js";
import {Signal} from "/signal.js";

const FIRST_PAGE = 100;  // enough for any screen, and quick
const NEXT_PAGE = 1000;  // the most that the host gives at once
const QUIET = 40;        // milliseconds: what happens together is asked about once

export class Thread {
    changed = new Signal();  // messages, or what is said of them
    messages = [];
    about = null;     // what the channel says: slots, window, queue; null where it says nothing
    complete = false; // the first message is here
    #by_id = new Map();
    #loading = null;
    #ask_about = debounced(QUIET, () => this.#refresh_about());

    constructor(id) {
        this.id = id;
    }

    /** Loads the newest messages; gives false where there is no such conversation. */
    async load() {
        const value = await this.#page(0, FIRST_PAGE);
        if (!value)
            return false;
        this.about = value.about;
        this.changed.send();
        return true;
    }

    /** Loads what was said before; one at a time, and nothing where all is here. */
    older() {
        if (this.complete)
            return Promise.resolve();
        this.#loading ??= this.#page(this.messages[0]?.id ?? 0, NEXT_PAGE).finally(() => {
            this.#loading = null;
            this.changed.send();
        });
        return this.#loading;
    }

    /** Takes up an event of this conversation. */
    take(event) {
        if (event.type === "message" && event.message)
            this.#add(event.message);
        if (event.type === "state")
            this.#progress(event);
        this.changed.send();
        this.#ask_about();
    }

    /** Asks anew what the channel says: time has passed. */
    look() {
        this.#ask_about();
    }

    find(id) {
        return this.#by_id.get(id) ?? null;
    }

    async #page(before, limit) {
        const {status, value} = await get(`${conversation_path(this.id)}?limit=${limit}&before=${before}`);
        if (status !== 200)
            return null;
        this.complete ||= value.messages.length < limit;
        // What is known has come as an event, and is not older than the page.
        for (const message of value.messages.filter(({id}) => !this.#by_id.has(id)))
            this.#put(message);
        this.#sort();
        return value;
    }

    async #refresh_about() {
        const {status, value} = await get(`${conversation_path(this.id)}?limit=0`);
        if (status !== 200)
            return;
        this.about = value.about;
        this.changed.send();
    }

    #add(message) {
        const is_last = !this.messages.length || message.id > this.messages.at(-1).id;
        const is_known = this.#by_id.has(message.id);
        this.#put(message);
        if (is_known || !is_last)
            this.#sort();
        else
            this.messages.push(message);
    }

    #put(message) {
        this.#by_id.set(message.id, message);
    }

    #sort() {
        this.messages = [...this.#by_id.values()].sort((a, b) => a.id - b.id);
    }

    #progress({message, state, reason, note, position}) {
        const known = this.#by_id.get(message);
        if (!known)
            return;
        this.#put({...known, state, reason, note, position});
        this.#sort();
    }
}
