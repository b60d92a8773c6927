import { readFileSync } from "node:fs"
import { strFromU8, unzipSync } from "fflate"
import { check, checkBothThemes } from "@/e2e/support/axe"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

test("the menu at the bottom of the sidebar says where chats are stored, and leads to the settings", async ({
  chat,
}) => {
  const { page } = chat
  const you = page.getByRole("button", { name: "Guest: settings and more" })
  await you.click()
  await expect(page.getByRole("menu")).toContainText("saved for this browser only")
  await page.getByRole("menuitem", { name: "Settings" }).click()
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await expect(dialog.getByRole("heading", { name: "General" })).toBeVisible()
  await dialog.getByRole("button", { name: "Data and privacy" }).click()
  await expect(page).toHaveURL(/#settings\/data$/)
  await checkBothThemes(page, "the settings")
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(you).toBeFocused()
  await expect(page).toHaveURL(`${chat.app.url}/`)
})

test("settings have a URL, a shortcut and a command; Back closes them", async ({ chat }) => {
  const { page } = chat
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await page.goto(`${chat.app.url}/#settings/appearance`)
  await dialog.getByRole("combobox", { name: "Theme" }).selectOption("Dark")
  await expect(page.locator("html")).toHaveClass(/dark/)
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await page.keyboard.press("Control+,")
  await dialog.getByRole("button", { name: "Keyboard" }).click()
  await dialog.getByRole("button", { name: "Show" }).click()
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" })
  // Escape applies to the focused layer, never to the dialog below.
  await expect(shortcuts.locator(":focus")).toBeVisible()
  await expect(async () => {
    if (await shortcuts.isVisible()) await page.keyboard.press("Escape")
    await expect(shortcuts).toBeHidden({ timeout: 5_000 })
  }).toPass()
  await expect(dialog).toBeVisible()
  await page.goBack()
  await expect(dialog).toBeHidden()
  await page.keyboard.press("Control+k")
  await page.getByRole("combobox", { name: "Search chats" }).fill("settings")
  await page.getByRole("option", { name: "Settings", exact: true }).click()
  await expect(dialog).toBeVisible()
})

test("Back closes settings opened by a link, and the page stays the same", async ({ chat }) => {
  const { page } = chat
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await page.evaluate(() => {
    Object.assign(window, { untouched: true })
    window.location.hash = "#settings/appearance"
  })
  await expect(dialog.getByRole("combobox", { name: "Theme" })).toBeVisible()
  // Both in one task, before the router can update its state.
  await page.evaluate(() => {
    const press = (init: KeyboardEventInit) =>
      (document.activeElement ?? document).dispatchEvent(
        new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }),
      )
    press({ key: "Escape" })
    press({ key: ",", ctrlKey: true })
  })
  await expect(page).toHaveURL(/#settings$/)
  await page.goBack()
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await expect(dialog).toBeHidden()
  await page.keyboard.press("Control+k")
  await expect(page.getByRole("combobox", { name: "Search chats" })).toBeVisible()
  expect(await page.evaluate(() => "untouched" in window)).toBe(true)
})

test("on a phone settings are full-screen, starting with a list", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await page.getByRole("button", { name: "Guest: settings and more" }).click()
  await page.getByRole("menuitem", { name: "Settings" }).click()
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await expect.poll(() => dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 })
  await expect(dialog.getByRole("heading", { name: "General" })).toBeHidden()
  await dialog.getByRole("button", { name: "Appearance" }).click()
  await expect(dialog.getByRole("combobox", { name: "Theme" })).toBeVisible()
  await expect(dialog.getByRole("button", { name: "All settings" })).toBeFocused()
  await check(page, "a section on a phone")
  await dialog.getByRole("button", { name: "All settings" }).click()
  await expect(dialog.getByRole("button", { name: "Appearance" })).toBeVisible()
})

test("instructions for new chats are stored in the default preset, and apply to the chat not yet started", async ({
  chat,
}) => {
  const { page } = chat
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await page.keyboard.press("Control+,")
  await dialog.getByRole("button", { name: "Model and instructions" }).click()
  const field = dialog.getByRole("textbox", { name: "Custom instructions" })
  await field.fill("Speak like a sailor.")
  // Typed text isn't discarded without a question.
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Keep editing" }).click()
  await expect(field).toHaveValue("Speak like a sailor.")
  await dialog.getByRole("button", { name: "Save", exact: true }).click()
  await expect(dialog.getByText("Saved for new chats.")).toBeVisible()
  await expect(dialog.getByText("preset “My defaults”")).toBeVisible()
  await checkBothThemes(page, "instructions")
  await page.keyboard.press("Escape")
  await chat.askAndWait("[[echo]] ahoy")
  const conversation = await page.request.get(`${chat.app.url}/api/conversations/${chat.conversationId()}`)
  expect((await conversation.json()).settings).toEqual({ systemPrompt: "Speak like a sailor." })
  await page.keyboard.press("Control+Shift+O")
  await page.getByRole("button", { name: "Chat settings (changed)" }).click()
  await expect(page.getByRole("textbox", { name: "System prompt" })).toHaveValue("Speak like a sailor.")
})

test("everything is exported with one click, and deleted and restored in all tabs", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  const path = new URL(page.url()).pathname
  const other = new ChatPage(await page.context().newPage(), chat.app)
  await other.open("/")
  await expect(other.page.locator(`a[href="${path}"]`)).toHaveCount(1)

  const dialog = page.getByRole("dialog", { name: "Settings" })
  await page.evaluate(() => {
    window.location.hash = "#settings/data"
  })
  const waiting = page.waitForEvent("download")
  await dialog.getByRole("button", { name: "Export", exact: true }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(/^sparkler-\d{4}-\d\d-\d\d\.zip$/)
  const zip = unzipSync(readFileSync(await file.path()))
  expect(strFromU8(zip["chats.json"] ?? new Uint8Array())).toContain("first")

  const button = dialog.getByRole("button", { name: "Delete all" })
  await button.click()
  await checkBothThemes(page, "before all chats are deleted")
  await page.getByRole("dialog", { name: "Delete 1 chat?" }).getByRole("button", { name: "Cancel" }).click()
  await expect(button).toBeFocused()
  await button.click()
  await page.getByRole("dialog", { name: "Delete 1 chat?" }).getByRole("button", { name: "Delete all" }).click()
  await expect(dialog.getByText("Deleted 1 chat.")).toBeVisible()
  await expect(other.page.locator(`a[href="${path}"]`)).toHaveCount(0)
  await expect(page).toHaveURL(`${chat.app.url}/#settings/data`)
  const undo = dialog.getByRole("button", { name: "Undo" })
  await expect(undo).toBeFocused()
  await undo.click()
  await expect(other.page.locator(`a[href="${path}"]`)).toHaveCount(1)
  await expect(button).toBeFocused()

  // After the settings are closed, a notice offers the way back.
  await button.click()
  await page.getByRole("dialog", { name: "Delete 1 chat?" }).getByRole("button", { name: "Delete all" }).click()
  await expect(undo).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  const notice = page.locator("[data-toast]", { hasText: "Deleted 1 chat." })
  await notice.getByRole("button", { name: "Undo" }).click()
  await expect(page.locator(`a[href="${path}"]`)).toHaveCount(1)
  await expect(other.page.locator(`a[href="${path}"]`)).toHaveCount(1)
})

test("creating a link copies it, says who can open it, and lists it in the settings to be revoked", async ({
  chat,
}) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] roses")
  await page.getByRole("button", { name: "Share", exact: true }).click()
  const share = page.getByRole("dialog", { name: "Share chat" })
  await expect(share).toContainText(
    `on this computer only, because you opened Sparkler at ${new URL(chat.app.url).host}`,
  )
  const waiting = page.waitForEvent("download")
  await share.getByRole("link", { name: "Markdown" }).click()
  expect(readFileSync(await (await waiting).path(), "utf8")).toContain("roses")
  await share.getByRole("button", { name: "Create link" }).click()
  await expect(share.getByText("Link created and copied")).toBeVisible()
  const link = await share.getByRole("textbox", { name: "Link" }).inputValue()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await page.keyboard.press("Escape")

  await page.keyboard.press("Control+,")
  const dialog = page.getByRole("dialog", { name: "Settings" })
  await dialog.getByRole("button", { name: "Data and privacy" }).click()
  await expect(dialog.getByRole("textbox", { name: /^Link to/ })).toHaveValue(link)
  await dialog.getByRole("button", { name: "Revoke link" }).click()
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click()
  await expect(dialog.getByText("You haven't shared any chats.")).toBeVisible()
  expect((await page.request.get(link)).status()).toBe(404)
})
