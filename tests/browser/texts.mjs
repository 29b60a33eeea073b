// A customer words his texts: each edit of the file shows, and a fault shows where it is, while the old version holds.
import assert from "node:assert/strict";
import {readFileSync, writeFileSync} from "node:fs";

import {contact_writes, phone, play, says, stage, until} from "./support.mjs";

const FILE = `${stage.folder}/customers/harbour-bank.yaml`;
const GOOD = readFileSync(FILE, "utf8");
const FIRST_LINE = GOOD.split("\n").length;  // of what is added at its end

function write(welcome) {
    writeFileSync(FILE, `${GOOD}messages:\n  en:\n    contact:\n      welcome: "${welcome}"\n      on_hold: null\n`);
}

const welcome = (page) => page.locator("#text-contact-welcome [data-locale=en]");

async function every_text_stands_in_each_language_with_bytes_and_slots(page) {
    await page.getByRole("link", {name: "Texts"}).click();

    await says(welcome(page), "Welcome. Your message has reached us");
    await says(welcome(page), "135 bytes · 1 slot · built in");
    await says(page.locator("#text-contact-welcome [data-locale=zh-Hans]"), "您好，您的消息我们已经收到");
    await says(page.locator("#text-employee-limit_reached [data-locale=en]"), "no slot");
    assert.equal(await page.locator("article.text-card").count(), 18);
}

async function an_edit_of_the_file_shows_by_itself_with_its_line(page) {
    write("Welcome to {customer}. Leave with {leave_keyword}.");

    await says(welcome(page), "Welcome to harbour-bank. Leave with #LEAVE.");
    await says(welcome(page), `harbour-bank.yaml, line ${FIRST_LINE + 3}`);
    await says(welcome(page), 'welcome: "Welcome to {customer}. Leave with {leave_keyword}."');
    await says(page.locator("#text-contact-on_hold [data-locale=en]"), "Switched off: nothing is sent.");
}

async function a_fault_shows_with_its_line_and_the_old_version_holds(page) {
    write("Welcome to {custmer}.");

    const fault = page.getByRole("main").getByRole("alert");
    await says(fault, "The version in force stays in force.");
    await says(fault, `harbour-bank.yaml, line ${FIRST_LINE + 3}, column 29`);
    await says(fault, 'did you mean "customer"');
    await says(welcome(page), "Welcome to harbour-bank. Leave with #LEAVE.");
}

async function a_reload_by_hand_says_the_same(page) {
    await page.getByRole("button", {name: "Reload the files"}).click();

    await says(page.getByRole("main").getByRole("status"), "Reloaded");
    await says(page.getByRole("main").getByRole("alert"), "did you mean");
}

async function once_it_is_mended_the_fault_is_gone_and_contacts_read_it(page) {
    write("Good to see you.");

    await says(welcome(page), "Good to see you.");
    await until("no fault is left", async () => await page.getByRole("main").getByRole("alert").isHidden());
    await page.getByRole("link", {name: "Conversations"}).click();
    await contact_writes(page, "Hello");
    await says(phone(page), "Good to see you.");
}

await play([every_text_stands_in_each_language_with_bytes_and_slots, an_edit_of_the_file_shows_by_itself_with_its_line,
    a_fault_shows_with_its_line_and_the_old_version_holds, a_reload_by_hand_says_the_same,
    once_it_is_mended_the_fault_is_gone_and_contacts_read_it]);
