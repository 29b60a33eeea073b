// The host's clock, which may have been moved: what time it is there, and moving it.

import {get, post} from "/api.js";
import {Signal} from "/signal.js";

const LOOK_EVERY = 10_000;  // milliseconds: somebody else may move it

export class Clock {
    changed = new Signal();
    adjustable = false;
    moving = false;
    #ahead = 0;

    /** Milliseconds since 1970. */
    now() {
        return Date.now() + this.#ahead;
    }

    /** Takes {now, adjustable}, as the host says it. */
    set({now, adjustable}) {
        this.#ahead = Date.parse(now) - Date.now();
        this.adjustable = adjustable;
        this.changed.send();
    }

    begin() {
        setInterval(() => this.look(), LOOK_EVERY);
    }

    async look() {
        const {status, value} = await get("/api/clock");
        if (status === 200 && !this.moving)
            this.set(value);
    }

    /** Moves it ahead by seconds; gives what is wrong, or nothing. */
    async advance(seconds) {
        this.moving = true;
        this.changed.send();
        const {status, value} = await post("/api/clock", {advance: `${Math.max(1, Math.ceil(seconds))}s`});
        this.moving = false;
        if (status === 200)
            this.set(value);
        else
            this.changed.send();
        return status === 200 ? null : value.text || value.error;
    }
}
