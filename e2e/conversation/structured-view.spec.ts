/** Structured data on the page: streams without layout shifts, can be repaired and edited, and shows its sources. */
import type { Page } from "@playwright/test"
import { check, checkBothThemes } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { rewriteAnswer } from "@/e2e/support/rewrite-answer"

const ASKED = "Extract: John Miller is 30 years old, reach him at john@example.com"

async function choose(page: Page, template: string, quotes = false) {
  await page.getByRole("button", { name: "Structured output" }).click()
  const dialog = page.getByRole("dialog", { name: "Structured output" })
  await dialog.getByRole("button", { name: template, exact: true }).click()
  if (quotes) await dialog.getByRole("checkbox", { name: /Show where each value comes from/ }).check()
  await page.keyboard.press("Escape")
}

const dataOf = (chat: ChatPage) => chat.answer().getByRole("region", { name: /^Data:/ })
const field = (chat: ChatPage, pointer: string) => dataOf(chat).locator(`[data-field="${pointer}"]`)

interface Shift extends PerformanceEntry {
  sources?: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
}

/** Records each layout shift of a value that was visible before. */
const watchShifts = () => {
  const moved: string[] = []
  Object.assign(window, { moved })
  const textIn = (place: Element) => (place.querySelector("dd, td") ?? place).textContent?.trim() ?? ""
  const sample = () => new Map([...document.querySelectorAll("[data-field]")].map((place) => [place, textIn(place)]))
  // The state one frame ago.
  let [shown, next] = [sample(), sample()]
  const frame = () => {
    ;[shown, next] = [next, sample()]
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  new PerformanceObserver((list) => {
    const sources = list.getEntries().flatMap((entry) => (entry as Shift).sources ?? [])
    for (const { node, previousRect: before, currentRect: now } of sources) {
      const place = (node instanceof Element ? node : node?.parentElement)?.closest("[data-field]")
      if (place && shown.get(place) && (before.x !== now.x || before.y !== now.y))
        moved.push(`${shown.get(place)}: ${before.x}, ${before.y} → ${now.x}, ${now.y}`)
    }
  }).observe({ type: "layout-shift", buffered: true })
}

test("the view fills while the data streams, without layout shifts", async ({ chat }) => {
  const { page } = chat
  await page.addInitScript(watchShifts)
  await chat.open()
  await choose(page, "Invoice")
  await chat.askAndWait("Extract: invoice 2026-118, 2 doors at 420.50 EUR and 3 handles at 35 EUR, issued 2026-11-02")
  await expect(dataOf(chat)).toContainText("Matches the Invoice schema")
  expect(await page.evaluate(() => Reflect.get(window, "moved"))).toEqual([])
  await expect(dataOf(chat).getByRole("table")).toBeVisible()
  await checkBothThemes(page, "an invoice in its view")
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test("the chosen view persists, and the JSON is collapsible", async ({ chat }) => {
  const { page } = chat
  await choose(page, "Person")
  await chat.askAndWait(ASKED)
  await expect(field(chat, "/email").getByRole("link", { name: "john@example.com" })).toHaveAttribute(
    "href",
    /^mailto:/,
  )
  await dataOf(chat).getByRole("tab", { name: "JSON" }).click()
  await chat.reload()
  await expect(dataOf(chat).getByRole("tab", { name: "JSON" })).toHaveAttribute("aria-selected", "true")
  await expect(dataOf(chat)).toContainText('"name": "John Miller"')
  await dataOf(chat).getByRole("button", { name: "Fold {" }).click()
  await expect(dataOf(chat)).not.toContainText('"name": "John Miller"')
})

test("each problem links to its field and back; a repair requests just that, as a new version", async ({ chat }) => {
  const { page } = chat
  await choose(page, "Person")
  await chat.askAndWait(ASKED)
  const text = '{"name":"John Miller","age":"thirty","email":"john@example.com"}'
  const problems = [{ path: "/age", message: "must be a whole number, not text" }]
  await rewriteAnswer(chat, { parts: [{ type: "text", text }], outputCheck: { valid: false, problems } })
  const data = dataOf(chat)
  await expect(field(chat, "/age")).toContainText("thirty")
  await data.getByText("1 problem").click()
  await data.getByRole("button", { name: /age must be a whole number/ }).click()
  await expect(field(chat, "/age")).toBeFocused()
  await check(page, "a problem at its field")
  await field(chat, "/age").getByRole("link", { name: "must be a whole number, not text" }).click()
  await expect(data.locator("details").first()).toBeFocused()
  await data.getByRole("button", { name: "Repair" }).click()
  await expect(data).toContainText("Matches the Person schema")
  await expect(field(chat, "/name")).toContainText("John Miller")
  await expect(field(chat, "/age")).toContainText(/\d/)
  await chat.reload()
  await expect(dataOf(chat)).toContainText("after a repair")
})

test("values are edited next to the original; two tabs lose no edits", async ({ chat, context }) => {
  const { page } = chat
  await choose(page, "Person")
  await chat.askAndWait(ASKED)
  const other = await context.newPage()
  await other.goto(page.url())
  const data = dataOf(chat)
  await data.getByRole("button", { name: "Edit values" }).click()
  await check(page, "values as fields")
  await data.getByRole("textbox", { name: "Age" }).fill("thirty")
  await expect(data.getByRole("alert")).toHaveText("Enter a whole number.")
  await data.getByRole("textbox", { name: "Age" }).fill("31")
  // Leaving the field while the value is being saved saves it only once.
  await data.getByRole("textbox", { name: "Age" }).press("Enter")
  await data.getByRole("textbox", { name: "Age" }).press("Tab")
  await expect(data).toContainText("1 value edited")
  await expect(data.getByRole("alert")).toHaveCount(0)
  // The other tab is updated; an unfinished edit there stays.
  const there = other.getByRole("region", { name: /^Data:/ })
  await expect(there).toContainText("1 value edited")
  await there.getByRole("button", { name: "Edit values" }).click()
  await there.getByRole("textbox", { name: "Name" }).fill("Joan")
  await data.getByRole("textbox", { name: "Name" }).fill("Jim")
  await data.getByRole("textbox", { name: "Name" }).press("Enter")
  await expect(data).toContainText("2 values edited")
  await expect(there.getByRole("alert")).toHaveText("This value was changed in another tab.")
  await there.getByRole("button", { name: "Keep my value" }).click()
  await expect(data.getByRole("textbox", { name: "Name" })).toHaveValue("Joan")
  await data.getByRole("button", { name: "Edit values" }).click()
  await data.getByRole("button", { name: "Copy JSON" }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain('"age": 31')
  await chat.reload()
  await expect(field(chat, "/name")).toContainText(/Joan.*Edited.*John Miller/)
  await dataOf(chat).getByRole("button", { name: "Show original" }).click()
  await expect(field(chat, "/name")).not.toContainText("Joan")
  await dataOf(chat).getByRole("button", { name: "Show edited" }).click()
  await dataOf(chat).getByRole("button", { name: "Reset all" }).click()
  await expect(dataOf(chat)).not.toContainText("edited")
  await expect(field(chat, "/age")).toContainText("30")
})

test("each value links to its source text; missing sources are reported", async ({ chat }) => {
  const { page } = chat
  await choose(page, "Person", true)
  await chat.askAndWait(ASKED)
  await expect(dataOf(chat)).toContainText("Matches the Person schema")
  await check(page, "values with their sources")
  await field(chat, "/name").getByRole("button", { name: "Message: “John Miller”" }).click()
  await expect
    .poll(() => page.evaluate(() => [...(CSS.highlights.get("source-passage") ?? [])].map(String)))
    .toEqual(["John Miller"])
  await chat.reload()
  await expect(field(chat, "/age").getByRole("button", { name: "Message: “30”" })).toBeVisible()
})
