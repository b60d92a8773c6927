/** Conversations longer than a page: loaded in parts, rendered near the reader. */
import type { Page } from "@playwright/test"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

const TURNS = 60

/** Opens a conversation with 60 turns of this guest. */
async function openLong(chat: ChatPage): Promise<{ id: string; page: Page }> {
  await chat.askAndWait("Hello")
  const own = new URL(chat.page.url()).pathname.slice("/c/".length)
  const id = await seedConversation(chat.app.dataDir, {
    userId: await ownerOf(chat.app.dataDir, own),
    title: "Sixty turns",
    model: "demo",
    turns: Array.from({ length: TURNS }, (_, turn) => ({
      question: `Question number ${turn + 1}`,
      answer: `## Answer ${turn + 1}\n\n${"Some words of it. ".repeat(40)}\n\n- the needle${turn + 1}\n- and more`,
    })),
  })
  await chat.open(`/c/${id}`)
  return { id, page: chat.page }
}

const distanceToEnd = (page: Page) =>
  page.evaluate(() => {
    const view = document.querySelector("[data-scroller]")
    return view ? Math.round(view.scrollHeight - view.clientHeight - view.scrollTop) : Number.NaN
  })

test("a long conversation opens at its end, and older messages load as the user scrolls up", async ({ chat }) => {
  const { page } = await openLong(chat)
  await expect(page.getByRole("heading", { name: `Answer ${TURNS}`, exact: true })).toBeVisible()
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  const articles = chat.conversation.locator("article")
  expect(await articles.count()).toBeLessThan(2 * TURNS)
  const first = page.getByText("Question number 1", { exact: true })
  await page.locator("[data-scroller]").hover()
  await expect(async () => {
    await page.mouse.wheel(0, -3_000)
    await expect(first).toBeInViewport({ timeout: 200 })
  }).toPass()
  await expect(articles).toHaveCount(2 * TURNS)
  const ids = await articles.evaluateAll((all) => all.map((article) => article.getAttribute("data-message-id")))
  expect(new Set(ids).size).toBe(2 * TURNS)
  // The end is no longer rendered, but can be found.
  expect(await page.getByRole("heading", { name: `Answer ${TURNS - 1}`, exact: true }).count()).toBe(0)
  await expect(chat.conversation.locator("[hidden='until-found']", { hasText: "needle59" })).toHaveCount(1)
})

test("content loaded above does not move the visible content", async ({ chat }) => {
  const { page } = await openLong(chat)
  const articles = chat.conversation.locator("article")
  const before = await articles.count()
  const mark = articles.nth(2)
  const id = await mark.getAttribute("data-message-id")
  await mark.evaluate((element) => element.scrollIntoView({ block: "start" }))
  const top = async () => Math.round((await mark.boundingBox())?.y ?? Number.NaN)
  await expect(async () => expect(await articles.count()).toBeGreaterThan(before)).toPass()
  const same = chat.conversation.locator(`article[data-message-id="${id}"]`)
  const place = Math.round((await same.boundingBox())?.y ?? Number.NaN)
  const view = Math.round((await page.locator("[data-scroller]").boundingBox())?.y ?? Number.NaN)
  // The scroll margin (app/globals.css).
  expect(Math.abs(place - view - 20)).toBeLessThan(4)
  expect(await top()).not.toBe(place)
})

test("a link to a message loads back to it and jumps there", async ({ chat }) => {
  const { id, page } = await openLong(chat)
  const answer = await page.request.get(`${chat.app.url}/api/conversations/${id}/messages`)
  const { messages } = await answer.json()
  const target = messages[10]
  await page.goto(`${chat.app.url}/c/${id}?message=${target.id}`)
  const article = chat.conversation.locator(`article[data-message-id="${target.id}"]`)
  await expect(article).toBeInViewport()
  await expect(article).toBeFocused()
  await expect(article).toHaveText(/Question number 6/)
  await page.goto(`${chat.app.url}/c/${id}?message=0197ec3c-0000-7000-8000-000000000000`)
  await expect(page.getByText("This message is no longer in the chat.")).toBeVisible()
})

test("Alt+Up and Alt+Down move between questions", async ({ chat }) => {
  const { page } = await openLong(chat)
  const question = (n: number) =>
    chat.conversation.locator("article", { hasText: new RegExp(`^Question number ${n}$`) })
  await page.keyboard.press("Alt+ArrowUp")
  await expect(chat.conversation.locator("article:focus")).toHaveAttribute("data-role", "user")
  const [, n = "0"] = /(\d+)$/.exec((await chat.conversation.locator("article:focus").innerText()).trim()) ?? []
  await page.keyboard.press("Alt+ArrowUp")
  await expect(question(Number(n) - 1)).toBeFocused()
  await page.keyboard.press("Alt+ArrowDown")
  await expect(question(Number(n))).toBeFocused()
})

test("an edit in progress is kept while scrolled far away", async ({ chat }) => {
  const { page } = await openLong(chat)
  const own = chat.articles("user").last()
  await own.hover()
  await own.getByRole("button", { name: "Edit message" }).click()
  await own.getByRole("textbox").fill("Something else")
  await page.locator("body").click({ position: { x: 1_200, y: 5 } })
  await page.locator("[data-scroller]").hover()
  await expect(async () => {
    await page.mouse.wheel(0, -4_000)
    await expect(page.getByText("Question number 1", { exact: true })).toBeInViewport({ timeout: 200 })
  }).toPass()
  await page.getByRole("button", { name: "Scroll to latest" }).click()
  await expect(own.getByRole("textbox")).toHaveValue("Something else")
})
