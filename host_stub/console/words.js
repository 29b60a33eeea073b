// What the page says, in English or Chinese, and times and numbers as the language writes them.

import {english} from "/words_en.js";
import {chinese} from "/words_zh.js";

const KEY = "console.language";
const LANGUAGES = {en: english, "zh-Hans": chinese};

export const language = chosen();
const words = LANGUAGES[language];
document.documentElement.lang = language;
// Of one's own variety, where it is the language of the page: 14:05 or 2:05 PM.
const region = navigator.languages.find((code) => code.startsWith(language.slice(0, 2))) ?? language;

/** The sentence of that name, with {placeholders} filled in; the name itself where there is none. */
export function t(name, values = {}) {
    const sentence = words[name] ?? english[name] ?? name;
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** The sentence of that name, or another text where the page has no word for it. */
export function t_or(name, otherwise) {
    return words[name] ?? otherwise;
}

/** Another language: the page begins anew in it. */
export function choose_language(code) {
    localStorage.setItem(KEY, code);
    location.reload();
}

export function number(value, options = {}) {
    return new Intl.NumberFormat(region, options).format(value);
}

/** "14:05", with the day where it is another one than now's. */
export function time(milliseconds, now) {
    const same_day = new Date(milliseconds).toDateString() === new Date(now).toDateString();
    const options = same_day ? {} : {month: "short", day: "numeric"};
    return new Intl.DateTimeFormat(region, {...options, hour: "2-digit", minute: "2-digit"}).format(milliseconds);
}

export function day(milliseconds) {
    return new Intl.DateTimeFormat(region, {weekday: "long", month: "long", day: "numeric"}).format(milliseconds);
}

export function full_time(milliseconds) {
    return new Intl.DateTimeFormat(region, {dateStyle: "medium", timeStyle: "medium"}).format(milliseconds);
}

/** "31 h", "25 min", "3 d": as much as people ask for. */
export function duration(milliseconds) {
    const minutes = Math.max(0, Math.round(milliseconds / 60_000));
    if (minutes < 1)
        return t("duration.less");
    if (minutes < 90)
        return t("duration.minutes", {count: minutes});
    if (minutes < 72 * 60)
        return t("duration.hours", {count: Math.round(minutes / 60)});
    return t("duration.days", {count: Math.round(minutes / 60 / 24)});
}

function chosen() {
    const kept = localStorage.getItem(KEY);
    if (kept in LANGUAGES)
        return kept;
    return navigator.language.startsWith("zh") ? "zh-Hans" : "en";
}
