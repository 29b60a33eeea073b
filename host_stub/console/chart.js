// A small chart: one line over time, filled below.

import {h, svg} from "/dom.js";

const WIDTH = 240;
const HEIGHT = 56;
const ROOM = 4;  // above the highest value, so that its line is whole

/**
 * A card with a name, its value now, and how it was.
 *
 * points  [{at, value}], oldest first; value null: nothing to say then
 * span    milliseconds that the whole width stands for, up to the last point
 */
export function chart({name, value, below, points, span, label, level = ""}) {
    return h("figure", {className: `chart ${level}`},
        h("figcaption", {}, h("span", {className: "quiet"}, name), h("strong", {}, value), h("span", {className: "quiet"}, below)),
        svg("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label},
            ...lines(points, span)));
}

function lines(points, span) {
    const known = points.filter(({value}) => value !== null);
    if (known.length < 2)
        return [];
    const end = points.at(-1).at;
    const top = Math.max(...known.map(({value}) => value)) || 1;
    const x = ({at}) => WIDTH - (end - at) / span * WIDTH;
    const y = ({value}) => HEIGHT - value / top * (HEIGHT - ROOM);
    const line = known.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(" ");
    return [
        svg("polygon", {points: `${x(known[0]).toFixed(1)},${HEIGHT} ${line} ${x(known.at(-1)).toFixed(1)},${HEIGHT}`}),
        svg("polyline", {points: line}),
    ];
}
