/** How many elements the browser restyles for a key press and for a word of an answer. */
import type { Page } from "@playwright/test"
import { expect, MODEL, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

/** Number of elements in each style recalculation while `work` runs. */
async function restyled(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error("no browser")
  await browser.startTracing(page, { categories: ["devtools.timeline"] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
  return traceEvents.flatMap(({ name, args }: { name: string; args?: { elementCount?: number } }) =>
    name === "UpdateLayoutTree" ? (args?.elementCount ?? []) : [],
  )
}

test("neither a keystroke nor a streamed word recalculates the style of the whole page", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  const id = await seedConversation(chat.app.dataDir, {
    userId: await ownerOf(chat.app.dataDir, chat.conversationId()),
    title: "Stored",
    model: MODEL,
    turns: Array.from({ length: 6 }, (_, turn) => ({
      question: `Question ${turn + 1}?`,
      answer: "- one\n- two\n- three\n\nAnd **more** words of an answer.\n".repeat(4),
    })),
  })
  await chat.open(`/c/${id}`)
  const whole = await page.locator("*").count()
  // The first key initializes the notices and the commands.
  await page.keyboard.type("[[words n=3000 rate=50]] ")
  const typed = await restyled(page, () => page.keyboard.type("tell me a long story"))
  expect(typed.length).toBeGreaterThan(10)
  expect(Math.max(...typed)).toBeLessThan(whole / 10)

  await page.keyboard.press("Enter")
  await expect(chat.answer()).toHaveAttribute("data-status", "streaming")
  await expect(chat.answer().locator(".markdown")).toContainText(/\w+ \w+/)
  const before = (await chat.answer().innerText()).length
  const grown = await restyled(page, () =>
    expect.poll(async () => (await chat.answer().innerText()).length).toBeGreaterThan(before + 400),
  )
  expect(grown.length).toBeGreaterThan(3)
  expect(Math.max(...grown)).toBeLessThan(whole / 10)
  await chat.stop.click()
})
