// What strangers write stays text, and other sites can do nothing here.
import assert from "node:assert/strict";
import http from "node:http";

import {ask, composer, contact_does, contact_writes, inbox, messages, phone, play, says, screen, stage, until} from "./support.mjs";

const MARKUP = "<script>window.taken = 1</script><img src=x onerror='window.taken = 2'><b>bold</b> &amp; {{7*7}}";
const ARABIC = "مرحبا، هل بطاقتي جاهزة؟";
const MIXED = "👋🏽 你好 👨‍👩‍👧‍👦 𠮷野家";

async function markup_is_shown_as_it_was_typed(page) {
    await contact_writes(page, MARKUP);

    await says(messages(page), MARKUP);
    await says(screen(page), MARKUP);
    await says(inbox(page), MARKUP);
    assert.equal(await page.evaluate(() => window.taken), undefined);
    assert.equal(await messages(page).locator("b, script, img").count(), 0);
}

async function a_name_with_markup_is_a_name(page) {
    const name = "<img src=x onerror=alert(1)>";
    await page.getByRole("button", {name: "Add a participant"}).click();
    await page.getByRole("combobox", {name: "Employee's name"}).fill(name);
    await page.keyboard.press("Enter");

    await page.getByRole("button", {name: `Remove ${name}`}).waitFor();
    await page.getByRole("button", {name: `Remove ${name}`}).click();
    await until("he is gone", async () => await page.getByRole("button", {name: /^Remove/}).count() === 1);
}

async function text_from_right_to_left_reads_so(page) {
    await contact_writes(page, ARABIC);

    const words = messages(page).getByText(ARABIC).first();
    await words.waitFor();
    assert.equal(await words.evaluate((element) => getComputedStyle(element).direction), "rtl");
}

async function emoji_and_rare_characters_stay_whole(page) {
    await contact_writes(page, MIXED);

    await says(messages(page), MIXED);
    await says(screen(page), MIXED);
}

async function two_thousand_characters_have_room(page) {
    const long = "0123456789".repeat(200);
    await contact_writes(page, long);

    const bubble = messages(page).getByText(long).first();
    await bubble.waitFor();
    assert.equal(await bubble.evaluate((element) => element.textContent.length), 2000);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
}

async function a_link_is_only_followed_where_it_leads_to_the_web(page) {
    await contact_does("li-na", "send", {link: {title: "A trap", description: "", url: "javascript:alert(1)"}});
    await contact_does("li-na", "send", {link: {title: "A page", description: "", url: "https://example.org/a"}});

    await page.getByRole("link", {name: "https://example.org/a"}).waitFor();
    await says(messages(page), "Address: javascript:alert(1)");
    assert.equal(await page.locator("a[href^='javascript']").count(), 0);
    assert.equal(await page.getByRole("link", {name: "https://example.org/a"}).getAttribute("rel"), "noopener noreferrer");
}

async function every_file_of_the_page_may_only_talk_to_its_server() {
    for (const path of ["/", "/app.js", "/base.css", "/icons.svg"]) {
        const answer = await fetch(stage.host + path);
        const policy = answer.headers.get("content-security-policy");
        assert.match(policy, /^default-src 'self';/, path);
        assert.doesNotMatch(policy, /unsafe|\*|https?:/, path);
        assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
    }
}

async function a_page_of_another_site_cannot_write(page, browser) {
    const [{id}] = (await ask("GET", `${stage.host}/api/conversations`)).value;
    const said = async () => (await ask("GET", `${stage.host}/api/conversations/${id}`)).value.messages;
    const before = (await said()).length;

    const statuses = await answers_to_another_site(browser, `${stage.host}/api/conversations/${id}/messages`);

    assert.deepEqual(statuses, [403]);
    assert.equal((await said()).length, before);
    assert.equal((await page.context().cookies()).length, 0, "there is nothing that another site could make use of");
}

// A form needs nobody's leave to be sent elsewhere; what it gets for it, the browser tells us.
async function answers_to_another_site(browser, target) {
    const body = JSON.stringify({employee: "ana", client_id: "forged", text: "forged"});
    const trap = `<form method="post" enctype="text/plain" action="${target}"><input name='${body.slice(0, -1)},"x":"' value='"}'></form>`
        + "<script>document.forms[0].submit()</script>";
    const site = http.createServer((request, response) => {
        response.setHeader("Content-Type", "text/html");
        response.end(trap);
    });
    await new Promise((resolve) => { site.listen(0, "127.0.0.1", resolve); });
    const page = await browser.newPage();
    const statuses = [];
    page.on("response", (response) => {
        if (response.url() === target)
            statuses.push(response.status());
    });
    await page.goto(`http://localhost:${site.address().port}/`);
    await until("the form has been answered", () => statuses.length > 0);
    await page.close();
    site.close();
    return statuses;
}

async function the_simulator_gives_no_secret_and_takes_nothing_but_what_contacts_do() {
    const {value} = await ask("GET", `${stage.host}/api/simulator/accounts`);
    assert.equal(value.length, 1);
    assert.doesNotMatch(JSON.stringify(value), /secret|callbacktoken|abcdefghij/);
    for (const [method, path] of [["PUT", "/accounts/wx1"], ["POST", "/clock"], ["POST", "/faults"], ["GET", "/requests"],
        ["GET", "/accounts/../clock"], ["DELETE", "/accounts"]])
        assert.equal((await ask(method, `${stage.host}/api/simulator${path}`, method === "GET" ? undefined : {})).status, 404, path);
}

async function the_page_still_works(page) {
    await composer(page).getByRole("textbox").fill("Good morning");
    await page.keyboard.press("Enter");
    await says(phone(page), "Good morning");
}

await play([markup_is_shown_as_it_was_typed, a_name_with_markup_is_a_name, text_from_right_to_left_reads_so,
    emoji_and_rare_characters_stay_whole, two_thousand_characters_have_room,
    a_link_is_only_followed_where_it_leads_to_the_web, every_file_of_the_page_may_only_talk_to_its_server,
    a_page_of_another_site_cannot_write, the_simulator_gives_no_secret_and_takes_nothing_but_what_contacts_do,
    the_page_still_works]);
