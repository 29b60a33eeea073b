// The host goes and comes back: the page says so, comes back by itself, and misses nothing.
import assert from "node:assert/strict";

import {ask, composer, contact_does, contact_writes, messages, owner, phone, phone_text, play, says, stage, until} from "./support.mjs";

const WHILE_AWAY = ["First while away", "Second while away", "Third while away"];

async function a_phone_takes_no_words_before_it_is_somebody_s(page) {
    const gate = await held(page, "**/api/simulator/accounts");
    await page.reload();
    await says(page.locator(".top-bar"), "Live");
    assert.equal(await phone_text(page).count(), 0);
    gate.open();

    await phone_text(page).waitFor();
}

async function a_contact_writes_and_the_page_shows_it(page) {
    await contact_writes(page, "Hello");

    await says(messages(page), "Hello");
}

async function the_host_stops_and_the_page_says_that_it_tries_again(page) {
    await composer(page).getByRole("textbox").fill("A draft");
    await owner("stop the host");

    await says(page.locator(".top-bar"), "Reconnecting …");
}

async function what_is_written_before_the_page_is_back_is_shown_once_and_in_order(page) {
    const gate = await held(page, "**/api/host");
    await owner("start the host");
    for (const text of WHILE_AWAY)
        await contact_does("li-na", "send", {text});
    await until("the host has them", async () => (await last_messages()).filter((text) => WHILE_AWAY.includes(text)).length === 3);
    gate.open();

    await says(page.locator(".top-bar"), "Live");
    await says(messages(page), WHILE_AWAY[2]);
    assert.deepEqual(await messages(page).getByText("while away").allTextContents(), WHILE_AWAY);
}

// Keeps requests waiting until it is opened.
async function held(page, address) {
    let open = null;
    const opened = new Promise((resolve) => { open = resolve; });
    await page.route(address, async (route) => {
        await opened;
        await route.continue();
    });
    return {open};
}

async function last_messages() {
    const [{id}] = (await ask("GET", `${stage.host}/api/conversations`)).value;
    return (await ask("GET", `${stage.host}/api/conversations/${id}`)).value.messages.map(({text}) => text);
}

async function the_draft_is_still_there_and_can_be_sent(page) {
    assert.equal(await composer(page).getByRole("textbox").inputValue(), "A draft");
    await composer(page).getByRole("textbox").press("Enter");

    await says(phone(page), "A draft");
}

async function a_message_that_nobody_answered_is_sent_once(page) {
    await owner("stop the host");
    await says(page.locator(".top-bar"), "Reconnecting …");
    await composer(page).getByRole("textbox").fill("Only once");
    await composer(page).getByRole("textbox").press("Enter");
    await says(page.getByRole("alert"), "The host does not answer. Your text is still here.");
    await owner("start the host");
    await says(page.locator(".top-bar"), "Live");
    await composer(page).getByRole("textbox").press("Enter");

    await says(phone(page), "Only once");
    assert.equal((await last_messages()).filter((text) => text === "Only once").length, 1);
}

await play([a_phone_takes_no_words_before_it_is_somebody_s, a_contact_writes_and_the_page_shows_it,
    the_host_stops_and_the_page_says_that_it_tries_again,
    what_is_written_before_the_page_is_back_is_shown_once_and_in_order, the_draft_is_still_there_and_can_be_sent,
    a_message_that_nobody_answered_is_sent_once]);
