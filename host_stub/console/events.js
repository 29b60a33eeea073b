// What happens at the host, as it happens: the WebSocket, which comes back by itself and misses nothing.

import {get, token} from "/api.js";
import {Signal} from "/signal.js";

const PAUSES = [250, 500, 1000, 2000];  // milliseconds, between tries to come back

export class Events {
    happened = new Signal();   // (event): in the host's order, each once
    connected = new Signal();  // (true or false)
    restored = new Signal();   // (host): another store stands there now, all that is shown is of the old one
    #last = 0;
    #store = "";
    #tries = 0;

    /** Listens from where the host stands, for good; host is the answer of /api/host. */
    begin(host) {
        this.#last = host.last_event;
        this.#store = host.store;
        this.#open();
    }

    #open() {
        const address = new URL(`/api/events?after=${this.#last}`, location.href.replace(/^http/, "ws"));
        const socket = new WebSocket(address, token() ? ["bearer", token()] : []);
        socket.onopen = () => {
            this.#tries = 0;
            this.connected.send(true);
        };
        socket.onmessage = ({data}) => this.#take(JSON.parse(data));
        socket.onclose = () => this.#come_back();
    }

    #take(event) {
        this.#last = event.id;
        this.happened.send(event);
    }

    #come_back() {
        this.connected.send(false);
        const pause = PAUSES[Math.min(this.#tries++, PAUSES.length - 1)];
        setTimeout(() => this.#find_host(), pause);
    }

    // Events are numbered by their store: before going on where we were, see that it is the same one.
    async #find_host() {
        const {status, value} = await get("/api/host");
        if (status !== 200)
            return this.#come_back();
        if (value.store !== this.#store) {
            this.#store = value.store;
            this.#last = value.last_event;
            this.restored.send(value);
        }
        this.#open();
    }
}
