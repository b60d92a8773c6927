/**
 * Tools whose results are displayed: charts, tables, calculations, clocks. By pointer, by keyboard, for screen readers,
 * as files.
 */
import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { type App, startApp } from "@/e2e/support/app"
import { checkBothThemes } from "@/e2e/support/axe"
import { API_KEY, test as base, ChatPage, expect, fireworksEnv, MODEL } from "@/e2e/support/fixtures"
import { startDemoServer } from "@/lib/demo/demo-server"

/** An app whose model writes without delays: a long table would take it most of a minute. */
const test = base.extend<{ fastApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
  fastApp: async ({}, use) => {
    const models = [{ id: MODEL, supports_image_input: true }]
    const server = await startDemoServer({
      testMode: true,
      apiKey: API_KEY,
      models,
      tokensPerSecond: 0,
      firstTokenMs: 0,
    })
    const app = await startApp({ env: fireworksEnv(server) })
    await use(app)
    await app.stop()
    server.violations.end()
    await server.close()
  },
})

/** The content of a file that is downloaded by a click. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test("a chart is read by pointer and keyboard, as a table, and saved as SVG, PNG and CSV", async ({ chat, page }) => {
  const answer = await chat.askAndWait("Draw a bar chart of Apples 3, Pears 5.5, Plums 2")
  const chart = answer.getByRole("figure", { name: "Apples, Pears, Plums" })
  const values = chart.getByRole("group", { name: /3 values: read them with the arrow keys/ })
  await expect(values.locator("rect")).toHaveCount(3)
  await values.focus()
  await page.keyboard.press("ArrowRight")
  await expect(chart.locator('[data-part="chart-tip"]')).toHaveText(/Apples.*3/)
  await page.keyboard.press("ArrowRight")
  await expect(chart.locator("[aria-live]")).toHaveText("Pears: Values 5.5")
  await page.keyboard.press("End")
  await expect(chart.locator("[aria-live]")).toHaveText("Plums: Values 2")
  await page.keyboard.press("Escape")
  await expect(chart.locator('[data-part="chart-tip"]')).toHaveCount(0)
  await values.locator("rect").nth(1).hover()
  await expect(chart.locator('[data-part="chart-tip"]')).toHaveText(/Pears.*5\.5/)

  await chart.getByRole("button", { name: "Data table" }).click()
  await expect(chart.getByRole("row", { name: "Pears 5.5" })).toBeVisible()
  await checkBothThemes(page, "a chart with its table")

  const keep = async (kind: string) => {
    await chart.getByRole("button", { name: "Download chart" }).click()
    return downloaded(page, () => page.getByRole("menuitem", { name: `Download ${kind}` }).click())
  }
  const csv = await keep("CSV")
  expect([csv.name, csv.bytes.toString()]).toEqual([
    "Apples-Pears-Plums.csv",
    ",Values\r\nApples,3\r\nPears,5.5\r\nPlums,2\r\n",
  ])
  const svg = await keep("SVG")
  expect(svg.bytes.toString()).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg.bytes.toString()).not.toMatch(/var\(|class=|<script|https?:\/\/(?!www\.w3\.org)/)
  const png = await keep("PNG")
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG")
})

for (const [kind, question] of [
  ["line", "Plot a line chart of Mon 3, Tue 5, Wed 2"],
  ["area", "Draw an area chart of Mon 3, Tue 5, Wed 2"],
  ["scatter", "Draw a scatter plot of A 3, B 5, C 2"],
  ["pie", "Draw a pie chart of Apples 3, Pears 5, Plums 2"],
  ["heat map", "Draw a heat map of Mon 3, Tue 5, Wed 2"],
] as const)
  test(`a ${kind} is drawn, and each value is read by keyboard`, async ({ chat, page }) => {
    await page.setViewportSize({ width: 390, height: 800 })
    const answer = await chat.askAndWait(question)
    const values = answer.getByRole("group", { name: /3 values/ })
    await values.focus()
    const told = answer.locator('[data-tool="show_chart"] [aria-live]')
    for (const value of ["3", "5", "2"]) {
      await page.keyboard.press("ArrowRight")
      await expect(told).toHaveText(new RegExp(`\\b${value}$`))
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })

test("a table of two thousand rows renders few, is sorted, filtered, resized and saved", async ({ fastApp, page }) => {
  const chat = new ChatPage(page, fastApp)
  await chat.open()
  const answer = await chat.askAndWait("Show an interactive table with 2000 rows")
  const figure = answer.getByRole("figure", { name: "Squares up to 2000" })
  const table = figure.getByRole("table")
  await expect(table).toHaveAttribute("aria-rowcount", "2001")
  expect(await table.getByRole("row").count()).toBeLessThan(60)
  const square = table.getByRole("columnheader", { name: "Square" })
  await square.getByRole("button").click()
  await square.getByRole("button").click()
  await expect(square).toHaveAttribute("aria-sort", "descending")
  await expect(table.getByRole("row").nth(1)).toContainText("4,000,000")
  await figure.getByRole("searchbox", { name: "Filter rows" }).fill("odd 1999")
  await expect(figure.getByText("1 of 2,000 rows")).toBeVisible()
  const csv = await downloaded(page, () => figure.getByRole("button", { name: "Download CSV" }).click())
  expect(csv.bytes.toString()).toBe("Number,Square,Parity\r\n1999,3996001,odd\r\n")
  const edge = square.getByRole("slider")
  const before = Number(await edge.getAttribute("aria-valuenow"))
  await edge.focus()
  await page.keyboard.press("ArrowRight")
  await expect(edge).toHaveAttribute("aria-valuenow", String(before + 16))
  await checkBothThemes(page, "a table")
  await figure.getByRole("searchbox", { name: "Filter rows" }).fill("")
  await table.locator("..").evaluate((view) => view.scrollTo(0, view.scrollHeight))
  await expect(table.getByRole("row", { name: "1 1 odd" })).toBeVisible()
})

test("a calculation is exact and typeset, and its result is copied", async ({ chat, page }) => {
  const answer = await chat.askAndWait("Calculate: 1/3 + 1/2; 2^200; 60 mph to km/h")
  const card = answer.locator('[data-tool="calculate"]')
  await expect(card.locator(".katex").first()).toBeVisible()
  await expect(card).toContainText("exactly 5/6")
  await expect(card).toContainText("1606938044258990275541962092341162602522202993782792835301376")
  await card.getByRole("button", { name: "Copy result" }).last().click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("96.56064 km / h")
  await checkBothThemes(page, "a sum")
})

test("a calculation error is reported, and the answer continues", async ({ chat }) => {
  const answer = await chat.askAndWait("Calculate: 3 km + 2 kg")
  await expect(answer.locator('[data-tool="calculate"][data-tool-state="output-error"]')).toBeVisible()
  await expect(answer).toContainText("Units do not match")
})

test("clocks of several locations, in German too", async ({ chat, page }) => {
  const answer = await chat.askAndWait("What time is it in Tokyo and Berlin at 2026-07-01T12:00")
  const card = answer.locator('[data-tool="current_time"]')
  await expect(card.getByRole("listitem")).toHaveCount(2)
  await expect(card).toContainText("daylight saving time")
  await checkBothThemes(page, "clocks")
})
