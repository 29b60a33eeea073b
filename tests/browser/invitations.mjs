// An employee's QR code: made, seen, scanned on the phone, and it leads to that employee.
import {contact_writes, inbox, messages, phone, play, says, screen, until} from "./support.mjs";

const dialog = (page) => page.getByRole("dialog", {name: "Scan code"});

async function a_code_is_made_for_an_employee(page) {
    await phone(page).getByRole("button", {name: "Scan code"}).click();
    await dialog(page).getByLabel("Employee").fill("ben");
    await dialog(page).getByRole("button", {name: "Make a code"}).click();

    const code = dialog(page).getByRole("img", {name: "QR code of ben"});
    await code.waitFor();
    await until("it is drawn", () => code.evaluate((element) => element.complete && element.naturalWidth > 0));
}

async function the_contact_scans_it_and_follows(page) {
    await dialog(page).getByRole("button", {name: "Scan", exact: true}).click();

    await says(screen(page), "To begin, please type a message here");
    await says(messages(page), "Followed the account");
    await says(messages(page), "QR code");
}

async function his_first_message_leads_to_that_employee(page) {
    await contact_writes(page, "Hello Ben");

    await says(messages(page), "Hello Ben");
    await page.getByRole("button", {name: "Remove ben"}).waitFor();
    await until("nobody else takes part", async () => await page.getByRole("button", {name: /^Remove/}).count() === 1);
}

async function the_code_is_there_for_the_next_contact(page) {
    await phone(page).getByRole("button", {name: "New contact"}).click();
    await page.keyboard.type("wang-wei");
    await page.keyboard.press("Enter");
    await says(phone(page), "Let wang-wei write");
    await phone(page).getByRole("button", {name: "Scan code"}).click();
    await dialog(page).getByRole("img", {name: "QR code of ben"}).waitFor();
    await dialog(page).getByRole("button", {name: "Scan", exact: true}).click();

    await says(inbox(page), "wang-wei");
    await contact_writes(page, "Me, too");
    await page.getByRole("button", {name: "Remove ben"}).waitFor();
}

await play([a_code_is_made_for_an_employee, the_contact_scans_it_and_follows, his_first_message_leads_to_that_employee,
    the_code_is_there_for_the_next_contact]);
