// The console: a list of conversations, one thread, a composer. The server's words are always set as text,
// never as markup.
const $ = (id) => document.getElementById(id);
let open = null;
let lastEvent = null;

function token() { return sessionStorage.getItem("token"); }

async function api(method, path, body) {
    const headers = body === undefined ? {} : {"Content-Type": "application/json"};
    if (token())
        headers.Authorization = `Bearer ${token()}`;
    const answer = await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
    if (answer.status === 401 && ask_for_token())
        return api(method, path, body);
    const value = await answer.json();
    return {status: answer.status, value};
}

function ask_for_token() {
    const given = prompt("The API's token");
    if (given)
        sessionStorage.setItem("token", given);
    return Boolean(given);
}

function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
}

async function show_channels() {
    const {value} = await api("GET", "/api/channels");
    $("channels").replaceChildren(...value.map((channel) => element("li",
        {className: channel.health.level, title: channel.health.text}, `${channel.id}: ${channel.health.level}`)));
}

async function show_conversations() {
    const {value} = await api("GET", "/api/conversations");
    $("conversations").replaceChildren(...value.map((conversation) => {
        const line = element("button", {type: "button", onclick: () => show_conversation(conversation.id)},
            conversation.contact, element("br"),
            element("small", {}, `${conversation.channel} · ${conversation.customer} · ${conversation.state}`));
        if (conversation.unread > 0)
            line.prepend(element("b", {}, String(conversation.unread)));
        if (conversation.id === open)
            line.setAttribute("aria-current", "true");
        return element("li", {}, line);
    }));
}

function media_of(message) {
    const mime = message.mime ?? "";
    if (mime.startsWith("image/"))
        return element("img", {src: message.media, alt: message.name ?? message.kind});
    if (mime.startsWith("audio/"))
        return element("audio", {src: message.media, controls: true});
    if (mime.startsWith("video/"))
        return element("video", {src: message.media, controls: true});
    return element("a", {href: message.media, download: message.name ?? ""}, message.name ?? message.kind);
}

function line_of(message) {
    const words = message.text || (message.media ? "" : `[${message.key ?? message.kind}]`);
    const line = element("li", {className: `${message.from} ${message.kind}`}, words);
    if (message.media)
        line.append(media_of(message));
    const about = [message.employee, message.key, message.state, message.reason, message.at.slice(0, 16).replace("T", " ")];
    line.append(element("small", {}, about.filter(Boolean).join(" · ")));
    if (message.state === "queued")
        line.append(element("button", {type: "button", onclick: () => cancel(message.client_id)}, "Cancel"));
    return line;
}

async function show_conversation(id) {
    open = id;
    const {status, value} = await api("GET", `/api/conversations/${encodeURIComponent(id)}`);
    if (status !== 200 || open !== id)
        return;
    $("title").textContent = `${value.contact} (${value.customer})`;
    $("participants").textContent = `${value.state} · ${value.participants.join(", ") || "nobody takes part"}`;
    $("employee").value ||= value.participants[0] ?? "";
    $("messages").replaceChildren(...value.messages.map(line_of));
    $("messages").scrollTop = $("messages").scrollHeight;
    $("composer").hidden = false;
    await Promise.all([show_conversations(), show_verdict()]);
}

async function show_verdict() {
    const body = {employee: $("employee").value || "-"};
    if ($("text").value)
        body.text = $("text").value;
    const {value} = await api("POST", `/api/conversations/${encodeURIComponent(open)}/check`, body);
    const left = value.slots_left === null || value.slots_left === undefined ? "" : `, ${value.slots_left} left`;
    $("verdict").textContent = value.verdict ? `${value.verdict} ${value.reason ?? ""}${left}` : value.text ?? "";
}

async function send(event) {
    event.preventDefault();
    const body = {employee: $("employee").value, client_id: crypto.randomUUID(), text: $("text").value};
    const {status, value} = await api("POST", `/api/conversations/${encodeURIComponent(open)}/messages`, body);
    $("problem").textContent = status === 202 ? "" : value.text || value.reason || value.error;
    if (status === 202)
        $("text").value = "";
    await show_conversation(open);
}

async function cancel(client_id) {
    const path = `/api/conversations/${encodeURIComponent(open)}/messages/${encodeURIComponent(client_id)}`;
    const {status, value} = await api("DELETE", path);
    $("problem").textContent = status === 200 ? "" : value.text;
    await show_conversation(open);
}

async function show_clock() {
    const {value} = await api("GET", "/api/clock");
    $("clock").hidden = !value.adjustable;
    $("now").textContent = value.now.slice(0, 16).replace("T", " ");
}

async function advance(event) {
    const {advance: by} = event.target.dataset;
    if (!by)
        return;
    const {status, value} = await api("POST", "/api/clock", {advance: by});
    $("problem").textContent = status === 200 ? "" : value.text;
    await show_clock();
}

let refreshing = null;
function refresh() {
    refreshing ??= setTimeout(async () => {
        refreshing = null;
        await (open ? show_conversation(open) : show_conversations());
    }, 50);
}

function listen() {
    const address = new URL("/api/events", location.href.replace(/^http/, "ws"));
    if (lastEvent !== null)
        address.searchParams.set("after", lastEvent);
    const socket = new WebSocket(address, token() ? ["bearer", token()] : []);
    socket.onmessage = ({data}) => {
        lastEvent = JSON.parse(data).id;
        refresh();
    };
    socket.onclose = () => setTimeout(listen, 1000);
    socket.onopen = refresh;
}

$("composer").addEventListener("submit", send);
$("text").addEventListener("change", show_verdict);
$("clock").addEventListener("click", advance);
setInterval(() => { show_channels(); show_clock(); }, 10000);
await Promise.all([show_channels(), show_conversations(), show_clock()]);
listen();
