/**
 * Answers that could keep a server or a tab busy for minutes: the page works, and a share is readable without
 * JavaScript.
 */
import type { Browser } from "@playwright/test"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { rewriteAnswer } from "@/e2e/support/rewrite-answer"

const text = (written: string) => ({ parts: [{ type: "text", text: written }] })

interface Shared {
  shown: string
  headings: string[]
  /** The note that the page shows. */
  note: string
}

/** A share as displayed without scripts. */
async function readShare(browser: Browser, chat: ChatPage): Promise<Shared> {
  const { request } = chat.page
  const { url } = chat.app
  const made = await request.post(`${url}/api/conversations/${chat.conversationId()}/shares`, {
    headers: { origin: url },
    data: {},
  })
  const { share } = await made.json()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${url}${share.path}`)
  const main = page.getByRole("main")
  const shown = await main.innerText()
  const headings = await main.getByRole("heading").allInnerTexts()
  const note = await main.getByRole("note").first().innerText()
  await context.close()
  return { shown, headings, note }
}

for (const [name, written] of [
  ["asterisks", "*a".repeat(20_000)],
  ["brackets", "[".repeat(20_000)],
  ["quotes", `${">".repeat(20_000)} a`],
] as const)
  test(`${name} that are never closed are shown as written, and the page keeps working`, async ({ chat, browser }) => {
    await chat.askAndWait("[[echo]] hello")
    await rewriteAnswer(chat, text(`# Before\n\n${written}\n\n**after**`))
    await expect(chat.answer().getByRole("heading", { name: "Before" })).toBeVisible()
    await expect(chat.answer().getByRole("note")).toHaveText(/too much formatting/)
    await expect(chat.answer().locator("strong", { hasText: "after" })).toBeAttached()
    await chat.askAndWait("[[echo]] next")
    await expect(chat.answer()).toContainText("next")
    expect((await readShare(browser, chat)).shown).toContain(written)
  })

test("a very long answer is rendered by the browser, and readable in a share without JavaScript", async ({
  chat,
  browser,
}) => {
  const faults: string[] = []
  chat.page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())))
  await chat.askAndWait("[[echo]] hello")
  await rewriteAnswer(chat, text(`# Title\n\n${"Some *words* here.\n\n".repeat(10_000)}The **end** of it.`))
  await expect(chat.answer().locator("strong", { hasText: "end" })).toBeAttached({ timeout: 30_000 })
  expect(faults).toEqual([])
  const { shown, headings, note } = await readShare(browser, chat)
  expect(headings).toContain("Title")
  expect(shown).toContain("Some words here.")
  expect(shown).toMatch(/The (\*\*)?end(\*\*)? of it\./)
  expect(note).toContain("JavaScript is off")
})
