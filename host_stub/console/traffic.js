// What goes through the host, over the last minutes: made of the counters in /metrics.

import {read_metrics, sum_of} from "/openmetrics.js";

const FAILURES = ["failed", "refused", "uncertain", "expired"];
const MINUTE = 60_000;

/** How long the charts look back, in milliseconds. */
export const SPAN = 10 * MINUTE;

export class Traffic {
    samples = [];
    #looks = [];  // what the counters were, oldest first

    /** Takes the text of /metrics as it is at a time (milliseconds of this machine). */
    take(text, at) {
        this.samples = read_metrics(text);
        this.#looks.push({at, ...figures(this.samples)});
        while (this.#looks.length > 2 && this.#looks[1].at < at - SPAN)
            this.#looks.shift();
    }

    get last() {
        return this.#looks.at(-1) ?? null;
    }

    /** Per minute, between one look and the next: [{at, value}]. */
    rate(name) {
        return this.#steps((before, after) => Math.max(0, after[name] - before[name]) / (after.at - before.at) * MINUTE);
    }

    gauge(name) {
        return this.#looks.map((look) => ({at: look.at, value: look[name]}));
    }

    /** Milliseconds a message took, on average; null where none went out. */
    latency() {
        return this.#steps((before, after) => {
            const count = after.answered - before.answered;
            return count > 0 ? (after.answering - before.answering) / count * 1000 : null;
        });
    }

    #steps(value_of) {
        return this.#looks.slice(1).map((look, place) => ({at: look.at, value: value_of(this.#looks[place], look)}));
    }
}

function figures(samples) {
    return {
        in: sum_of(samples, "host_messages_received_total"),
        out: sum_of(samples, "host_message_states_total", {state: "sent"}),
        queued: sum_of(samples, "host_messages_waiting"),
        failed: FAILURES.reduce((sum, state) => sum + sum_of(samples, "host_message_states_total", {state}), 0),
        answered: sum_of(samples, "host_send_seconds_count"),
        answering: sum_of(samples, "host_send_seconds_sum"),
    };
}
