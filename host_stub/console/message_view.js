// One message as its employees see it: a bubble, or a line of the system.

import {h, icon} from "/dom.js";
import {media_view} from "/media.js";
import {day, full_time, t, t_or, time} from "/words.js";

const STATE_ICONS = {pending: "clock", accepted: "clock", queued: "hourglass", sent: "check", delivered: "checks",
    read: "checks", uncertain: "question", cancelled: "cross", discarded: "cross", expired: "cross", refused: "alert",
    failed: "alert"};

/**
 * The <li> of a message.
 *
 * before  the message above it, or null: a new day is announced
 * now     the host's clock
 * cancel  called with the message where its button is pressed
 */
export function message_row(message, before, {now, cancel}) {
    const at = Date.parse(message.at);
    const is_new_day = !before || new Date(Date.parse(before.at)).toDateString() !== new Date(at).toDateString();
    return h("li", {className: `row ${side_of(message)}`, "data-message": message.id},
        is_new_day && h("p", {className: "day"}, h("span", {}, day(at))),
        is_system(message) ? system_line(message, at, now) : bubble(message, at, now, cancel));
}

/** The words of a message in one line: for lists, and to be read out. */
export function summary(message) {
    if (!message)
        return "";
    if (message.kind === "event")
        return t_or(`key.${message.key}`, message.key);
    if (message.text)
        return message.text;
    return t_or(`kind.${message.kind}`, message.kind);
}

function is_system({kind}) {
    return kind === "auto" || kind === "event";
}

function side_of(message) {
    if (is_system(message))
        return "system";
    return message.from === "employee" ? "ours" : "theirs";
}

function system_line(message, at, now) {
    const name = t_or(`key.${message.key}`, message.key || message.kind);
    return h("div", {className: `system-line ${message.kind} to-${message.to}`},
        h("p", {className: "label"}, icon(icon_of(message)), `${whose(message)} · ${name}`, clock_time(at, now)),
        message.text && h("p", {className: "words", dir: "auto"}, message.text),
        ...details(message).map((line) => h("p", {className: "words", dir: "auto"}, line)));
}

function icon_of({kind, to}) {
    if (kind === "event")
        return "spark";
    return to === "contact" ? "send" : "bell";
}

function whose({kind, to}) {
    if (kind === "event")
        return t("from.event");
    return t(to === "contact" ? "from.channel.contact" : "from.channel.employees");
}

// What an event carries.
function details({kind, key, data}) {
    if (kind !== "event" || !data)
        return [];
    if (data.scene)
        return [t("event.scene", {scene: data.scene})];
    return key === "menu" && data.key ? [t("event.menu", {key: data.key})] : [];
}

function bubble(message, at, now, cancel) {
    const who = message.from === "employee" ? message.employee : null;
    return h("div", {className: `bubble ${message.state ?? ""}`},
        who && h("p", {className: "who", dir: "auto"}, who),
        media_view(message),
        message.text && h("p", {className: "words", dir: "auto"}, message.text),
        ...content_details(message),
        h("p", {className: "meta"}, clock_time(at, now), message.state && state_of(message)),
        message.state === "queued" && cancel_button(message, cancel));
}

// A place's coordinates, a link's address. Only addresses of the web are made to be followed.
function content_details({kind, data}) {
    if (kind === "location" && data?.latitude !== undefined)
        return [h("p", {className: "quiet"}, `${data.latitude}, ${data.longitude}`)];
    if (kind !== "link" || !data?.url)
        return [];
    if (!/^https?:\/\//.test(data.url))
        return [h("p", {className: "quiet"}, t("media.open_link", {url: data.url}))];
    return [h("a", {href: data.url, target: "_blank", rel: "noopener noreferrer"}, data.url)];
}

function state_of({state, reason, note, position}) {
    const words = [t_or(`state.${state}`, state).replace("{position}", position ?? "")];
    if (reason)
        words.push(t_or(`reason.${reason}`, note || reason));
    else if (note)
        words.push(note);
    return h("span", {className: "state", title: note ?? ""}, icon(STATE_ICONS[state] ?? "question"), words.join(" · "));
}

function cancel_button(message, cancel) {
    return h("button", {type: "button", className: "small", onclick: () => cancel(message),
        "aria-label": t("message.cancel.name", {text: summary(message)})}, t("message.cancel"));
}

function clock_time(at, now) {
    return h("time", {dateTime: new Date(at).toISOString(), title: full_time(at)}, time(at, now));
}
