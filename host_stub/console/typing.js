// Lets the contact see that somebody writes, where the channel can show it.

import {conversation_path, put} from "/api.js";

const AGAIN = 10_000;  // milliseconds: a platform shows it for about that long

export class Typing {
    #last = 0;
    #unable = new Set();  // conversations whose channel does not show it

    /** Somebody types now. Tells the host now and then, and not at all where that is of no use. */
    async take(conversation, employee) {
        if (this.#unable.has(conversation) || Date.now() - this.#last < AGAIN)
            return;
        this.#last = Date.now();
        const {status} = await put(conversation_path(conversation, "typing"), {employee, typing: true});
        if (status !== 202 && status !== 0)
            this.#unable.add(conversation);
    }

    /** What was typed has gone out: the next word is news again. */
    end() {
        this.#last = 0;
    }
}
