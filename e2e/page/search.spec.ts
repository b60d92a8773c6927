/** Search as people use it: Ctrl+K, a few letters, Enter. */
import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { expect, test } from "@/e2e/support/fixtures"
import { Guest, newTurn } from "@/e2e/support/guest"

async function openSearch(page: Page) {
  await page.keyboard.press("Control+k")
  const dialog = page.getByRole("dialog", { name: "Search" })
  await expect(dialog.getByRole("combobox", { name: "Search chats" })).toBeFocused()
  return dialog
}

test("a word in an old answer leads to its message", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] The keeper polished the brass lantern every night")
  const id = chat.conversationId()
  const messageId = await chat.answer().getAttribute("data-message-id")
  await chat.open()
  const dialog = await openSearch(page)
  await page.keyboard.type("brass lant")
  const hit = dialog.getByRole("option", { name: /Answer · .*polished the brass lantern/ })
  await expect(hit.locator("mark")).toHaveText(["brass", "lantern"])
  await expect(dialog.getByRole("status")).toHaveText(/^\d+ results?$/)
  await hit.click()
  await expect(page).toHaveURL(new RegExp(`/c/${id}`))
  await expect(dialog).toHaveCount(0)
  await expect(page.locator(`article[data-message-id="${messageId}"]`)).toBeVisible()
})

test("by keyboard: recent conversations, the first hit, and back to the previous focus", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("Explain how lighthouses guide ships at night")
  const id = chat.conversationId()
  await chat.open()
  let dialog = await openSearch(page)
  await expect(dialog.getByRole("group", { name: "Recent" }).getByRole("option").first()).toHaveAttribute(
    "aria-selected",
    "true",
  )
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await expect(chat.message).toBeFocused()
  dialog = await openSearch(page)
  await page.keyboard.type("lighthouses")
  await expect(dialog.getByRole("option", { selected: true })).toContainText(/lighthouses/i)
  await expect(dialog.getByRole("status")).toHaveText(/result/)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(new RegExp(`/c/${id}`))
})

test("a tag is suggested while it is typed, and the search continues within it", async ({ chat }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] a lantern on the pier")
  const id = chat.conversationId()
  await chat.open()
  await chat.askAndWait("[[echo]] a lantern in the attic")
  const change = { ids: [id], tags: { add: ["Late Summer"], remove: [] } }
  const changed = await page.request.patch(`${app.url}/api/conversations`, {
    data: change,
    headers: { origin: app.url },
  })
  expect(changed.ok()).toBe(true)
  await chat.open()
  const dialog = await openSearch(page)
  await page.keyboard.type("tag:la")
  await expect(dialog.getByRole("option", { selected: true })).toHaveText("Tagged “late-summer”")
  await page.keyboard.press("Enter")
  await expect(dialog.getByRole("combobox")).toHaveValue("tag:late-summer ")
  await page.keyboard.type("lantern")
  // A hit by tag only has no marked word; Enter waits for the current query.
  await expect(dialog.getByRole("option", { name: /pier/ }).first().locator("mark").first()).toHaveText("lantern")
  await expect(dialog.getByRole("option", { name: /attic/ })).toHaveCount(0)
  await expect(dialog.getByRole("option", { selected: true })).toHaveText(/pier/)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(new RegExp(`/c/${id}`))
})

test("another user's content is not found, by page or by API", async ({ chat, playwright }) => {
  const { app } = chat
  const other = await Guest.arrive(app.url)
  const secret = `zebra${randomUUID().slice(0, 8)}`
  await other.ask(newTurn(randomUUID(), `[[echo]] my ${secret}`))
  const dialog = await openSearch(chat.page)
  await chat.page.keyboard.type(secret)
  await expect(dialog.getByText(`No results for “${secret}”`)).toBeVisible()
  await expect(dialog.getByRole("status")).toHaveText("No results")
  await dialog.getByRole("combobox").fill("folder:nowhere lamp")
  await expect(dialog.getByText("You don't have a folder named “nowhere”.")).toBeVisible()
  const answer = await (await chat.page.request.get(`${app.url}/api/search?q=${secret}`)).json()
  expect(answer).toEqual({ hits: [], cursor: null, indexing: false })
  const anonymous = await playwright.request.newContext()
  expect((await anonymous.get(`${app.url}/api/search?q=${secret}`)).status()).toBe(401)
  await anonymous.dispose()
})

test("a malformed request gets a clear error, an unusual text none", async ({ chat }) => {
  const { page, app } = chat
  const status = async (query: string) => (await page.request.get(`${app.url}/api/search${query}`)).status()
  for (const query of ["", "?q=a&limit=0", "?q=a&limit=51", "?q=a&cursor=x", "?q=a&cursor=-1", "?q=a&evil=1"])
    expect(await status(query), query).toBe(400)
  for (const text of ['"', "*", "-", "NEAR(", "\u0000", "a\u0000b", "';--", "%", "x".repeat(10_000)])
    expect(await status(`?q=${encodeURIComponent(text)}`), text.slice(0, 9)).toBe(200)
})

test("a failed search says so and can be retried", async ({ chat }) => {
  const { page } = chat
  await page.route("**/api/search?*", (route) => route.abort())
  const dialog = await openSearch(page)
  await page.keyboard.type("nothing like this")
  await expect(dialog.getByRole("alert")).toContainText("Can't reach")
  await page.unroute("**/api/search?*")
  await dialog.getByRole("button", { name: "Try again" }).press("Enter")
  await expect(dialog.getByText("No results for")).toBeVisible()
})

test("commands: a new chat, the theme, the sidebar, sharing", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("What is 2+2?")
  const run = async (text: string, name: string) => {
    const dialog = await openSearch(page)
    await page.keyboard.type(text)
    await dialog.getByRole("option", { name }).click()
    await expect(dialog).toHaveCount(0)
  }
  const dark = await page.locator("html.dark").count()
  await run("dark", "Switch between light and dark")
  await expect(page.locator("html.dark")).toHaveCount(1 - dark)
  await run("hide", "Show or hide the sidebar")
  await expect(page.getByRole("navigation", { name: "Chats" })).toBeHidden()
  await run("share", "Share chat")
  await expect(page.getByRole("dialog", { name: /share/i })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await run("new", "New chat")
  await expect(page).toHaveURL(`${chat.app.url}/`)
})

test("on a phone it opens from the drawer, fits, and closes the drawer when it navigates", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] a pocket lantern for the phone")
  await page.setViewportSize({ width: 360, height: 640 })
  await chat.open()
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await page.getByRole("button", { name: "Search", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Search" })
  await dialog.getByRole("combobox", { name: "Search chats" }).fill("pocket")
  await expect(dialog.getByRole("option", { name: /pocket/ }).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await dialog
    .getByRole("option", { name: /pocket/ })
    .first()
    .click()
  await expect(chat.conversation).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Chats" })).toBeHidden()
})
