// What every play needs: a page in a browser that fails at the first error of the page's own.
import assert from "node:assert/strict";
import {mkdirSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import readline from "node:readline";

export const stage = JSON.parse(process.env.PLAY);
const require = createRequire(stage.packages + "/");
const {chromium} = require("playwright-core");
export const axe_source = require.resolve("axe-core/axe.min.js");

const PATIENCE = 30_000;  // milliseconds that a condition may take on a busy machine

const answers = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();

/** Asks whoever started the programs to do something with them; browser.py knows what. */
export async function owner(what) {
    process.stdout.write(`@${what}\n`);
    await answers.next();
}

/**
 * Opens the page and plays the steps, one after the other: each is a function whose name is its sentence.
 *
 * view  what the browser is like: {width, height, dark, language}
 */
export async function play(steps, view = {}) {
    const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"]});
    const faults = [];
    const page = await open_page(browser, view, faults);
    try {
        for (const step of steps) {
            await step(page, browser);
            assert.deepEqual(faults, [], `the page complains after: ${sentence(step)}`);
            console.log(sentence(step));
        }
    } catch (error) {
        console.error([error.stack, ...await pictures_of(browser), ...faults].join("\n"));
        process.exitCode = 1;
    } finally {
        await browser.close();
        process.stdin.destroy();
    }
}

// What all pages show at a failure; gives where the pictures are.
async function pictures_of(browser) {
    mkdirSync(stage.pictures, {recursive: true});
    const pages = browser.contexts().flatMap((context) => context.pages());
    const name = path.basename(process.argv[1], ".mjs");
    return Promise.all(pages.map(async (page, number) => {
        const picture = `${stage.pictures}/${name}-${number}.png`;
        await page.screenshot({path: picture}).catch(() => {});
        return `seen: ${picture}`;
    }));
}

/** A page of its own, with nothing kept from another one. Errors, refused content and requests to elsewhere are faults. */
export async function open_page(browser, {width = 1440, height = 900, dark = false, language = "en-GB"} = {}, faults = []) {
    const context = await browser.newContext({viewport: {width, height}, colorScheme: dark ? "dark" : "light",
        locale: language, timezoneId: "UTC"});
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("console", (message) => {
        if (message.text().includes("Content Security Policy"))
            faults.push(message.text());
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(stage.host) && !request.url().startsWith("blob:"))
            faults.push(`asks elsewhere: ${request.url()}`);
    });
    await page.goto(stage.host);
    await page.locator(".live:not(.lost):not(:empty)").waitFor();
    return page;
}

/** Waits until a function of this side gives something true; gives that. */
export async function until(what, condition) {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
        const found = await condition();
        if (found)
            return found;
        await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
}

/** JSON over HTTP, past the page; gives {status, value}. */
export async function ask(method, url, body, headers = {}) {
    const answer = await fetch(url, {method, headers: {"Content-Type": "application/json", ...headers},
        body: body === undefined ? undefined : JSON.stringify(body)});
    const text = await answer.text();
    return {status: answer.status, value: text ? JSON.parse(text) : null, headers: answer.headers};
}

/** A contact does something, past the page. */
export function contact_does(contact, verb, body = {}) {
    return ask("POST", `${stage.simulator}/sim/accounts/${stage.app_id}/contacts/${encodeURIComponent(contact)}/${verb}`, body);
}

// ---- The places of the page, by role and name as a screen reader finds them ----

export const phone_text = (page) => page.getByRole("complementary", {name: /phone|手机/}).getByRole("textbox");
export const phone = (page) => page.getByRole("complementary", {name: "The contact's phone"});
export const screen = (page) => phone(page).getByRole("region");
export const messages = (page) => page.getByRole("region", {name: "Messages"});
export const composer = (page) => page.getByRole("form", {name: "Write a message"});
export const verdict = (page) => composer(page).getByRole("status");
export const inbox = (page) => page.getByRole("complementary", {name: "Conversations"});

/** The contact writes on the phone. */
export async function contact_writes(page, text) {
    await phone_text(page).fill(text);
    await phone_text(page).press("Enter");
}

/** An employee writes in the composer. */
export async function employee_writes(page, text) {
    await composer(page).getByRole("textbox").fill(text);
    await composer(page).getByRole("textbox").press("Enter");
    await until(`"${text}" has been taken`, async () => await composer(page).getByRole("textbox").inputValue() === "");
}

/** The text stands somewhere in a place of the page. */
export function says(place, text) {
    return place.getByText(text).first().waitFor();
}

function sentence({name}) {
    return name.replaceAll("_", " ");
}
