// What a contact sees: the chat on the phone, as the platform shows it.

import {loadable} from "/api.js";
import {h} from "/dom.js";
import {media_path} from "/simulator.js";
import {t, t_or, time} from "/words.js";

const MOST = 200;  // of the newest lines; nobody scrolls a phone further

const SOUNDS = ["voice", "music"];

/** The rows of a phone's screen, oldest first. lines: as the simulator gives them; now: the host's clock. */
export function phone_rows(lines, now) {
    const shown = lines.slice(-MOST);
    return [
        shown.length < lines.length && h("li", {className: "platform"}, t("phone.earlier")),
        ...shown.map((line, place) => row(line, shown[place - 1], now)),
    ];
}

const TOGETHER = 5 * 60_000;  // milliseconds: what is said within them stands under one time

function row(line, before, now) {
    const is_later = !before || line.at - before.at > TOGETHER;
    const side = {contact: "mine", account: "theirs", system: "platform"}[line.from] ?? "platform";
    return h("li", {className: side},
        is_later && h("time", {dateTime: new Date(line.at).toISOString()}, time(line.at, now)),
        h("div", {className: "said"}, media_of(line), words_of(line) && h("p", {dir: "auto"}, words_of(line))));
}

function words_of({kind, text, media}) {
    return text || (media ? "" : t_or(`kind.${kind}`, kind));
}

function media_of({kind, media}) {
    if (!media)
        return null;
    const name = t_or(`kind.${kind}`, kind);
    const element = kind === "image" ? h("img", {alt: name})
        : kind === "video" ? h("video", {controls: true, preload: "metadata", "aria-label": name})
        : SOUNDS.includes(kind) ? h("audio", {controls: true, preload: "metadata", "aria-label": name})
        : h("span", {}, name);
    loadable(media_path(media)).then((address) => { element.src = address; });
    return element;
}
