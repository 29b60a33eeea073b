// The policy's whole story, clicked through: first contact, welcome, share, hold, queue, 24 h, both sides, resume.
import assert from "node:assert/strict";

import {composer, contact_does, contact_writes, employee_writes, inbox, messages, phone, play, says, screen, stage, until,
    verdict} from "./support.mjs";

async function nobody_has_written_and_the_page_says_what_to_do(page) {
    await says(inbox(page), "Nobody has written yet");
    await says(screen(page), "The phone is empty");
}

async function a_contact_follows_and_is_asked_to_write(page) {
    await phone(page).getByRole("button", {name: "Follow", exact: true}).click();

    await says(screen(page), "To begin, please type a message here");
    await says(messages(page), "Followed the account");
}

async function his_first_message_opens_the_conversation(page) {
    await contact_writes(page, "Hello, is my card ready?");

    await says(inbox(page), "li-na");
    await says(messages(page), "Hello, is my card ready?");
    await says(messages(page), "A new conversation has begun");
    await says(screen(page), "Welcome. Your message has reached us");
}

async function the_composer_knows_the_budget(page) {
    await says(verdict(page), "3 of 3 left");
    await says(verdict(page), "window closes in 48 h");
    await composer(page).getByRole("textbox").fill("é".repeat(1025));
    await says(composer(page), "2,050 of 2,048 bytes");
    await says(verdict(page), "Would be refused: the text is too long");
    await composer(page).getByRole("textbox").fill("");
}

async function three_answers_use_up_the_share(page) {
    for (const text of ["One", "Two", "Three"])
        await employee_writes(page, text);

    await says(messages(page), "Limit reached");
    await says(screen(page), "Three");
    await says(verdict(page), "Will wait: on hold until the contact writes");
    await says(page.getByText("of 5 slots used"), "4 of 5 slots used");
}

async function a_fourth_and_a_fifth_wait(page) {
    await employee_writes(page, "Four");
    await employee_writes(page, "Five");

    await says(messages(page), "Waiting, number 1");
    await says(messages(page), "Waiting, number 2");
    await says(inbox(page), "2 waiting");
    assert.equal(await screen(page).getByText("Four").count(), 0);
}

async function one_that_waits_is_cancelled(page) {
    await messages(page).getByRole("button", {name: "Cancel the waiting message: Five"}).click();

    await says(messages(page), "Cancelled");
}

async function the_next_event_is_the_reminder_of_both_sides(page) {
    await page.getByRole("button", {name: "Let time pass until something happens in this conversation"}).click();

    await says(messages(page), "The contact has not replied for 24 hours");
    await says(messages(page), "Asks for a reply");
    await says(screen(page), "We have sent you three messages and have not heard from you since");
    await says(page.getByText("of 5 slots used"), "5 of 5 slots used");
}

async function after_48_hours_the_window_is_closed(page) {
    await page.getByRole("button", {name: "Let 24 hours pass"}).click();

    await says(messages(page), "The conversation is inactive");
    await says(verdict(page), "Will wait: the window is closed until the contact writes");
    await says(inbox(page), "Window closed");
}

async function his_reply_sends_what_waited(page) {
    await contact_writes(page, "I was travelling");

    await says(messages(page), "one waiting message is being sent");
    await says(screen(page), "Four");
    await until("nothing waits any more", async () => await messages(page).getByText("Waiting, number").count() === 0);
    await says(verdict(page), "2 of 3 left");
}

async function somebody_else_takes_part_and_the_contact_is_told(page) {
    await page.getByRole("button", {name: "Add a participant"}).click();
    await page.getByRole("combobox", {name: "Employee's name"}).fill("ben");
    await page.keyboard.press("Enter");

    await says(screen(page), "The colleagues who look after this conversation have changed");
    await page.getByRole("button", {name: "Remove ana"}).click();
    await until("only ben is left", async () => await page.getByRole("button", {name: /^Remove/}).count() === 1);
}

async function he_scans_a_code_with_a_scene(page) {
    await contact_does("li-na", "scan", {scene: "desk-12"});

    await says(messages(page), "QR code desk-12");
}

async function he_unfollows_and_nobody_can_write_any_more(page) {
    await phone(page).getByRole("button", {name: "Unfollow"}).click();

    await says(messages(page), "The contact no longer follows the account");
    await says(verdict(page), "Would be refused: the contact no longer follows the account");
    await says(inbox(page), "Unfollowed");
}

async function a_reload_keeps_the_place(page) {
    await page.reload();

    await says(messages(page), "I was travelling");
    assert.match(page.url(), /#\/inbox\//);
    assert.ok(page.url().startsWith(stage.host));
}

await play([nobody_has_written_and_the_page_says_what_to_do, a_contact_follows_and_is_asked_to_write,
    his_first_message_opens_the_conversation, the_composer_knows_the_budget, three_answers_use_up_the_share,
    a_fourth_and_a_fifth_wait, one_that_waits_is_cancelled, the_next_event_is_the_reminder_of_both_sides,
    after_48_hours_the_window_is_closed, his_reply_sends_what_waited, somebody_else_takes_part_and_the_contact_is_told,
    he_scans_a_code_with_a_scene, he_unfollows_and_nobody_can_write_any_more, a_reload_keeps_the_place]);
