/** Sharing as people do it: others see exactly what was previewed, for as long as intended. */
import type { Browser, Page } from "@playwright/test"
import sharp from "sharp"
import { openDatabase } from "@/lib/db/client"
import { check, checkBothThemes } from "../support/axe"
import { type ChatPage, expect, test } from "../support/fixtures"
import { waitUntilInteractive } from "../support/interactive"
import { redCircle } from "../support/pictures"
import { ownerOf, seedConversation } from "../support/seed"

// Split, so that secret scanners don't mistake it for a real key.
const KEY = ["sk-", "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA"].join("")
const MAIL = "anna@firm.test"
const PASSCODE = "open sesame"

const dialogOf = (page: Page) => page.getByRole("dialog", { name: /^(Share chat|Change link)$/ })

async function openDialog(page: Page) {
  await page.getByRole("button", { name: "Share", exact: true }).click()
  const dialog = dialogOf(page)
  await expect(dialog.getByRole("checkbox", { name: /^Include your message/ }).first()).toBeVisible()
  return dialog
}

async function createLink(page: Page): Promise<string> {
  const dialog = dialogOf(page)
  await dialog.getByRole("button", { name: "Create link" }).click()
  return dialog.getByRole("textbox", { name: "Link", exact: true }).inputValue()
}

/** Another person's browser. */
async function readerOf(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}) {
  const context = await browser.newContext(options)
  return { page: await context.newPage(), context, close: () => context.close() }
}

/** Makes a page's guest a member, directly in the database. Returns their email address. */
async function becomeMember(chat: ChatPage, name: string): Promise<string> {
  const userId = await ownerOf(chat.app.dataDir, chat.conversationId())
  const email = `${userId}@firm.test`
  const database = openDatabase(`file:${chat.app.dataDir}/sparkler.db`)
  await database.user.update({ where: { id: userId }, data: { guest: false, email, name } })
  await database.$disconnect()
  return email
}

test("secrets are marked and redacted, a message is omitted, and the page matches the preview", async ({
  chat,
  browser,
}) => {
  const { page } = chat
  await chat.askAndWait(`[[echo]] the key ${KEY}`)
  await chat.askAndWait(`[[echo]] write to ${MAIL}`)
  const dialog = await openDialog(page)
  await expect(dialog.getByText(/likely secrets?$/).first()).toBeVisible()
  await checkBothThemes(page, "the share dialog")
  await dialog.getByRole("button", { name: `Redact ${KEY}` }).click()
  await expect(dialog.locator("[data-preview]")).not.toContainText(KEY)
  await expect(dialog.locator("[data-preview]")).toContainText(MAIL)
  await dialog.getByRole("button", { name: "Redact all", exact: true }).click()
  await expect(dialog.locator("[data-preview]")).not.toContainText(MAIL)
  await dialog
    .getByRole("checkbox", { name: /^Include your message/ })
    .last()
    .uncheck()
  await dialog.getByRole("textbox", { name: "Title" }).fill("Keys and roses")
  await expect(dialog.locator("[data-preview] article")).toHaveCount(3)
  const shown = await dialog.locator("[data-preview] article").allInnerTexts()
  const link = await createLink(page)

  const reader = await readerOf(browser)
  await reader.page.goto(link)
  await expect(reader.page.getByRole("heading", { name: "Keys and roses" })).toBeVisible()
  await expect(reader.page.locator("article")).toHaveCount(3)
  await expect.poll(() => reader.page.locator("article").allInnerTexts()).toEqual(shown)
  const html = await (await reader.page.request.get(link)).text()
  for (const secret of [KEY, MAIL]) expect(html).not.toContain(secret)
  await checkBothThemes(reader.page, "a shared page")
  await reader.close()
})

test("each toggle shows or hides what it names", async ({ chat, browser }) => {
  const { page, app } = chat
  await chat.askAndWait("[[reason]] [[echo]] a secret thought")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  const database = openDatabase(`file:${app.dataDir}/sparkler.db`)
  const answer = await database.message.findFirstOrThrow({
    where: { conversationId: chat.conversationId(), role: "assistant" },
  })
  const settings = { systemPrompt: "You grow roses." }
  await database.message.update({
    where: { id: answer.id },
    data: {
      settings,
      parts: [
        { type: "reasoning", text: "They want roses." },
        {
          ...{ type: "dynamic-tool", toolName: "look_up", toolCallId: "1", state: "output-available" },
          input: {},
          output: 7,
        },
        { type: "text", text: "Red ones." },
      ],
    },
  })
  await database.user.update({ where: { id: userId }, data: { name: "Rosa Gardener" } })
  await database.$disconnect()
  const dialog = await openDialog(page)
  const preview = dialog.locator("[data-preview]")
  const switches = [
    { name: "Thinking", on: false, there: preview.getByRole("button", { name: /^Thought/ }) },
    { name: /^Tool calls/, on: true, there: preview.getByRole("region", { name: /look_up/ }) },
    { name: "System prompt", on: false, there: preview.getByText("System prompt") },
    { name: /^Your name/, on: false, there: preview.getByText("by Rosa Gardener") },
  ]
  for (const { name, on, there } of switches) {
    const box = dialog.getByRole("checkbox", { name })
    await expect(there).toHaveCount(on ? 1 : 0)
    await box.setChecked(!on)
    await expect(there).toHaveCount(on ? 0 : 1)
  }
  const link = await createLink(page)
  const reader = await readerOf(browser, { javaScriptEnabled: false })
  await reader.page.goto(link)
  const body = reader.page.locator("main")
  for (const words of ["They want roses.", "You grow roses.", "by Rosa Gardener", "Red ones."])
    await expect(body).toContainText(words)
  expect(await reader.page.content()).not.toContain("look_up")
  await reader.close()
})

test("an update lists its changes before it is applied, and an open page notices", async ({ chat, browser }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  await openDialog(page)
  const link = await createLink(page)
  await page.keyboard.press("Escape")
  const reader = await readerOf(browser)
  await reader.page.goto(link)
  await expect(reader.page.locator("article")).toHaveCount(2)

  await chat.askAndWait("[[echo]] second")
  const dialog = await openDialog(page)
  await dialog.getByRole("button", { name: "Change link" }).click()
  await expect(dialog.getByText(/^Updating adds 2 messages/)).toBeVisible()
  await expect(dialog.getByText("New", { exact: true })).toHaveCount(2)
  await reader.page.reload()
  await expect(reader.page.locator("article")).toHaveCount(2)
  await dialog.getByRole("button", { name: "Update link" }).click()
  await expect(dialog.getByText("Link updated")).toBeVisible()
  await reader.page.evaluate(() => window.dispatchEvent(new Event("focus")))
  await reader.page.getByRole("link", { name: "Show the new version" }).click()
  await expect(reader.page.locator("article")).toHaveCount(4)

  // Revoked while it is open: the page's content is removed.
  await dialog.getByRole("button", { name: "Revoke link" }).click()
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click()
  await expect(dialog.getByRole("textbox", { name: "Link", exact: true })).toHaveCount(0)
  await reader.page.evaluate(() => window.dispatchEvent(new Event("focus")))
  await expect(reader.page.getByRole("heading", { name: "This chat is no longer available" })).toBeVisible()
  await expect(reader.page.locator("article")).toHaveCount(0)
  await reader.close()
})

test("a passcode is required, wrong ones cause a wait, and it works without scripts", async ({ chat, browser }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] a guarded rose")
  const dialog = await openDialog(page)
  await dialog.getByRole("textbox", { name: "Passcode" }).fill(PASSCODE)
  const link = await createLink(page)
  const reader = await readerOf(browser)
  const field = reader.page.getByLabel("Passcode")
  await reader.page.goto(link)
  expect(await reader.page.content()).not.toContain("a guarded rose")
  expect(await reader.page.locator('meta[property="og:image"]').count()).toBe(0)
  expect((await reader.page.request.get(`${link.replace("/share/", "/api/shared/")}/picture`)).status()).toBe(404)
  await checkBothThemes(reader.page, "the question for a passcode")
  await field.fill("wrong one")
  await field.press("Enter")
  await expect(reader.page.getByText("That isn't the passcode.")).toBeVisible()
  await field.fill(PASSCODE)
  await field.press("Enter")
  await expect(reader.page.locator("article").first()).toContainText("a guarded rose")
  await reader.close()

  const plain = await readerOf(browser, { javaScriptEnabled: false })
  await plain.page.goto(link)
  for (let tried = 0; tried < 5; tried++) {
    await plain.page.getByLabel("Passcode").fill(`wrong ${tried}`)
    await plain.page.getByRole("button", { name: "Open chat" }).click()
  }
  await expect(plain.page.getByText(/^Too many wrong passcodes/)).toBeVisible()
  const limited = await plain.page.request.post(`${link.replace("/share/", "/api/shared/")}/unlock`, {
    data: { passcode: PASSCODE },
  })
  expect([limited.status(), Number(limited.headers()["retry-after"]) > 0]).toEqual([429, true])
  await plain.close()
})

test("a guest continues in a chat of their own, including images, also without scripts", async ({ chat, browser }) => {
  const { page } = chat
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "circle.png", mimeType: "image/png", buffer: await redCircle() })
  await chat.askAndWait("Which colors are in here?")
  await openDialog(page)
  const link = await createLink(page)
  for (const javaScriptEnabled of [true, false]) {
    const reader = await readerOf(browser, { javaScriptEnabled })
    await reader.page.goto(link)
    const button = reader.page.getByRole("button", { name: "Continue this chat" })
    if (javaScriptEnabled) await button.dblclick()
    else await button.click()
    await reader.page.waitForURL(/\/c\//)
    await expect(reader.page.locator('article[data-role="user"]').getByRole("img")).toHaveJSProperty(
      "naturalWidth",
      320,
    )
    const listed = await (await reader.page.request.get(`${chat.app.url}/api/conversations?in=all`)).json()
    expect(listed.conversations).toHaveLength(1)
    await reader.close()
  }
})

test("a share is readable as Markdown and JSON, has a preview image for messengers, and can be reported to the operator", async ({
  chat,
  browser,
}) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] Roses 🌹 你好")
  await openDialog(page)
  const link = await createLink(page)
  const get = (accept: string) => page.request.get(link, { headers: { accept } })
  const markdown = await get("text/markdown")
  expect(markdown.headers()["content-type"]).toContain("text/markdown")
  expect(await markdown.text()).toMatch(/^# .*\n\n[\s\S]*Roses 🌹 你好/)
  // Through an https proxy.
  const proxied = await page.request.get(link, { headers: { accept: "text/markdown", "x-forwarded-proto": "https" } })
  expect(await proxied.text()).toMatch(/^# .*\n\n[\s\S]*Roses 🌹 你好/)
  const json = await (await get("application/json")).json()
  expect(json).toMatchObject({ format: "sparkler-share", messages: [{ role: "user" }, { role: "assistant" }] })
  const html = await get("*/*")
  expect(html.headers()["content-type"]).toContain("text/html")
  expect(html.headers().vary).toContain("Accept")

  const reader = await readerOf(browser, { javaScriptEnabled: false })
  await reader.page.goto(link)
  const picture = await reader.page.locator('meta[property="og:image"]').getAttribute("content")
  const bytes = await (await reader.page.request.get(picture ?? "")).body()
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "png", width: 1_200, height: 630 })
  await reader.page.getByText("Report this chat").click()
  await reader.page.getByLabel("What's wrong with it?").fill("It is spam")
  await reader.page.getByRole("button", { name: "Send report" }).click()
  await expect(reader.page.getByText(/^Thanks\. Your report was sent/)).toBeVisible()
  await reader.close()
  const database = openDatabase(`file:${app.dataDir}/sparkler.db`)
  expect(await database.shareReport.count({ where: { reason: "It is spam" } })).toBe(1)
  await database.$disconnect()
})

test("a chat shared with a user here appears in their sidebar immediately, and disappears when unshared", async ({
  chat,
  browser,
}) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] for you alone")
  await becomeMember(chat, "Anna")
  const friend = await readerOf(browser)
  await friend.page.goto(app.url)
  const userId = await friend.page.evaluate(async () => {
    const id = crypto.randomUUID()
    const message = { id: crypto.randomUUID(), parts: [{ type: "text", text: "[[echo]] mine" }] }
    const body = JSON.stringify({ id, message })
    await (await fetch("/api/chat", { method: "POST", headers: { "content-type": "application/json" }, body })).text()
    return id
  })
  const database = openDatabase(`file:${app.dataDir}/sparkler.db`)
  const { userId: friendId } = await database.conversation.findUniqueOrThrow({ where: { id: userId } })
  const email = `${friendId}@firm.test`
  await database.user.update({ where: { id: friendId }, data: { guest: false, email } })
  await database.$disconnect()
  // A session is cached for two seconds.
  await expect
    .poll(
      async () =>
        (await (await page.request.get(`${app.url}/api/conversations/${chat.conversationId()}/shares/preview`)).json())
          .mayInside,
    )
    .toBe(true)

  const dialog = await openDialog(page)
  await dialog.getByRole("combobox", { name: "Who can open it" }).selectOption("inside")
  await dialog.getByRole("textbox", { name: "Share with" }).fill(email)
  await dialog.getByRole("button", { name: "Add", exact: true }).click()
  const link = await createLink(page)
  await friend.page.reload()
  const received = friend.page.getByRole("button", { name: /^Shared with me/ })
  await waitUntilInteractive(received)
  await received.click()
  await check(friend.page, "shared with me")
  await friend.page.getByRole("link", { name: /from Anna/ }).click()
  await expect(friend.page.locator("article").first()).toContainText("for you alone")
  const stranger = await readerOf(browser)
  expect((await stranger.page.goto(link))?.status()).toBe(404)
  await stranger.close()

  await dialog.getByRole("button", { name: `Remove ${email}` }).click()
  await expect(dialog.getByRole("button", { name: `Remove ${email}` })).toHaveCount(0)
  await friend.page.evaluate(() => window.dispatchEvent(new Event("focus")))
  await expect(friend.page.getByRole("heading", { name: "This chat is no longer available" })).toBeVisible()
  await friend.page.goto(app.url)
  await expect(received).toHaveCount(0)
  await friend.close()
})

test("a chat of 400 messages is previewed and shared", async ({ chat, browser }) => {
  const { page, app } = chat
  await chat.askAndWait("[[echo]] hello")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  const turns = Array.from({ length: 200 }, (_, turn) => ({
    question: `Question ${turn} of ${turn}@firm.test`,
    answer: `Answer ${turn}. ${"Roses are red. ".repeat(60)}`,
  }))
  const id = await seedConversation(app.dataDir, { userId, title: "Long", model: "kimi", turns })
  await chat.open(`/c/${id}`)
  const dialog = await openDialog(page)
  await expect(dialog.getByText("200 likely secrets")).toBeVisible()
  await dialog.getByRole("button", { name: "Redact all", exact: true }).click()
  const link = await createLink(page)
  const reader = await readerOf(browser)
  const text = await (await reader.page.request.get(link, { headers: { accept: "text/markdown" } })).text()
  expect(text.match(/^## /gm)).toHaveLength(400)
  expect(text).not.toContain("@firm.test")
  await reader.close()
})
