/** Typed text is never lost: a form keeps it, or asks before discarding it. */
import type { Page } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"

const question = (page: Page) => page.getByRole("dialog", { name: "Discard changes?" })

/** Escape asks, and a second Escape returns to the text. */
async function asks(page: Page): Promise<void> {
  await page.keyboard.press("Escape")
  await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused()
  // An automated browser is faster than the dialog's key handlers.
  await expect(async () => {
    if (await question(page).isVisible()) await page.keyboard.press("Escape")
    await expect(question(page)).toHaveCount(0, { timeout: 5_000 })
  }).toPass()
}

test("a custom schema's error is shown at its line, keeps the dialog open until it is usable, and persists", async ({
  chat,
}) => {
  const { page } = chat
  const output = page.getByRole("dialog", { name: "Structured output" })
  const field = output.getByRole("textbox", { name: "JSON Schema" })
  const done = output.getByRole("button", { name: "Done" })
  const open = () => page.getByRole("button", { name: "Structured output", exact: true }).click()
  await open()
  await output.getByRole("button", { name: /^Custom/ }).click()
  await field.fill('{\n  "type": "object",\n}')
  await expect(field).toHaveAccessibleDescription("Line 3: this isn't valid JSON.")
  await check(page, "a schema with a typo")
  await done.click()
  await expect(field).toBeFocused()
  await asks(page)
  await check(page, "before typed text is discarded")
  await expect(field).toHaveValue('{\n  "type": "object",\n}')
  await expect(page.getByRole("button", { name: "Remove structured output" })).toHaveCount(0)

  // Valid JSON but not a valid schema: errors that the server would report are shown here.
  await field.fill('{\n  "type": "object",\n  "properties": {\n    "age": { "type": "strin" }\n  }\n}')
  await expect(field).toHaveAccessibleDescription(/^Line 4, “type”: must be one of/)
  await done.click()
  await expect(field).toBeFocused()
  // Clicked before the check has finished, so it is checked now.
  await field.fill('{"type":"objekt"}')
  await done.click()
  await expect(field).toHaveAccessibleDescription(/^Line 1, “type”: must be one of/)
  await expect(output).toBeVisible()

  const schema = '{"type":"object","title":"Cat","properties":{"name":{"type":"string"}}}'
  await field.fill(schema)
  await done.click()
  await expect(output).toHaveCount(0)
  await expect(page.getByText("Cat", { exact: true })).toBeVisible()
  await open()
  await expect(field).toHaveValue(JSON.stringify(JSON.parse(schema), null, 2))
  await output.getByRole("button", { name: /^Off/ }).click()
  await output.getByRole("button", { name: /^Custom/ }).click()
  await expect(field).toHaveValue(schema)
  await done.click()
  await expect(page.getByText("Cat", { exact: true })).toBeVisible()
})

test("forms in dialogs ask before losing input, and before the page is left", async ({ chat }) => {
  const { page } = chat
  await chat.message.fill("/prompts")
  await expect(page.getByRole("option", { name: /^\/prompts/ })).toBeVisible()
  await page.keyboard.press("Enter")
  const library = page.getByRole("dialog", { name: "Prompt library" })
  await library.getByRole("button", { name: "New prompt" }).click()
  // Nothing was typed, so there is no question.
  await library.getByRole("button", { name: "Cancel" }).click()
  await expect(library.getByRole("button", { name: "New prompt" })).toBeFocused()
  await page.keyboard.press("Enter")
  const text = library.getByRole("textbox", { name: "Text" })
  await text.fill("A long prompt about {{topic}}")
  await asks(page)
  await expect(text).toHaveValue("A long prompt about {{topic}}")
  await expect(text).toBeFocused()
  // A click outside, the close button, a shortcut that navigates away, a reload.
  await page.mouse.click(5, 400)
  await question(page).getByRole("button", { name: "Keep editing" }).click()
  await expect(text).toBeFocused()
  await library.getByRole("button", { name: "Close" }).click()
  await question(page).getByRole("button", { name: "Keep editing" }).click()
  await expect(question(page)).toHaveCount(0)
  await page.keyboard.press("Control+Shift+O")
  await question(page).getByRole("button", { name: "Keep editing" }).click()
  await expect(question(page)).toHaveCount(0)
  const closing = page.waitForEvent("dialog")
  const reload = page.evaluate(() => location.reload())
  const asked = await closing
  expect(asked.type()).toBe("beforeunload")
  await asked.dismiss()
  await reload
  await expect(text).toHaveValue("A long prompt about {{topic}}")
  await library.getByRole("button", { name: "Cancel" }).click()
  await question(page).getByRole("button", { name: "Discard" }).click()
  await expect(text).toHaveCount(0)
  await page.keyboard.press("Escape")
  await expect(library).toHaveCount(0)

  // An invalid value; valid ones are already saved.
  await page.getByRole("button", { name: /^Chat settings/ }).click()
  const settings = page.getByRole("dialog", { name: "Chat settings" })
  await settings.getByLabel("Temperature", { exact: true }).fill("9")
  await asks(page)
  await settings.getByLabel("Temperature", { exact: true }).fill("0.5")
  await settings.getByRole("button", { name: "Save as preset" }).click()
  await settings.getByRole("textbox", { name: "Preset name" }).fill("Sober")
  await page.keyboard.press("Escape")
  await question(page).getByRole("button", { name: "Discard" }).click()
  // The name is discarded, the dialog stays.
  await expect(settings.getByRole("button", { name: "Save as preset" })).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(settings).toHaveCount(0)
})

test("an edit in progress survives a reload, until it is canceled", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  await chat.articles("user").hover()
  await page.getByRole("button", { name: "Edit message" }).click()
  const edit = page.getByRole("textbox", { name: "Edit message" })
  await edit.fill("half an edit")
  await chat.reload()
  await expect(edit).toHaveValue("half an edit")
  // To another chat and back.
  await page
    .getByRole("button", { name: /^New chat/ })
    .first()
    .click()
  await expect(edit).toHaveCount(0)
  await page.getByRole("navigation").locator("a[data-row]").first().click()
  await expect(edit).toHaveValue("half an edit")
  await page.getByRole("button", { name: "Cancel" }).click()
  await expect(page.getByRole("button", { name: "Edit message" })).toBeFocused()
  await chat.reload()
  await expect(chat.articles("user")).toContainText("first")
  await expect(edit).toHaveCount(0)
})

test("a temporary chat can be kept when it is left", async ({ chat }) => {
  const { page } = chat
  await chat.open("/?temporary")
  await chat.askAndWait("[[echo]] worth keeping")
  await chat.message.fill("half a question")
  await page
    .getByRole("button", { name: /^New chat/ })
    .first()
    .click()
  const leaving = page.getByRole("dialog", { name: "Leave the temporary chat?" })
  await check(page, "leaving a temporary chat")
  await leaving.getByRole("button", { name: "Keep this chat" }).click()
  await expect(page).toHaveURL(/\/$/)
  const row = page.getByRole("navigation").locator("a[data-row]")
  await expect(row).toHaveCount(1)
  await row.click()
  await expect(chat.articles("assistant")).toContainText("worth keeping")
  await expect(chat.message).toHaveValue("half a question")
  await expect(page.getByRole("button", { name: "Share", exact: true })).toBeVisible()
  await expect
    .poll(async () => (await page.request.get(`${chat.app.url}/api/search?q=keeping`)).text())
    .toContain("worth keeping")
})

test("changing the language keeps the draft and the pending upload, in a chat started on this page", async ({
  chat,
}) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route("**/api/uploads/*/take", async (route) => {
    await arrived
    await route.continue()
  })
  await chat.message.fill("a draft")
  const buffer = await blueSquare()
  await page.locator("input[type='file']").first().setInputFiles({ name: "blue.png", mimeType: "image/png", buffer })
  // Elsewhere it would be lost. The dialog that asks is loaded when needed.
  await expect
    .poll(() => page.evaluate(() => window.dispatchEvent(new Event("beforeunload", { cancelable: true }))))
    .toBe(false)
  await page
    .getByRole("button", { name: /^New chat/ })
    .first()
    .click()
  const leaving = page.getByRole("dialog", { name: "Leave while files are uploading?" })
  await leaving.getByRole("button", { name: "Stay" }).click()
  await expect(leaving).toHaveCount(0)
  await page.keyboard.press("Control+,")
  await page.getByRole("combobox", { name: "Language" }).selectOption("de")
  await expect(page.getByRole("dialog", { name: "Einstellungen" })).toBeVisible()
  await expect(page.locator("html")).toHaveAttribute("lang", "de")
  await page.keyboard.press("Escape")
  const attached = page.getByRole("list", { name: "Angehängte Dateien" })
  await expect(attached.getByRole("status")).toBeVisible()
  arrive()
  await expect(attached.getByRole("status")).toHaveCount(0)
  await expect(attached.getByRole("img")).toHaveCount(1)
  await expect(page.getByRole("textbox", { name: "Nachricht", exact: true })).toHaveValue("a draft")
})

test("the send shortcut can be chosen, and the shortcut list shows it", async ({ chat }) => {
  const { page } = chat
  await page.keyboard.press("Control+,")
  const settings = page.getByRole("dialog", { name: "Settings" })
  await settings.getByRole("button", { name: "Keyboard", exact: true }).click()
  await settings.getByRole("combobox", { name: "Send messages with" }).selectOption("Ctrl+Enter")
  await check(page, "the settings of the keyboard")
  await page.keyboard.press("Escape")
  await expect(settings).toHaveCount(0)
  await chat.message.fill("[[echo]] one")
  await chat.message.press("Enter")
  await chat.message.pressSequentially("two")
  await expect(chat.message).toHaveValue("[[echo]] one\ntwo")
  await chat.message.press("Control+Enter")
  await chat.ended()
  await expect(chat.articles("user")).toHaveText(/one\s+two/)
  await chat.reload()
  await page.keyboard.press("Control+/")
  const line = page.getByRole("dialog", { name: "Keyboard shortcuts" }).locator("dl > div", { hasText: "Send message" })
  await expect(line).toContainText(/Ctrl\s*Enter/)
})
