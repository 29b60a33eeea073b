// A contact scans an employee's QR code: whose, and what it looks like. Gives the scene that the code carries.

import {get, loadable, post} from "/api.js";
import {ask, show_dialog} from "/dialog.js";
import {fill, h} from "/dom.js";
import {t} from "/words.js";

/**
 * Gives a scene, or null where nothing was scanned.
 *
 * channel, customer  whose codes there are
 * employees          who may be invited to
 */
export async function scan_code({channel, customer, employees}) {
    const address = `/api/invitations?channel=${encodeURIComponent(channel ?? "")}&customer=${encodeURIComponent(customer)}`;
    const {status, value} = channel ? await get(address) : {status: 404};
    if (status !== 200)
        return ask({title: t("phone.scan"), text: t("phone.scan.text"), label: t("phone.scan.scene"), go: t("phone.scan.go")});
    return new CodeDialog({channel, customer, employees, invitations: value.filter(({expired}) => !expired)}).scanned();
}

class CodeDialog {
    #of;
    #chosen = null;
    #codes = h("select");
    #employee = h("input", {maxLength: 64, autocomplete: "off"});
    #image = h("div", {className: "code"});
    #told = h("p", {className: "quiet", role: "status"});
    #go = h("button", {className: "primary", value: "go", disabled: true}, t("phone.scan.go"));

    constructor(of) {
        this.#of = of;
        this.#employee.value = of.employees[0] ?? "";
        this.#codes.addEventListener("change", () => this.#choose(this.#codes.value));
        this.#list(of.invitations);
        this.#choose(of.invitations[0]?.scene);
    }

    async scanned() {
        const make = h("button", {type: "button", onclick: () => this.#make()}, t("phone.scan.make"));
        const answer = await show_dialog(t("phone.scan"), t("phone.scan.text"), [
            h("label", {}, t("phone.scan.employee"), h("span", {className: "line"}, this.#employee, make)),
            h("label", {hidden: !this.#of.invitations.length}, t("phone.scan.code"), this.#codes),
            this.#image, this.#told,
        ], this.#go);
        return answer === "go" ? this.#chosen?.scene ?? null : null;
    }

    // The code of an employee: the one that there is, or a new one.
    async #make() {
        const {channel, customer} = this.#of;
        const employee = this.#employee.value.trim();
        if (!employee)
            return;
        const {status, value} = await post("/api/invitations", {channel, customer, employee});
        if (status !== 200 && status !== 201) {
            fill(this.#told, value.text);
            return;
        }
        this.#list([value, ...this.#of.invitations.filter(({scene}) => scene !== value.scene)]);
        this.#choose(value.scene);
    }

    #list(invitations) {
        this.#of.invitations = invitations;
        fill(this.#codes, invitations.map(({scene, employee}) =>
            h("option", {value: scene}, employee ? `${employee} · ${scene}` : scene)));
        const label = this.#codes.closest("label");
        if (label)
            label.hidden = !invitations.length;
    }

    #choose(scene) {
        this.#chosen = this.#of.invitations.find((invitation) => invitation.scene === scene) ?? null;
        this.#go.disabled = !this.#chosen;
        fill(this.#told);
        fill(this.#image);
        if (!this.#chosen)
            return;
        this.#codes.value = scene;
        const image = h("img", {alt: t("phone.scan.alt", {whose: this.#chosen.employee ?? scene})});
        loadable(this.#chosen.qr).then((address) => { image.src = address; });
        fill(this.#image, image);
    }
}
