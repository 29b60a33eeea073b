// 10,000 messages in one conversation: only what is seen is there, and who reads is left in peace.
import assert from "node:assert/strict";

import {contact_does, contact_writes, inbox, messages, owner, play, says, until} from "./support.mjs";

const MOST_ROWS = 150;  // a tall screen, what stands above and below it, and some room

const rows = (page) => messages(page).getByRole("listitem").count();

async function a_long_conversation_opens_at_its_end(page) {
    await contact_writes(page, "Hello");  // the store exists, and the channel is known in it
    await says(inbox(page), "li-na");
    await owner("write 10000 messages");
    await page.reload();
    const line = inbox(page).getByRole("button", {name: /o-many-words/});
    await line.waitFor();

    const took = await page.evaluate(async () => {
        const shown = new Promise((resolve) => {
            new MutationObserver(() => {
                if (document.querySelector(".messages")?.textContent.includes("Message 10000."))
                    resolve();
            }).observe(document.body, {childList: true, subtree: true, characterData: true});
        });
        const begun = performance.now();
        [...document.querySelectorAll(".conversation")].find((button) => button.textContent.includes("o-many-words")).click();
        await shown;
        return performance.now() - begun;
    });
    console.log(`  opened in ${took.toFixed(0)} ms`);  // not asserted: other programs run on this machine
    await messages(page).getByText("Message 10000.").waitFor();
    assert.ok(await rows(page) < MOST_ROWS, `${await rows(page)} rows`);
}

async function home_goes_to_the_very_first_message(page) {
    await messages(page).focus();
    await page.keyboard.press("Home");

    await messages(page).getByText("Message 1.", {exact: false}).first().waitFor();
    assert.ok(await rows(page) < MOST_ROWS, `${await rows(page)} rows`);
}

async function what_comes_meanwhile_does_not_move_the_reader(page) {
    await messages(page).evaluate((element) => { element.scrollTop = 4000; });
    await until("it has been scrolled", async () => !(await read_now(page)).startsWith("Message 1."));
    const before = await read_now(page);
    await contact_does("o-many-words", "send", {text: "Are you reading?"});
    await says(inbox(page), "Are you reading?");

    assert.equal(await read_now(page), before);
    await page.getByRole("button", {name: "Latest messages"}).click();
    await says(messages(page), "Are you reading?");
}

// The first row that is seen whole, and where on the screen it is.
function read_now(page) {
    return messages(page).evaluate((element) => {
        const {top} = element.getBoundingClientRect();
        const row = [...element.querySelectorAll("li")].find((one) => one.getBoundingClientRect().top >= top);
        return `${row.textContent} at ${Math.round(row.getBoundingClientRect().top - top)}`;
    });
}

async function scrolling_shows_no_gaps(page) {
    for (const part of [0.9, 0.5, 0.25, 0.75, 0.01]) {
        await messages(page).evaluate((element, where) => { element.scrollTop = element.scrollHeight * where; }, part);
        await until(`the screen is full at ${part}`, () => messages(page).evaluate((element) => {
            const {top, bottom} = element.getBoundingClientRect();
            const shown = [...element.querySelectorAll("li")].map((row) => row.getBoundingClientRect())
                .filter((row) => row.bottom > top && row.top < bottom).sort((a, b) => a.top - b.top);
            const is_closed = shown.every((row, place) => place === 0 || Math.abs(row.top - shown[place - 1].bottom) < 1.5);
            return shown.length > 0 && is_closed && shown[0].top <= top + 1 && shown.at(-1).bottom >= bottom - 1;
        }));
    }
    assert.ok(await rows(page) < MOST_ROWS);
}

await play([a_long_conversation_opens_at_its_end, home_goes_to_the_very_first_message,
    what_comes_meanwhile_does_not_move_the_reader, scrolling_shows_no_gaps]);
