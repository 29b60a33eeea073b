// Elements, made from values. What anybody wrote is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its properties and children.
 *
 * Names that begin with "on" are listeners, "data-", "aria-" and role are attributes, all else are properties. A child
 * that is null, undefined or false is left out; a text becomes a text node.
 */
export function h(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties))
        put(made, key, value);
    made.append(...shown(children));
    return made;
}

/** An element of SVG: everything is an attribute. */
export function svg(name, attributes = {}, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined)
            made.setAttribute(key, String(value));
    }
    made.append(...shown(children));
    return made;
}

/** Replaces an element's children. */
export function fill(parent, ...children) {
    parent.replaceChildren(...shown(children));
    return parent;
}

/** An icon of icons.svg, silent for screen readers. */
export function icon(name) {
    return svg("svg", {class: "icon", "aria-hidden": "true", viewBox: "0 0 24 24"},
        svg("use", {href: `/icons.svg#${name}`}));
}

/** Calls once things are quiet for that long. */
export function debounced(milliseconds, call) {
    let waiting = 0;
    return () => {
        clearTimeout(waiting);
        waiting = setTimeout(call, milliseconds);
    };
}

function put(element, key, value) {
    if (key.startsWith("on"))
        element.addEventListener(key.slice(2), value);
    else if (key === "role" || key.startsWith("aria-") || key.startsWith("data-")) {
        if (value !== null && value !== undefined)
            element.setAttribute(key, String(value));
    } else
        element[key] = value;
}

function shown(children) {
    return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}
