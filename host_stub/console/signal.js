// Something that others want to hear of.

export class Signal {
    #listeners = new Set();

    /** Calls from now on; gives the function that ends it. */
    listen(call) {
        this.#listeners.add(call);
        return () => this.#listeners.delete(call);
    }

    send(...values) {
        for (const call of [...this.#listeners])
            call(...values);
    }
}
