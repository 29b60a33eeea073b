// WeChat beside SMS and voicemail: pictures, sound, and what operators see of it all.
import assert from "node:assert/strict";
import {mkdirSync, renameSync, writeFileSync} from "node:fs";

import {ask, contact_does, contact_writes, employee_writes, inbox, messages, phone, play, says, screen, stage, until, verdict} from "./support.mjs";

const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC", "base64");

// One second of a tone, 8 kHz, 16 bits: a recording as a mailbox has it.
function recording() {
    const samples = 8000;
    const bytes = Buffer.alloc(44 + samples * 2);
    bytes.write("RIFF", 0);
    bytes.writeUInt32LE(36 + samples * 2, 4);
    bytes.write("WAVEfmt ", 8);
    for (const [value, at, size] of [[16, 16, 4], [1, 20, 2], [1, 22, 2], [8000, 24, 4], [16000, 28, 4], [2, 32, 2], [16, 34, 2]])
        bytes.writeUIntLE(value, at, size);
    bytes.write("data", 36);
    bytes.writeUInt32LE(samples * 2, 40);
    for (let place = 0; place < samples; ++place)
        bytes.writeInt16LE(Math.round(8000 * Math.sin(place / 8000 * 440 * 2 * Math.PI)), 44 + place * 2);
    return bytes;
}

const is_loaded = (image) => image.evaluate((element) => element.complete && element.naturalWidth > 0);

async function a_picture_from_the_phone_is_seen_on_both_sides(page) {
    await contact_writes(page, "Look at this");
    await says(messages(page), "Look at this");
    await phone(page).locator("input[type=file]").setInputFiles({name: "card.png", mimeType: "image/png", buffer: PICTURE});

    for (const place of [messages(page), screen(page)]) {
        const image = place.getByRole("img").first();
        await image.waitFor();
        await until("it is loaded", () => is_loaded(image));
    }
}

async function a_voicemail_stands_in_the_same_list_and_plays(page) {
    const folder = `${stage.folder}/voicemail/sales/in`;
    mkdirSync(folder, {recursive: true});
    writeFileSync(`${stage.folder}/recording.wav`, recording());
    renameSync(`${stage.folder}/recording.wav`, `${folder}/+4930123456_1.wav`);
    await inbox(page).getByRole("button", {name: /\+4930123456/}).click();

    const sound = messages(page).locator("audio");
    await sound.waitFor();
    await until("it can be played", () => sound.evaluate((element) => element.duration > 0.9 && element.duration < 1.1));
    await says(phone(page), "The simulator plays contacts of other channels");
}

async function a_player_gets_the_part_that_it_asks_for(page) {
    const address = new URL(await messages(page).locator("audio").getAttribute("src"), stage.host);
    const part = await fetch(address, {headers: {Range: "bytes=0-3"}});
    assert.equal(part.status, 206);
    assert.equal(await part.text(), "RIFF");
    assert.equal(part.headers.get("content-range"), "bytes 0-3/16044");
    assert.match(part.headers.get("content-security-policy"), /sandbox/);
    assert.equal(part.headers.get("x-content-type-options"), "nosniff");
}

async function a_text_message_is_answered_in_the_same_way(page) {
    await ask("POST", `${stage.gateway}/send`, {from: "+4915110000001", to: "+4930555010", text: "Is my card ready?"});
    await inbox(page).getByRole("button", {name: /\+4915110000001/}).click();

    await says(messages(page), "Is my card ready?");
    await says(verdict(page), "Goes out now");
    await employee_writes(page, "It is.");
    await until("the gateway has it", async () => (await ask("GET", `${stage.gateway}/messages`)).value[0]?.text === "It is.");
}

async function the_list_shows_one_channel_or_all(page) {
    const lines = () => inbox(page).locator(".conversation").count();
    await inbox(page).getByRole("combobox", {name: "Channel"}).selectOption("voicemail");
    assert.equal(await lines(), 1);
    await inbox(page).getByRole("combobox", {name: "Channel"}).selectOption("");
    assert.equal(await lines(), 3);
    await inbox(page).getByRole("searchbox").fill("nobody");
    await says(inbox(page), "No conversation matches.");
    await inbox(page).getByRole("searchbox").fill("");
}

async function a_contact_who_is_new_has_a_phone_of_his_own(page) {
    await contact_does("wang-wei", "follow", {});
    await inbox(page).getByRole("button", {name: /wang-wei/}).click();

    await says(screen(page), "To begin, please type a message here");
    assert.equal(await phone(page).getByRole("combobox", {name: "Contact"}).inputValue(), "wang-wei");
}

async function operators_see_what_went_through(page) {
    await page.getByRole("link", {name: "Operations"}).click();

    for (const channel of ["wechat", "sms", "voicemail"])
        await page.locator(".card", {hasText: channel}).getByText("Works").waitFor();
    await says(page.locator(".chart", {hasText: "In"}).first(), "4 in all");
    await page.getByText("All metrics").click();
    await says(page.getByRole("table"), "host_messages_received_total");
}

async function a_fault_of_the_platform_shows_with_what_to_do(page) {
    const [{id}] = (await ask("GET", `${stage.host}/api/conversations?channel=wechat`)).value
        .filter(({contact}) => contact === "li-na");
    await ask("POST", `${stage.simulator}/sim/faults`, {path: "/cgi-bin/message/custom/send", errcode: 48001});
    await ask("POST", `${stage.host}/api/conversations/${id}/messages`, {employee: "ana", client_id: "m1", text: "Held"});

    const card = page.locator(".card", {hasText: "wechat"});
    await says(card, "48001");
    await says(card, "What to do");
    await until("the bar says so, too", () => page.locator(".top-bar a.ailing").count());
}

await play([a_picture_from_the_phone_is_seen_on_both_sides, a_voicemail_stands_in_the_same_list_and_plays,
    a_player_gets_the_part_that_it_asks_for, a_text_message_is_answered_in_the_same_way, the_list_shows_one_channel_or_all, a_contact_who_is_new_has_a_phone_of_his_own,
    operators_see_what_went_through, a_fault_of_the_platform_shows_with_what_to_do]);
