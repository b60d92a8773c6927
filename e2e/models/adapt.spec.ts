/** The page adapts to zoom, small windows, the system's colors, text direction, and regional formats. */
import type { Locator, Page } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { STATES } from "@/e2e/support/states"

/** Elements that extend beyond the page's sides, where nothing scrolls horizontally. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement))
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.checkVisibility() && !element.closest(".sr-only, svg, .katex"))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        const out = width > 0 && (left < -1 || right > innerWidth + 1)
        return out && !scrolls(element.parentElement === document.body ? null : element.parentElement)
      })
      .map((element) => element.outerHTML.slice(0, 120))
  })

test("at 200 % and 400 % zoom nothing is lost and nothing scrolls sideways", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("Show me markdown: headings, a list, a table, code and a quote")
  // 1280 × 1024 at 200 % and 400 %.
  for (const [width, height] of [
    [640, 512],
    [320, 256],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const name of ["an answer of every kind of markdown", "the models", "structured output", "sharing"]) {
      const state = STATES.find((candidate) => candidate.name === name)
      if (name !== "an answer of every kind of markdown") await state?.open(chat)
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
      await expect.poll(wide, `${name}, ${width} px`).toBeLessThanOrEqual(width)
      await expect.poll(() => cutOff(page), `${name}, ${width} px`).toEqual([])
      await state?.close?.(chat)
      // A closed dialog returns the focus, and would close anything opened before that.
      await expect(page.locator("[role='dialog'], [role='listbox']")).toHaveCount(0)
    }
    for (const control of [chat.message, chat.send, page.getByRole("combobox", { name: "Model" })])
      await expect(control).toBeInViewport({ ratio: 0.9 })
  }
})

test("on a phone with its keyboard open, the field and the end of the answer are visible", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 360, height: 640 })
  await chat.askAndWait("[[words n=400 rate=3000]]")
  await expect(page.locator("meta[name='viewport']")).toHaveAttribute("content", /interactive-widget=resizes-content/)
  // What the browser then does by itself.
  await page.setViewportSize({ width: 360, height: 330 })
  await expect(chat.message).toBeInViewport({ ratio: 1 })
  await expect(chat.answer().getByRole("button", { name: "About this answer" })).toBeInViewport()
  await expect.poll(() => cutOff(page)).toEqual([])
})

test("with touch, every button is large enough, the title is visible, and horizontally scrolling content fades", async ({
  browser,
  app,
}) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 1,
  })
  const page = await context.newPage()
  await page.goto(app.url)
  const message = page.getByRole("textbox", { name: "Message", exact: true })
  const wide = "| a | b |\n|---|---|\n| a table that is wider than | the screen of a phone is |"
  await message.fill(`[[echo]] Words\n\n${wide}\n\n\`\`\`ts\n${"code ".repeat(40)}\n\`\`\``)
  await page.getByRole("button", { name: "Send message" }).tap()
  const answer = page.locator("article[data-role='assistant']")
  await expect(answer).toHaveAttribute("data-status", "complete")
  await expect(page.locator("header").getByText(/\S/).last()).toBeInViewport()
  for (const part of [answer.getByRole("group", { name: "Table" }), answer.getByRole("group", { name: /^Code/ })]) {
    await expect(part).toHaveAttribute("data-more", "right")
    await part.evaluate((element) => element.scrollBy(element.scrollWidth, 0))
    await expect(part).toHaveAttribute("data-more", "left")
  }
  const tooSmall = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("button")]
        .filter((button) => button.checkVisibility({ opacityProperty: true }) && !button.textContent?.trim())
        .map((button) => ({ name: button.ariaLabel, ...button.getBoundingClientRect().toJSON() }))
        .filter(
          ({ name, width, height }) => Math.min(width, height) < (/^(Options|Select) /.test(name ?? "") ? 36 : 40),
        )
        .map(({ name, width, height }) => `${name}: ${width} × ${height}`),
    )
  await expect.poll(tooSmall).toEqual([])
  await expect.poll(() => cutOff(page)).toEqual([])
  await page.getByRole("button", { name: "Show sidebar" }).tap()
  await expect(page.getByRole("navigation")).toBeInViewport()
  await expect.poll(tooSmall).toEqual([])
  await context.close()
})

test("with forced colors, the focus, the current conversation and marks are distinguished by outlines", async ({
  chat,
}) => {
  const { page } = chat
  await page.emulateMedia({ forcedColors: "active" })
  await chat.askAndWait("[[echo]] forced")
  const outline = (element: Element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth)
  }
  await chat.message.focus()
  expect(await chat.message.evaluate(outline)).toBeGreaterThanOrEqual(1)
  const current = page.getByRole("navigation").locator("[aria-current='page']")
  expect(await current.evaluate(outline)).toBeGreaterThanOrEqual(1)
  await page.getByRole("combobox", { name: "Model" }).click()
  expect(await page.locator("[role='option'][data-highlighted]").evaluate(outline)).toBeGreaterThanOrEqual(2)
  await page.keyboard.press("Escape")
  await chat.ask("[[words n=10000 rate=60]]")
  const running = page.getByRole("navigation").getByRole("img", { name: /running|answer/i })
  await expect(running).toBeVisible()
  const ground = (element: Element) => getComputedStyle(element).backgroundColor
  expect(await running.evaluate(ground)).not.toBe(await page.locator("body").evaluate(ground))
  await chat.stop.click()
})

test("in a right-to-left language the page is mirrored", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] Some words\n\n```ts\nconst spark = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |")
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr")
  await page.locator("html").evaluate((html) => html.setAttribute("dir", "rtl"))
  const left = async (locator: Locator) => (await locator.boundingBox())?.x ?? Number.NaN
  const right = async (locator: Locator) => (await left(locator)) + ((await locator.boundingBox())?.width ?? 0)
  const main = page.locator("main")
  expect(await left(page.getByRole("navigation"))).toBeGreaterThanOrEqual(await right(main))
  expect(await left(chat.send)).toBeLessThan(await left(page.getByRole("button", { name: "Attach images" })))
  expect(await right(page.getByRole("combobox", { name: "Model" }))).toBeGreaterThan((await right(main)) - 40)
  // Code is always written from left to right.
  const code = chat.answer().locator("pre").first()
  expect(await code.evaluate((pre) => getComputedStyle(pre).direction)).toBe("ltr")
  // Text in a language with the other direction keeps its own.
  const paragraph = chat.answer().locator("p").first()
  await expect(paragraph).toHaveAttribute("dir", "auto")
  expect(await paragraph.evaluate((element) => getComputedStyle(element).direction)).toBe("ltr")
  await check(page, "mirrored")
  for (const width of [1_280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(() => cutOff(page), `${width} px`).toEqual([])
  }
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await expect(page.getByRole("navigation")).toBeInViewport()
  // It slides in.
  await expect.poll(() => right(page.getByRole("navigation"))).toBe(360)
})

test("dates and numbers use the browser's locale, also in the server-rendered page", async ({ browser, app }) => {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()))
  page.on("pageerror", (error) => complaints.push(error.message))
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("Write a table")
  await page.getByRole("button", { name: "About this answer" }).click()
  await expect(page.getByRole("dialog")).toContainText(
    /Requested\s*\d{1,2} \w{3} \d{4}, \d{2}:\d{2}|Requested\s*\d{2}\/\d{2}\/\d{4}, \d{2}:\d{2}/,
  )
  await page.keyboard.press("Escape")
  await chat.reload()
  await page.getByRole("button", { name: "Share" }).click()
  await page.getByRole("button", { name: "Create link" }).click()
  const link = await page.getByRole("dialog").getByRole("textbox", { name: "Link" }).inputValue()
  const day = () => new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date())
  const before = day()
  const shared = await page.request.get(link, { headers: { "accept-language": "en-GB,en;q=0.9" } })
  const text = await shared.text()
  expect([before, day()].some((today) => text.includes(today))).toBe(true)
  expect(complaints).toEqual([])
  await context.close()
})
