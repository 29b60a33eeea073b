// OpenMetrics text as values.

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Its samples in order: [{name, labels: {}, value}]. */
export function read_metrics(text) {
    const samples = [];
    for (const line of text.split("\n")) {
        const found = line.startsWith("#") ? null : SAMPLE.exec(line);
        if (found)
            samples.push({name: found[1], labels: read_labels(found[2] ?? ""), value: Number(found[3])});
    }
    return samples;
}

/** The sum of all samples of a name; where: labels that they must have. */
export function sum_of(samples, name, where = {}) {
    return samples
        .filter((sample) => sample.name === name && Object.entries(where).every(([key, value]) => sample.labels[key] === value))
        .reduce((sum, {value}) => sum + value, 0);
}

function read_labels(text) {
    return Object.fromEntries([...text.matchAll(LABEL)].map(([, key, value]) => [key, value.replace(/\\(.)/g, "$1")]));
}
