// Everything by keyboard: from the first Tab to an answer, and back with Esc.
import assert from "node:assert/strict";

import {composer, contact_does, inbox, messages, phone, play, says, until} from "./support.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.textContent || document.activeElement.ariaLabel);
const has_focus = (locator) => locator.evaluate((element) => element === document.activeElement);

async function the_first_tab_offers_to_skip_the_bar(page) {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to the conversation");
    await page.keyboard.press("Enter");
    assert.ok(await has_focus(page.getByRole("main", {name: "Conversation"})));
}

async function arrows_walk_the_list_and_enter_opens(page) {
    for (const contact of ["ada", "bob", "cleo"])
        await contact_does(contact, "send", {text: `I am ${contact}`});
    // Each welcome moves its line to the top: the list has come to rest once all are open.
    await until("three are open", async () => await inbox(page).locator(".tag.open").count() === 3);
    await inbox(page).getByRole("combobox").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Home");
    assert.equal(await focused_line(page), 0);
    await page.keyboard.press("End");
    assert.equal(await focused_line(page), 2);
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused_line(page), 1);
    const name = await page.evaluate(() => document.activeElement.querySelector(".name").textContent);
    await page.keyboard.press("Enter");

    await page.getByRole("heading", {name, level: 2}).waitFor();
    await until("the composer has the keyboard", () => has_focus(composer(page).getByRole("textbox")));
}

// Which line of the list has the keyboard.
function focused_line(page) {
    return page.evaluate(() => [...document.querySelectorAll(".conversation")].indexOf(document.activeElement));
}

async function enter_sends_and_shift_enter_begins_a_line(page) {
    await page.keyboard.type("One line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("and another");
    await page.keyboard.press("Enter");

    await says(messages(page), "One line\nand another");
    await until("the composer is empty", async () => await composer(page).getByRole("textbox").inputValue() === "");
}

async function enter_that_ends_an_input_method_sends_nothing(page) {
    const text = composer(page).getByRole("textbox");
    await text.fill("你好");
    await text.evaluate((element) => element.dispatchEvent(
        new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true})));

    assert.equal(await text.inputValue(), "你好");
    await text.fill("");
}

async function esc_goes_back_to_the_list(page) {
    await page.keyboard.press("Escape");

    assert.ok(await has_focus(inbox(page).locator("[aria-current=true]")));
}

async function a_dialog_closes_with_esc_and_answers_with_enter(page) {
    const add = phone(page).getByRole("button", {name: "New contact"});
    await add.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", {name: "New contact"}).waitFor();
    await page.keyboard.press("Escape");
    await until("it is closed", async () => await page.getByRole("dialog").count() === 0);
    assert.ok(await has_focus(add), "the keyboard is back where it was");

    await page.keyboard.press("Enter");
    await page.keyboard.type("dora");
    await page.keyboard.press("Enter");
    await says(phone(page), "Let dora write");
}

await play([the_first_tab_offers_to_skip_the_bar, arrows_walk_the_list_and_enter_opens,
    enter_sends_and_shift_enter_begins_a_line, enter_that_ends_an_input_method_sends_nothing, esc_goes_back_to_the_list,
    a_dialog_closes_with_esc_and_answers_with_enter]);
