// A conversation's window as a line: who spoke when, the reminder's mark, where it closes, and the slots.

import {fill, h, svg} from "/dom.js";
import {duration, t} from "/words.js";

const WIDTH = 1000;  // of the drawing, whatever its width on the page
const LINE = 30;     // its height in the drawing
const APART = 18;    // between two dots
const HOUR = 3_600_000;

/**
 * Draws it into an element, or hides that where the channel has no windows.
 *
 * about     what the channel says: last_message, remind_at, window_ends (seconds), slots, slots_used
 * messages  those of the conversation
 * now       milliseconds
 */
export function draw_timeline(parent, about, messages, now) {
    parent.hidden = !about?.window_ends;
    if (parent.hidden)
        return;
    const span = {start: about.last_message * 1000, end: about.window_ends * 1000, remind: about.remind_at * 1000};
    fill(parent,
        h("div", {className: "line", role: "img", "aria-label": words_of(about, span, now)}, drawing(span, messages, now)),
        h("div", {className: "slots", title: t("window.legend")}, pips(about), h("span", {}, slot_words(about))));
}

function words_of(about, {start, end}, now) {
    if (now >= end)
        return t("window.closed", {ago: duration(now - end)});
    return t("window.summary", {used: about.slots_used, slots: about.slots, ago: duration(now - start),
        left: duration(end - now)});
}

function slot_words({slots_used, slots}) {
    return t("window.slots", {used: slots_used, slots});
}

function pips({slots, slots_used}) {
    return Array.from({length: slots}, (_, place) =>
        h("span", {className: place < slots_used ? "pip used" : "pip", "aria-hidden": "true"}));
}

function drawing(span, messages, now) {
    const at = (time) => (Math.min(Math.max(time, span.start), span.end) - span.start) / (span.end - span.start) * WIDTH;
    const hours = (time) => `${Math.round((time - span.start) / HOUR)} h`;
    return [
        svg("svg", {viewBox: `0 0 ${WIDTH} 60`, preserveAspectRatio: "none", "aria-hidden": "true"},
            svg("line", {class: "axis", x1: 0, x2: WIDTH, y1: LINE, y2: LINE}),
            svg("line", {class: "past", x1: 0, x2: at(now), y1: LINE, y2: LINE}),
            mark(at(span.remind), "remind"), mark(WIDTH, "end"),
            svg("line", {class: "now", x1: at(now), x2: at(now), y1: 8, y2: 52})),
        ...dots(messages.filter((message) => is_drawn(message, span)), at),
        label(at(span.remind), "mark", hours(span.remind)),
        label(WIDTH, "mark", hours(span.end)),
        label(at(now), "now", t("window.now")),
    ];
}

function is_drawn(message, {start, end}) {
    const at = Date.parse(message.at);
    return at >= start && at <= end && message.kind !== "event" && message.to !== undefined
        && !(message.from === "channel" && message.to === "employees");
}

function mark(x, name) {
    return svg("line", {class: `mark ${name}`, x1: x, x2: x, y1: 18, y2: 42});
}

// What is said within minutes stands side by side as long as there is room: each dot is to be seen.
function dots(messages, at) {
    const ends = {contact: 0, account: 0};
    return messages.map((message) => {
        const side = message.from === "contact" ? "contact" : "account";
        const x = Math.min(Math.max(at(Date.parse(message.at)), ends[side]), WIDTH);
        ends[side] = x + APART;
        return dot(message, x);
    });
}

// Dots are elements of the page: the drawing is stretched, and they stay round.
function dot(message, x) {
    const kind = message.from === "contact" ? "contact" : message.kind === "auto" ? "auto" : "employee";
    return placed(h("span", {className: `dot ${kind} ${message.state ?? ""}`}), x);
}

// In the middle of its place, but never beyond the ends.
function label(x, name, words) {
    const edge = x < WIDTH / 20 ? "first" : x > WIDTH * 19 / 20 ? "last" : "";
    return placed(h("span", {className: `label ${name} ${edge}`}, words), x);
}

function placed(element, x) {
    element.style.left = `${x / WIDTH * 100}%`;
    return element;
}
