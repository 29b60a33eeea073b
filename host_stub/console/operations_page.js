// For operators: how the channels are, what to do about it, and what goes through them.

import {get, get_text} from "/api.js";
import {chart} from "/chart.js";
import {fill, h, icon} from "/dom.js";
import {SPAN, Traffic} from "/traffic.js";
import {full_time, number, t, t_or} from "/words.js";

const EVERY = 2000;  // milliseconds between two looks while the page is open

export class OperationsPage {
    #traffic = new Traffic();
    #channels = h("div", {className: "cards"});
    #charts = h("div", {className: "charts"});
    #rows = h("tbody");
    #details;
    #timer = 0;
    element;

    constructor() {
        this.#details = h("details", {}, h("summary", {}, t("operations.all")),
            h("div", {className: "wide"}, h("table", {},
                h("thead", {}, h("tr", {}, ["metric", "labels", "value"].map((name) => h("th", {scope: "col"}, t(`operations.${name}`))))),
                this.#rows)));
        this.element = h("main", {className: "page operations", hidden: true, "aria-label": t("nav.operations")},
            h("h2", {}, t("operations.health")), this.#channels,
            h("h2", {}, t("operations.metrics")), this.#charts, this.#details);
        this.#details.addEventListener("toggle", () => this.#draw_table());
    }

    show(is_shown) {
        this.element.hidden = !is_shown;
        clearInterval(this.#timer);
        if (!is_shown)
            return;
        this.look();
        this.#timer = setInterval(() => this.look(), EVERY);
    }

    async look() {
        const [channels, metrics] = await Promise.all([get("/api/channels"), get_text("/metrics")]);
        if (channels.status !== 200 || metrics === null) {
            fill(this.#channels, h("p", {className: "quiet"}, t("operations.none")));
            return;
        }
        this.#traffic.take(metrics, Date.now());
        fill(this.#channels, channels.value.map(channel_card));
        this.#draw_charts();
        this.#draw_table();
    }

    #draw_charts() {
        const {last} = this.#traffic;
        const rate = (name, level) => {
            const points = this.#traffic.rate(name);
            const now = t("operations.per_minute", {count: number(points.at(-1)?.value ?? 0, {maximumFractionDigits: 0})});
            return this.#chart(name, now, t("operations.total", {count: number(last[name])}), points, level);
        };
        fill(this.#charts, rate("in"), rate("out"),
            this.#chart("queued", number(last.queued), t("operations.until_reply"), this.#traffic.gauge("queued")),
            rate("failed", last.failed > 0 ? "bad" : ""), this.#latency_chart());
    }

    #latency_chart() {
        const points = this.#traffic.latency();
        const known = points.filter(({value}) => value !== null).at(-1);
        const mean = this.#traffic.last.answered > 0 ? this.#traffic.last.answering / this.#traffic.last.answered * 1000 : null;
        const milliseconds = (value) => t("operations.milliseconds", {count: number(value, {maximumFractionDigits: 1})});
        const shown = known ? known.value : mean;
        return this.#chart("latency", shown === null ? "–" : milliseconds(shown),
            known ? "" : t("operations.no_latency"), points);
    }

    #chart(name, value, below, points, level) {
        const words = t(`operations.${name}`);
        return chart({name: words, value, below, points, span: SPAN, level,
            label: t("operations.chart", {name: words, value, minutes: SPAN / 60_000})});
    }

    #draw_table() {
        if (!this.#details.open)
            return;
        fill(this.#rows, this.#traffic.samples.map(({name, labels, value}) => h("tr", {}, h("td", {}, name),
            h("td", {}, Object.entries(labels).map(([key, label]) => `${key}=${label}`).join(" ")),
            h("td", {className: "number"}, number(value, {maximumFractionDigits: 3})))));
    }
}

const ICONS = {ok: "check", degraded: "alert", down: "alert"};

function channel_card({id, type, health, capabilities, detail}) {
    // A kind with a dot in its name is the channel's own: one word for all of them.
    const kinds = (list) => [...new Set(list.map((kind) => t_or(`kind.${kind.includes(".") ? "other" : kind}`, kind)))].join(", ");
    return h("article", {className: `card ${health.level}`},
        h("header", {}, icon(`channel-${type}`), h("h3", {}, id),
            h("span", {className: `level ${health.level}`}, icon(ICONS[health.level] ?? "question"),
                t_or(`operations.${health.level}`, health.level))),
        health.text && h("p", {dir: "auto"}, health.text),
        ...ailments(detail).map(ailment),
        health.level !== "ok" && !ailments(detail).length && remedy(t("operations.remedy.unknown")),
        capabilities?.send && h("p", {className: "quiet"}, t("operations.can_send", {kinds: kinds(capabilities.send)})),
        capabilities?.receive && h("p", {className: "quiet"}, t("operations.can_receive", {kinds: kinds(capabilities.receive)})));
}

// What a channel says of its health at length: any list of objects with a text or a remedy.
function ailments(detail) {
    return Object.values(detail ?? {}).filter(Array.isArray).flat().filter((item) => item?.text || item?.remedy);
}

function ailment({app_id, text, remedy: what, errcode, next_try_ms}) {
    return h("div", {className: "ailment"},
        app_id && h("p", {}, t("operations.account", {account: app_id})),
        text && h("p", {dir: "auto"}, errcode ? `${errcode}: ${text}` : text),
        what && remedy(what),
        next_try_ms > 0 && h("p", {className: "quiet"}, t("operations.next_try", {time: full_time(next_try_ms)})));
}

function remedy(words) {
    return h("p", {className: "remedy"}, h("strong", {}, `${t("operations.remedy")}: `), words);
}
