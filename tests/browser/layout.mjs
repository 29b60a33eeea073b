// From 360 px to 4K, light and dark, English and Chinese: everything has room, and whoever cannot see it can use it.
import assert from "node:assert/strict";
import {mkdirSync, readFileSync} from "node:fs";

import {axe_source, contact_does, open_page, play, stage, until} from "./support.mjs";

const axe_text = readFileSync(axe_source, "utf8");

const PAGES = ["operations", "texts"];  // beside the conversations

const VIEWS = {
    desktop: {pages: PAGES},
    desktop_dark: {dark: true, pages: PAGES},
    laptop: {width: 1024, height: 700, pages: []},
    phone: {width: 360, height: 740, pages: PAGES},
    phone_dark_chinese: {width: 360, height: 740, dark: true, language: "zh-CN", pages: []},
    four_k_chinese: {width: 3840, height: 2160, language: "zh-CN", pages: ["texts"]},
};

async function a_conversation_with_everything_in_it(page) {
    await contact_does("a-contact-with-quite-a-long-name-0123456789", "follow", {scene: "desk-12"});
    await contact_does("a-contact-with-quite-a-long-name-0123456789", "send", {text: "Hello 你好 👋 ".repeat(20)});
    await page.getByRole("complementary", {name: "Conversations"}).getByRole("button").first().waitFor();
    const id = await page.locator("[data-id]").first().getAttribute("data-id");
    for (const [number, text] of ["One", "Two", "Three", "Four"].entries())
        await page.evaluate(async ([conversation, client_id, words]) => {
            await fetch(`/api/conversations/${conversation}/messages`, {method: "POST",
                body: JSON.stringify({employee: "ana", client_id, text: words})});
        }, [id, `m${number}`, text]);
}

// What automatic checks can find of WCAG 2.1 A and AA, contrast among it.
async function faults_for_who_cannot_see(page) {
    await page.evaluate(axe_text);
    const {violations} = await page.evaluate(() => window.axe.run(document,
        {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}));
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" | ")}`);
}

async function nothing_sticks_out(page, where) {
    const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    const wide = await page.evaluate(() => [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 80)));
    assert.ok(width <= room, `${where}: ${width} px wide in ${room}: ${wide.join(", ")}`);
}

async function check(page, where) {
    await nothing_sticks_out(page, where);
    assert.deepEqual(await faults_for_who_cannot_see(page), [], where);
    if (process.argv.includes("--pictures")) {
        mkdirSync(stage.pictures, {recursive: true});
        await page.screenshot({path: `${stage.pictures}/${where}.png`});
    }
}

async function goes_to(page, name) {
    await page.goto(`${stage.host}/#/${name}`);
    await page.locator(`body[data-page=${name}]`).waitFor();
}

function looks_right_and_can_be_used(name, view) {
    const step = async (_, browser) => {
        const faults = [];
        const page = await open_page(browser, view, faults);
        await page.locator(".conversation").first().click();
        await page.locator(".bubble.queued").waitFor();
        await check(page, `${name}_conversation`);
        if (view.width < 900) {
            for (const pane of ["phone", "inbox"]) {
                await page.locator(`.tabs [data-pane=${pane}]`).click();
                await check(page, `${name}_${pane}`);
            }
        }
        for (const other of view.pages) {
            await goes_to(page, other);
            await page.locator(".chart strong, article.text-card").filter({visible: true}).first().waitFor();
            await check(page, `${name}_${other}`);
        }
        assert.deepEqual(faults, [], name);
        await page.context().close();
    };
    return Object.defineProperty(step, "name", {value: `${name}_has_room_for_everything_and_no_barrier`});
}

async function the_page_speaks_the_language_of_its_reader(_, browser) {
    const page = await open_page(browser, {language: "zh-CN"});
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
    await page.getByRole("link", {name: "自动文本"}).waitFor();
    await page.getByRole("button", {name: "Show the page in English"}).click();
    await page.getByRole("link", {name: "Texts"}).waitFor();
    await page.reload();
    await page.getByRole("link", {name: "Texts"}).waitFor();
    await page.context().close();
}

async function both_languages_have_every_word_with_the_same_places(page) {
    const [english, chinese] = await page.evaluate(async () => {
        const {english: en} = await import("/words_en.js");
        const {chinese: zh} = await import("/words_zh.js");
        const places = (words) => Object.entries(words).map(([name, text]) => `${name} ${(text.match(/\{\w+\}/g) ?? []).sort()}`);
        return [places(en).sort(), places(zh).sort()];
    });
    assert.deepEqual(chinese, english);
}

async function colours_follow_the_system_until_somebody_chooses(_, browser) {
    const page = await open_page(browser, {dark: true});
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole("button", {name: "Colours: as the system"}).click();
    await until("it is light", async () => await ground() !== dark);
    await page.reload();
    await page.getByRole("button", {name: "Colours: light"}).click();
    await until("it is dark again", async () => await ground() === dark);
    await page.context().close();
}



await play([a_conversation_with_everything_in_it,
    ...Object.entries(VIEWS).map(([name, view]) => looks_right_and_can_be_used(name, view)),
    the_page_speaks_the_language_of_its_reader, both_languages_have_every_word_with_the_same_places,
    colours_follow_the_system_until_somebody_chooses]);
