// The pictures of the README: the same page, with a conversation that shows what it can do.
//
//     python3 tests/browser/browser.py . build tests/browser/pictures.mjs docs/images
import {mkdirSync} from "node:fs";

import {ask, composer, contact_does, contact_writes, employee_writes, inbox, messages, open_page, phone, play, says, screen, stage,
    verdict} from "./support.mjs";

const [folder] = process.argv.slice(2);
const view = {width: 1280, height: 800};

const take = (page, name) => page.screenshot({path: `${folder}/${name}.png`, animations: "disabled"});

async function others_have_written_before(page) {
    mkdirSync(folder, {recursive: true});
    await contact_does("wang-wei", "follow", {scene: "desk-12"});
    await contact_does("chen-yu", "send", {text: "请问网点几点关门？"});
    await ask("POST", `${stage.gateway}/send`, {from: "+4915110000001", to: "+4930555010", text: "Please call me back."});
    await says(inbox(page), "+4915110000001");
    await page.getByRole("button", {name: "Close the guide"}).click();
}

async function a_conversation_reaches_its_limit(page) {
    await contact_writes(page, "你好! Is my card ready? 👋");
    await page.getByRole("heading", {name: "li-na"}).waitFor();
    await says(verdict(page), "3 of 3 left");
    for (const text of ["Good morning! Let me look that up.", "It is at your branch.", "Will you come for it today?", "We are open until six."])
        await employee_writes(page, text);
    await says(messages(page), "Waiting, number 1");
}

async function a_day_passes(page) {
    await page.getByRole("button", {name: "Let 24 hours pass"}).click();
    await says(screen(page), "We have sent you three messages");
    await says(verdict(page), "window closes in 24 h");
    await composer(page).getByRole("textbox").click();  // and the mouse is nowhere else
    await take(page, "console");
}

async function the_same_in_chinese_and_dark(_, browser) {
    const page = await open_page(browser, {...view, dark: true, language: "zh-CN"});
    await page.getByRole("button", {name: "关闭向导"}).click();
    await page.locator(".conversation", {hasText: "li-na"}).click();
    await page.locator(".bubble.queued").waitFor();
    await says(page.locator(".screen"), "We have sent you three messages");
    await take(page, "console-dark-chinese");
    await page.context().close();
}

async function the_same_on_a_telephone(_, browser) {
    const page = await open_page(browser, {width: 360, height: 740});
    await page.getByRole("button", {name: "Close the guide"}).click();
    await page.locator(".conversation", {hasText: "li-na"}).click();
    await page.locator(".bubble.queued").waitFor();
    await take(page, "console-narrow");
    await page.context().close();
}

async function the_customers_texts(page) {
    await page.getByRole("link", {name: "Texts"}).click();
    await page.locator("article.text-card").first().waitFor();
    await take(page, "texts");
    await page.getByRole("link", {name: "Conversations"}).click();
    await phone(page).waitFor();
}

await play([others_have_written_before, a_conversation_reaches_its_limit, a_day_passes, the_same_in_chinese_and_dark,
    the_same_on_a_telephone, the_customers_texts], view);
