/** An answer survives: other tabs, queued messages, stops at any moment, Continue. */
import type { Page } from "@playwright/test"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

async function secondTab(chat: ChatPage, path?: string): Promise<ChatPage> {
  const tab = new ChatPage(await chat.page.context().newPage(), chat.app)
  await tab.open(path ?? new URL(chat.page.url()).pathname)
  return tab
}

const marks = (page: Page) => page.getByRole("navigation", { name: "Chats" })

test("a message sent in one tab appears in the other, streaming", async ({ chat }) => {
  await chat.askAndWait("[[echo]] hello")
  const other = await secondTab(chat)
  await chat.ask("[[words n=1500 rate=50]]")
  await expect(other.articles("user")).toHaveCount(2)
  await expect(other.answer()).toContainText("w20")
  await expect(other.answer()).toHaveAttribute("data-status", "streaming")
  await other.ended()
  await expect(other.answer().locator("p").first()).toHaveText(words(1_500))
  await other.ask("[[echo]] and back")
  await expect(chat.articles("user")).toHaveCount(3)
  await chat.ended()
  await expect(chat.answer()).toContainText("and back")
})

test("a second browser window of the same user stops an answer, and both continue from there", async ({ chat }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w9")
  const other = await secondTab(chat)
  await other.stop.click()
  await other.ended("stopped")
  await chat.ended("stopped")
  await other.askAndWait("How many messages have I sent?")
  await expect(other.answer()).toContainText("2 messages")
  await expect(chat.answer()).toContainText("2 messages")
})

test("the list shows what is being answered and what finished unread", async ({ chat }) => {
  await chat.ask("[[words n=1800 rate=50]]")
  await expect(chat.answer()).toContainText("w2")
  const path = new URL(chat.page.url()).pathname
  const other = await secondTab(chat, "/")
  const item = marks(other.page).locator(`a[href="${path}"]`)
  await expect(item.getByRole("img", { name: "answering" })).toBeVisible()
  await chat.page.close()
  await expect(item.getByRole("img", { name: "new answer" })).toBeVisible({ timeout: 120_000 })
  await other.reload()
  await expect(item.getByRole("img", { name: "new answer" })).toBeVisible()
  await item.click()
  await expect(other.answer()).toContainText("w1799")
  await marks(other.page)
    .getByRole("button", { name: "New chat" })
    .or(other.page.getByRole("button", { name: "New chat" }))
    .first()
    .click()
  await expect(other.articles("user")).toHaveCount(0)
  await expect(item.getByRole("img")).toHaveCount(0)
  await other.reload()
  await expect(item.getByRole("img")).toHaveCount(0)
})

test("a renamed and a deleted conversation update in the other tab too", async ({ chat }) => {
  await chat.askAndWait("[[echo]] hello")
  const other = await secondTab(chat)
  const path = new URL(chat.page.url()).pathname
  await marks(chat.page).locator(`a[href="${path}"]`).press("F2")
  await marks(chat.page).getByRole("textbox", { name: "Chat name" }).fill("Shared name")
  await chat.page.keyboard.press("Enter")
  await expect(marks(other.page).getByRole("link", { name: "Shared name" })).toBeVisible()
  await marks(chat.page).locator(`a[href="${path}"]`).press("Delete")
  await expect(marks(other.page).locator(`a[href="${path}"]`)).toHaveCount(0)
  await expect(other.page).toHaveURL(`${other.app.url}/`)
})

test("stop before the first token", async ({ chat, modelServer }) => {
  await chat.ask("[[fault delay=60000]] [[words n=10]]")
  await expect(chat.answer()).toHaveAttribute("data-status", "streaming")
  await expect
    .poll(() => modelServer.requests.some(({ body }) => String(JSON.stringify(body)).includes("delay=60000")))
    .toBe(true)
  await chat.stop.click()
  const answer = await chat.ended("stopped")
  await expect(answer).toContainText("before it started")
  const asked = modelServer.requests.findLast(({ body }) => String(JSON.stringify(body)).includes("delay=60000"))
  await expect.poll(() => asked?.closedByClientAt).not.toBeNull()
  await chat.askAndWait("[[echo]] and on")
  await expect(chat.answer()).toContainText("and on")
})

test("Escape stops the answer wherever the focus is, and no button takes focus with it", async ({ chat }) => {
  await chat.message.fill("[[words n=20000 rate=100]]")
  await chat.send.click()
  await expect(chat.answer()).toContainText("w5")
  await expect(chat.message).toBeFocused()
  await chat.message.blur()
  await chat.page.keyboard.press("Escape")
  await chat.ended("stopped")
})

test("stop during a tool call closes the call, and the next turn works", async ({ chat }) => {
  // If the tool gives up before the stop, the response about it takes long.
  await chat.ask("[[fault silence=20 for=300000]] What's the weather in Slowtown?")
  await expect(chat.answer().locator('[data-tool="get_weather"]')).toBeVisible()
  await chat.stop.click()
  await chat.ended("stopped")
  await chat.askAndWait("How many messages have I sent?")
  await expect(chat.answer()).toContainText("2 messages")
})

test("a message sent during an answer waits for its turn", async ({ chat }) => {
  await chat.ask("[[words n=2400 rate=60]]")
  await expect(chat.answer()).toContainText("w5")
  await chat.ask("[[echo]] first in line")
  await chat.ask("[[echo]] second in line")
  const waiting = chat.page.getByRole("region", { name: "Queued messages" })
  await expect(waiting.getByRole("listitem")).toHaveCount(2)
  await expect(chat.message).toHaveValue("")
  await chat.reload()
  await expect(waiting.getByRole("listitem")).toHaveCount(2)
  await expect(chat.articles("user")).toHaveCount(3, { timeout: 120_000 })
  await expect(waiting).toHaveCount(0)
  await expect(chat.articles("assistant").nth(2)).toContainText("second in line")
  await expect(chat.articles("assistant").nth(1)).toContainText("first in line")
  await expect(chat.articles("assistant").first().locator("p").first()).toHaveText(words(2_400))
})

test("a queued message can be edited, removed, or sent now", async ({ chat }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w5")
  await chat.ask("[[echo]] one")
  await chat.ask("[[echo]] two")
  const waiting = chat.page.getByRole("region", { name: "Queued messages" })
  await waiting.getByRole("button", { name: "Edit queued message" }).first().click()
  await expect(chat.message).toHaveValue("[[echo]] one")
  await expect(waiting.getByRole("listitem")).toHaveCount(1)
  await chat.message.fill("[[echo]] three")
  await chat.message.press("Enter")
  await waiting.getByRole("button", { name: "Remove queued message" }).first().click()
  await expect(waiting.getByRole("listitem")).toHaveText(["[[echo]] three Send now"])
  await waiting.getByRole("button", { name: "Send now" }).click()
  await expect(chat.articles("assistant").first()).toHaveAttribute("data-status", "stopped")
  await expect(chat.articles("assistant")).toHaveCount(2)
  await chat.ended()
  await expect(chat.answer()).toContainText("three")
  await expect(waiting).toHaveCount(0)
})

test("after a stop, queued messages stay until sent", async ({ chat }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w5")
  await chat.ask("[[echo]] later")
  await chat.stop.click()
  await chat.ended("stopped")
  const waiting = chat.page.getByRole("region", { name: "Queued messages" })
  await expect(waiting).toContainText("Queued")
  await chat.reload()
  await waiting.getByRole("button", { name: "Send now" }).click()
  await expect(chat.articles("assistant")).toHaveCount(2)
  await chat.ended()
  await expect(chat.answer()).toContainText("later")
})

test("Continue resumes a stopped answer, and a reload during it changes nothing", async ({ chat }) => {
  await chat.ask("[[words n=2400 rate=80]]")
  await expect(chat.answer()).toContainText("w30")
  await chat.stop.click()
  const stopped = await chat.ended("stopped")
  await stopped.getByRole("button", { name: "Continue" }).click()
  await expect(chat.answer()).toHaveAttribute("data-status", "streaming")
  await chat.reload()
  const answer = await chat.ended()
  await expect(answer.locator("p").first()).toHaveText(words(2_400))
  await expect(chat.articles("assistant")).toHaveCount(1)
  await chat.reload()
  await expect(chat.answer().locator("p").first()).toHaveText(words(2_400))
})

test("an answer that failed midway can be continued in the other tab", async ({ chat }) => {
  await chat.ask("[[fault reset=40 repeat=15]] [[words n=200]]")
  await chat.ended("failed")
  const other = await secondTab(chat)
  await other.answer().getByRole("button", { name: "Continue" }).click()
  await other.ended()
  await expect(other.answer().locator("p").first()).toHaveText(words(200))
  await chat.ended()
  await expect(chat.answer().locator("p").first()).toHaveText(words(200))
})

test("the receipt has the answer's metrics, the server's timings, and the conversation's totals", async ({ chat }) => {
  await chat.askAndWait("[[words n=40]]")
  await chat.askAndWait("[[words n=60]]")
  await chat.answer().getByRole("button", { name: "About this answer" }).click()
  const receipt = chat.page.getByRole("dialog", { name: "About this answer" })
  await expect(receipt).toContainText("Output tokens60")
  await expect(receipt).toContainText(/Time to first token\d/)
  await expect(receipt.getByRole("region", { name: "Measured by the model server" })).toContainText(
    "Time to first token",
  )
  await expect(receipt.getByRole("region", { name: "This chat" })).toContainText("Answers2")
  await expect(receipt.getByRole("region", { name: "This chat" })).toContainText("Output tokens100")
})
