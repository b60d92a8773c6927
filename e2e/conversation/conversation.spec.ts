/** Basic use of conversations: names, branches, stops, reloads, drafts. */
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

test("a conversation is renamed in place, and keeps its name after a reload", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("Tell me of harbours")
  const list = page.getByRole("navigation", { name: "Chats" })
  await list.locator(`a[href="/c/${chat.conversationId()}"]`).press("F2")
  await list.getByRole("textbox", { name: "Chat name" }).fill("My harbours")
  await page.keyboard.press("Enter")
  await expect(list.getByRole("link", { name: "My harbours" })).toBeVisible()
  await page.reload()
  await expect(list.getByRole("link", { name: "My harbours" })).toBeVisible()
})

test("a deleted conversation is restored completely by Undo", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] keep me")
  const path = new URL(page.url()).pathname
  const list = page.getByRole("navigation", { name: "Chats" })
  await list.locator(`a[href="${path}"]`).press("Delete")
  await expect(list.locator(`a[href="${path}"]`)).toHaveCount(0)
  await expect(page).toHaveURL(`${chat.app.url}/`)
  expect((await page.request.get(`${chat.app.url}${path}`)).status()).toBe(404)
  await page.getByRole("button", { name: "Undo" }).click()
  await list.locator(`a[href="${path}"]`).click()
  await expect(chat.answer()).toContainText("keep me")
})

test("editing a question and regenerating an answer create siblings to page through", async ({ chat }) => {
  await chat.askAndWait("[[echo]] first question")
  await chat.articles("user").hover()
  await chat.articles("user").getByRole("button", { name: "Edit" }).click()
  const editor = chat.articles("user").getByRole("textbox")
  await editor.fill("[[echo]] second question")
  await editor.press("Enter")
  await expect(chat.answer()).toContainText("second question")
  await chat.ended()
  await expect(chat.articles("user")).toContainText("2 / 2")

  await chat
    .answer()
    .getByRole("button", { name: /regenerate/i })
    .click()
  await expect(chat.answer()).toContainText("2 / 2")
  await chat.ended()

  await chat.articles("user").hover()
  await chat
    .articles("user")
    .getByRole("button", { name: /previous/i })
    .click()
  await expect(chat.answer()).toContainText("first question")
  await expect(chat.articles("user")).toContainText("1 / 2")
  await chat.reload()
  await expect(chat.answer()).toContainText("first question")
})

test("stop keeps the partial answer, and the next turn builds on it", async ({ chat }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w20")
  await chat.stop.click()
  const stopped = await chat.ended("stopped")
  await expect(stopped).toContainText("w20")
  await expect(stopped).not.toContainText("w19999")
  await chat.askAndWait("How many messages have I sent?")
  await expect(chat.answer()).toContainText("2 messages")
})

test("a reload during an answer resumes it, each word once", async ({ chat }) => {
  await chat.ask("[[words n=400 rate=80]]")
  await expect(chat.answer()).toContainText("w30")
  await chat.reload()
  await expect(chat.answer()).toContainText("w40")
  const answer = await chat.ended()
  await expect(answer.locator("p").first()).toHaveText(words(400))
  await chat.reload()
  await expect(chat.answer().locator("p").first()).toHaveText(words(400))
})

test("a second tab sees the same answer, and stops it", async ({ chat, context }) => {
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w20")
  const second = new ChatPage(await context.newPage(), chat.app)
  await second.open(new URL(chat.page.url()).pathname)
  await expect(second.answer()).toContainText("w40")
  await second.stop.click()
  await second.ended("stopped")
  await chat.ended("stopped")
})

test("an answer completes after its page is left", async ({ chat }) => {
  await chat.ask("[[words n=300 rate=150]]")
  await expect(chat.answer()).toContainText("w5")
  const address = chat.page.url()
  await chat.page.goto("about:blank")
  await chat.page.goto(address)
  const answer = await chat.ended()
  await expect(answer.locator("p").first()).toHaveText(words(300))
})

test("the model's reasoning is collapsed", async ({ chat }) => {
  await chat.ask("[[fault think=tags]] What is 2+2?")
  const answer = await chat.ended()
  const thinking = answer.getByRole("button", { name: /thought|thinking/i })
  await expect(thinking).toHaveAttribute("aria-expanded", "false")
  await thinking.click()
  await expect(answer).toContainText("Tagged thinking.")
})

test("a draft survives a reload until the message is sent", async ({ chat }) => {
  await chat.askAndWait("[[echo]] hello")
  await chat.message.fill("not sent yet")
  await chat.reload()
  await expect(chat.message).toHaveValue("not sent yet")
  await chat.message.press("Enter")
  await expect(chat.articles("user")).toHaveCount(2)
  // Kept until the server has it.
  await chat.ended()
  await chat.reload()
  await expect(chat.message).toHaveValue("")
})

test("Enter sends, Shift+Enter inserts a line break, and Enter during IME composition does neither", async ({
  chat,
}) => {
  await chat.message.fill("[[echo]] one")
  await chat.message.press("Shift+Enter")
  await chat.message.pressSequentially("two")
  await expect(chat.message).toHaveValue("[[echo]] one\ntwo")
  await chat.message.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true })
  await expect(chat.articles("user")).toHaveCount(0)
  await chat.message.press("Enter")
  await expect(chat.articles("user")).toHaveCount(1)
})

test("code is highlighted and copied", async ({ chat }) => {
  const answer = await chat.askAndWait("Write python code for fibonacci")
  const code = answer.locator("[data-part='code']")
  await expect(code).toContainText("def fibonacci")
  await expect(code.locator("span[style*='--light']").first()).toBeVisible()
  await code.getByRole("button", { name: /copy/i }).click()
  await expect.poll(() => chat.page.evaluate(() => navigator.clipboard.readText())).toContain("def fibonacci(n: int)")
})

test("New chat after a first message starts fresh, and Back and Forward find both", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] the first one")
  const first = page.url()
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(chat.articles("user")).toHaveCount(0)
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await chat.askAndWait("[[echo]] the second one")
  const second = page.url()
  expect(second).not.toBe(first)
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(chat.articles("user")).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL(second)
  await expect(chat.answer()).toContainText("the second one")
  await page.goForward()
  await expect(page).toHaveURL(`${chat.app.url}/`)
  await expect(chat.articles("user")).toHaveCount(0)
})

test("math is rendered between double dollars, money stays money", async ({ chat }) => {
  const answer = await chat.askAndWait("[[echo]] It costs $5 and $10, and $$e^{i\\pi} + 1 = 0$$ holds.")
  await expect(answer.locator(".katex")).toHaveCount(1)
  await expect(answer).toContainText("costs $5 and $10, and")
})

test("the theme follows the choice and persists", async ({ chat }) => {
  const { page } = chat
  await page.getByRole("button", { name: "Guest: settings and more" }).click()
  await page.getByRole("menuitemradio", { name: "Dark" }).click()
  await expect(page.locator("html")).toHaveClass(/dark/)
  await page.reload()
  await expect(page.locator("html")).toHaveClass(/dark/)
})

test("on a phone the conversation list is a drawer and nothing overflows", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 360, height: 740 })
  await chat.askAndWait("Write a table of 12 primes and python code for primes")
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  await expect.poll(overflow).toBe(0)
  await expect(page.getByRole("navigation", { name: "Chats" })).toBeHidden()
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await expect(page.getByRole("navigation", { name: "Chats" })).toBeVisible()
})
