// The platform's stand-in beside the host: accounts, what contacts do, what their phones show.

import {get, post} from "/api.js";
import {kind_of} from "/media.js";

const KEY = "console.contacts";
const FIRST_CONTACT = "li-na";

export class Simulator {
    accounts = [];
    silent = false;

    /** Asks for the accounts; gives whether somebody answered. */
    async load() {
        const {status, value} = await get("/api/simulator/accounts");
        this.silent = status !== 200;
        if (!this.silent)
            this.accounts = value;
        return !this.silent;
    }

    /** The account that plays for a customer of the host; null where none does. */
    account_for(customer) {
        return this.accounts.find((account) => this.customer_of(account) === customer) ?? null;
    }

    /** The customer of the host whose account it is: named, or the last step of the callback's path. */
    customer_of({customer, callback_url}) {
        return customer || (callback_url ?? "").split("/").at(-1);
    }

    /** Names of contacts of an account that were used in this browser. */
    contacts(app_id) {
        return kept()[app_id] ?? [FIRST_CONTACT];
    }

    remember(app_id, contact) {
        const all = kept();
        all[app_id] = [...new Set([...this.contacts(app_id), contact])];
        localStorage.setItem(KEY, JSON.stringify(all));
    }

    /** What the phone shows: [{from, kind, text, media, at}]; null where nobody answers. */
    async phone(app_id, contact) {
        const {status, value} = await get(path_of(app_id, contact, "phone"));
        return status === 200 ? value : null;
    }

    /** {slots_left, ends_at}, as the platform counts. */
    async window(app_id, contact) {
        const {status, value} = await get(path_of(app_id, contact, "window"));
        return status === 200 ? value : null;
    }

    /** verb: send, follow, unfollow, scan, menu. Gives {status, value: {answered, deliveries, shown}}. */
    act(app_id, contact, verb, body = {}) {
        return post(path_of(app_id, contact, verb), body);
    }

    send_file(app_id, contact, {mime, base64}) {
        return this.act(app_id, contact, "send", {[kind_of(mime)]: base64});
    }
}

/** Where a file on a phone is. */
export function media_path(id) {
    return `/api/simulator/media/${encodeURIComponent(id)}`;
}

function path_of(app_id, contact, what) {
    return `/api/simulator/accounts/${encodeURIComponent(app_id)}/contacts/${encodeURIComponent(contact)}/${what}`;
}

function kept() {
    try {
        return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
        return {};
    }
}
