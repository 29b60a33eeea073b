// A host that wants a token: asked for once, kept for the tab, and good for everything, pictures and events too.
import assert from "node:assert/strict";

import {ask, contact_does, employee_writes, messages, owner, phone, play, says, stage, until} from "./support.mjs";

const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC";

const dialog = (page) => page.getByRole("dialog", {name: "The host wants its token"});

async function answer(page, token) {
    await dialog(page).getByLabel("Token").fill(token);
    await dialog(page).getByRole("button", {name: "Go on"}).click();
}

async function without_it_the_host_says_nothing() {
    await contact_does("li-na", "send", {text: "Hello"});
    await owner("ask for a token");

    for (const path of ["/api/host", "/api/conversations", "/api/simulator/accounts", "/metrics"])
        assert.equal((await fetch(stage.host + path)).status, 401, path);
}

async function a_wrong_one_is_asked_for_again(page) {
    await page.reload();
    await answer(page, "a guess");

    await until("it is asked again", async () => await dialog(page).getByLabel("Token").inputValue() === "");
}

async function with_it_the_page_works_and_hears_what_happens(page) {
    await answer(page, stage.token);

    await says(page.locator(".top-bar"), "Live");
    await says(messages(page), "Hello");
    await employee_writes(page, "Good morning");
    await says(phone(page), "Good morning");
    await contact_does("li-na", "send", {text: "And to you"});
    await says(messages(page), "And to you");
}

async function pictures_are_shown_though_their_address_cannot_carry_it(page) {
    await contact_does("li-na", "send", {image: PICTURE});

    for (const place of [messages(page), phone(page)]) {
        const image = place.getByRole("img").first();
        await image.waitFor();
        await until("it is loaded", () => image.evaluate((element) => element.naturalWidth > 0));
        assert.match(await image.getAttribute("src"), /^blob:/);
    }
}

async function a_reload_does_not_ask_again(page) {
    await page.reload();

    await says(messages(page), "And to you");
    assert.equal(await dialog(page).count(), 0);
}

async function a_page_of_another_site_has_it_not(page) {
    const [{id}] = (await ask("GET", `${stage.host}/api/conversations`, undefined, {Authorization: `Bearer ${stage.token}`})).value;
    const forged = await ask("POST", `${stage.host}/api/conversations/${id}/messages`,
        {employee: "ana", client_id: "forged", text: "forged"}, {Authorization: `Bearer ${stage.token}`, Origin: "http://evil.example"});
    assert.equal(forged.status, 403);
    assert.equal(forged.value.error, "wrong_origin");
    assert.equal((await page.context().cookies()).length, 0);
}

await play([without_it_the_host_says_nothing, a_wrong_one_is_asked_for_again, with_it_the_page_works_and_hears_what_happens,
    pictures_are_shown_though_their_address_cannot_carry_it, a_reload_does_not_ask_again, a_page_of_another_site_has_it_not]);
