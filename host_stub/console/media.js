// Files in messages: shown where a browser can, saved where it cannot.

import {loadable} from "/api.js";
import {h, icon} from "/dom.js";
import {t, t_or} from "/words.js";

const KINDS = ["image", "voice", "video", "file"];

/** What stands for a message's file; null where it has none. playable: the same sound in a form that browsers play. */
export function media_view(message) {
    if (!KINDS.includes(message.kind) && !message.media)
        return null;
    const media = file_of(message);
    if (!media)
        return missing(message);
    const playable = message.playable ? {url: message.playable, mime: "audio/wav"} : media;
    const name = media.name || t_or(`kind.${message.kind}`, message.kind);
    if (playable.mime?.startsWith("image/"))
        return picture(playable, name);
    if (playable.mime?.startsWith("audio/"))
        return sound(playable, media, name);
    if (playable.mime?.startsWith("video/"))
        return film(playable, name);
    return h("p", {className: "media"}, save(media, name));
}

/** Gives {mime, base64, name, size} of a file that somebody chose. */
export async function read_file(file) {
    const address = await new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(file);
    });
    return {mime: file.type, base64: address.slice(address.indexOf(",") + 1), name: file.name, size: file.size};
}

/** The kind of content that a file is sent as. */
export function kind_of(mime) {
    const kinds = {image: "image", audio: "voice", video: "video"};
    return kinds[mime.split("/")[0]] ?? "file";
}

function file_of({media, mime, name}) {
    return typeof media === "string" ? {url: media, mime, name} : media;
}

// Its reason, where the host knows one, is said beside it.
function missing(message) {
    return h("p", {className: "media missing"}, icon("file"), t("media.missing"),
        message.from !== "employee" && (message.note ?? message.reason) ? ` ${message.note ?? message.reason}` : "");
}

function source_of(element, {url}) {
    loadable(url).then((address) => { element.src = address; });
    return element;
}

function picture(media, name) {
    const image = h("img", {alt: name, loading: "lazy", decoding: "async"});
    return h("a", {className: "media picture", href: media.url, target: "_blank", rel: "noopener noreferrer"},
        source_of(image, media));
}

function sound(playable, media, name) {
    const audio = h("audio", {controls: true, preload: "metadata", "aria-label": name});
    if (!audio.canPlayType(playable.mime))
        return h("p", {className: "media"}, t("media.cannot_play"), " ", save(media, name));
    return h("div", {className: "media"}, source_of(audio, playable));
}

function film(media, name) {
    const video = h("video", {controls: true, preload: "metadata", "aria-label": name});
    return h("div", {className: "media"}, source_of(video, media));
}

function save(media, name) {
    const link = h("a", {download: media.name || ""}, icon("file"), t("media.save", {name}));
    loadable(media.url).then((address) => { link.href = address; });
    return link;
}
