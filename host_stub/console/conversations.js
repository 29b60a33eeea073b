// The conversations of all channels, newest first, kept as the host tells of them.

import {get} from "/api.js";
import {Signal} from "/signal.js";

export class Conversations {
    changed = new Signal();
    #by_id = new Map();

    async load() {
        const {status, value} = await get("/api/conversations");
        if (status !== 200)
            return;
        this.#by_id = new Map(value.map((conversation) => [conversation.id, conversation]));
        this.changed.send();
    }

    /** Takes up what an event says of its conversation. */
    take({now}) {
        if (!now)
            return;
        this.#by_id.set(now.id, now);
        this.changed.send();
    }

    all() {
        return [...this.#by_id.values()].sort((a, b) => b.last_at.localeCompare(a.last_at) || order(b.id) - order(a.id));
    }

    get(id) {
        return this.#by_id.get(id) ?? null;
    }

    /** Of one customer, whoever wrote; of any where customer is null. */
    of(customer) {
        return this.all().filter((conversation) => customer === null || conversation.customer === customer);
    }
}

// "b985267e-12": the number tells which one began later.
function order(id) {
    return Number(id.slice(id.lastIndexOf("-") + 1));
}
