// Requests to the host. A token, where the host wants one, is asked for once and kept for this tab.

const KEY = "console.token";
let asking = null;

export function token() {
    return sessionStorage.getItem(KEY);
}

/** How the token is asked for; gives it, or nothing. Set by whoever shows dialogs. */
let ask = async () => null;
export function ask_for_token_with(dialog) {
    ask = dialog;
}

/**
 * One request; gives {status, value}, with status 0 where nobody answered.
 *
 * value is what the answer holds as JSON; every failure has {error, text}.
 */
export async function request(method, path, body) {
    const answer = await fetched(method, path, body);
    if (answer === null)
        return {status: 0, value: {error: "no_answer", text: ""}};
    if (answer.status === 401 && await renewed_token())
        return request(method, path, body);
    return {status: answer.status, value: await answer.json().catch(() => ({error: "no_json", text: ""}))};
}

export const get = (path) => request("GET", path);
export const post = (path, body = {}) => request("POST", path, body);
export const put = (path, body) => request("PUT", path, body);
export const remove = (path) => request("DELETE", path);

/** The answer's text: metrics are no JSON. Null where there is none. */
export async function get_text(path) {
    const answer = await fetched("GET", path);
    return answer?.ok ? answer.text() : null;
}

/** An address that an element can load: a file behind a token cannot be named, so it is fetched. */
export async function loadable(path) {
    if (!token())
        return path;
    const answer = await fetched("GET", path);
    return answer?.ok ? URL.createObjectURL(await answer.blob()) : path;
}

/** The path of a conversation, or of something in it. */
export function conversation_path(id, ...rest) {
    return ["/api/conversations", id, ...rest].map((part, place) => place ? encodeURIComponent(part) : part).join("/");
}

/** A client message id. crypto.randomUUID is not there on pages of plain HTTP, which a host in a local network may be. */
export function new_id() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fetched(method, path, body) {
    const headers = {};
    if (body !== undefined)
        headers["Content-Type"] = "application/json";
    if (token())
        headers.Authorization = `Bearer ${token()}`;
    try {
        return await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
    } catch {
        return null;
    }
}

// Several requests may be turned away at once: one dialog answers all of them.
async function renewed_token() {
    asking ??= ask().finally(() => { asking = null; });
    const given = await asking;
    if (given)
        sessionStorage.setItem(KEY, given);
    return Boolean(given);
}
