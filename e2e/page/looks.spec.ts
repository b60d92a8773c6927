/** Measurable layout: overlaps, full windows, fading, fitting, and printing. */
import { AxeBuilder } from "@axe-core/playwright"
import type { Locator, Page } from "@playwright/test"
import sharp from "sharp"
import { extractText } from "unpdf"
import { type ChatPage, expect, MODEL, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

interface Box {
  x: number
  y: number
  width: number
  height: number
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox()
  if (!box) throw new Error("it is not shown")
  return box
}

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

const picture = async (name: string, width: number, height: number) => ({
  name,
  mimeType: "image/png",
  buffer: await sharp({ create: { width, height, channels: 3, background: "#246" } })
    .png()
    .toBuffer(),
})

/** A stored chat with this many turns and this last answer. */
async function openStored(chat: ChatPage, turns: number, last = "The last answer"): Promise<void> {
  await chat.askAndWait("[[echo]] first")
  const id = await seedConversation(chat.app.dataDir, {
    userId: await ownerOf(chat.app.dataDir, chat.conversationId()),
    title: "Stored",
    model: MODEL,
    turns: Array.from({ length: turns }, (_, turn) => ({
      question: `Question ${turn + 1}?`,
      answer: turn === turns - 1 ? last : `Answer ${turn + 1}.`,
    })),
  })
  await chat.open(`/c/${id}`)
}

/** Too wide for any sheet. */
const CODE_END = "theEndOfTheLine"
const CODE = `\`\`\`ts\nconst text = "${"word ".repeat(80)}${CODE_END}"\n\`\`\`\n\nSee [the proof](https://example.com/proof).`

const composerOf = (page: Page) => page.locator("form:has(#message)")

async function archiveFirst(page: Page): Promise<void> {
  const item = page.getByRole("navigation").getByRole("listitem").first()
  await item.hover()
  await item.getByRole("button", { name: /Options for/ }).click()
  await page.getByRole("menuitem", { name: "Archive" }).click()
  await expect(page.locator("[data-toast]")).toBeVisible()
}

test("a larger font size applies everywhere, and the sidebar rows don't overlap", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  await chat.open()
  await chat.askAndWait("[[echo]] second")
  const rows = page.getByRole("navigation").locator("a[data-row]")
  await expect(rows).toHaveCount(2)
  const sizes = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("body *")]
        .filter((element) =>
          [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim()),
        )
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    )
  const usual = await sizes()
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "150%"
  })
  const larger = await sizes()
  expect(larger.map((size, place) => size / (usual[place] ?? 1)).every((ratio) => Math.abs(ratio - 1.5) < 0.01)).toBe(
    true,
  )
  expect(overlap(await boxOf(rows.nth(0)), await boxOf(rows.nth(1)))).toBe(false)
})

test("an image opens larger than on the page, zooms, and leads to the others of its message", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 1_440, height: 900 })
  const files = [await picture("large.png", 2_048, 1_536), await picture("small.png", 304, 200)]
  await page.locator("input[type=file]").first().setInputFiles(files)
  await chat.askAndWait("What are these?")
  const thumb = page.getByRole("button", { name: "Open 1: large.png" })
  await thumb.click()
  const dialog = page.getByRole("dialog")
  const image = dialog.getByRole("img")
  // All the space below the bar.
  await expect.poll(async () => Math.round((await boxOf(image)).height)).toBe(844)
  const whole = await boxOf(image)
  await page.keyboard.press("+")
  await expect.poll(async () => (await boxOf(image)).width).toBeGreaterThan(whole.width * 1.4)
  await page.keyboard.press("0")
  await expect.poll(async () => (await boxOf(image)).width).toBe(whole.width)
  await page.mouse.move(720, 450)
  await page.mouse.wheel(0, -400)
  await expect.poll(async () => (await boxOf(image)).width).toBeGreaterThan(whole.width * 1.4)
  await image.dblclick()
  await expect.poll(async () => (await boxOf(image)).width).toBe(whole.width)

  await page.keyboard.press("ArrowRight")
  await expect(dialog.getByRole("status")).toHaveText("2 of 2")
  await expect.poll(async () => (await boxOf(image)).width).toBeGreaterThan(800)
  // The keyboard still works after switching images.
  await page.keyboard.press("+")
  await expect.poll(async () => (await boxOf(image)).width).toBeGreaterThan(1_200)
  const download = page.waitForEvent("download")
  await dialog.getByRole("link", { name: "Download image" }).click()
  expect((await download).suggestedFilename()).toMatch(/^small/)
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(thumb).toBeFocused()
  await thumb.click()
  await expect(image).toBeVisible()
  // Next to it.
  await page.mouse.click(20, 800)
  await expect(dialog).toBeHidden()
})

test("notices don't cover the composer or the answer, stay while hovered, and close with Escape", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 1_440, height: 900 })
  await chat.askAndWait("Show me markdown: headings, a list, a table, code and a quote")
  await page.clock.install()
  await archiveFirst(page)
  const notice = page.locator("[data-toast]")
  // Hovering stops the animation and the timer; next to its buttons, whose colors are checked.
  await notice.hover({ position: { x: 4, y: 4 } })
  const box = await boxOf(notice)
  expect(overlap(box, await boxOf(composerOf(page)))).toBe(false)
  const buttons = await boxOf(chat.answer().getByRole("button", { name: "Copy" }).last())
  expect(overlap(box, buttons)).toBe(false)
  const main = await boxOf(page.getByRole("main"))
  expect(Math.abs(box.x + box.width / 2 - (main.x + main.width / 2))).toBeLessThan(12)
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator(`html.${colorScheme}`)).toBeAttached()
    const axe = new AxeBuilder({ page }).setLegacyMode(true).include("[data-toast]").withRules(["color-contrast"])
    expect((await axe.analyze()).violations, colorScheme).toEqual([])
  }

  // Hover and focus pause its timer.
  await notice.hover()
  await page.clock.fastForward(60_000)
  await expect(notice).toBeVisible()
  await page.keyboard.press("Alt+t")
  await expect(notice.getByRole("button").first()).toBeFocused()
  await page.mouse.move(700, 600)
  await page.clock.fastForward(60_000)
  await expect(notice).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(notice).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false)
})

test("text fades under header and composer, an answer follows its question, buttons keep their distance", async ({
  chat,
}) => {
  const { page } = chat
  await chat.askAndWait("Show me markdown: headings, a list, a table, code and a quote")
  for (const edge of ["::before", "::after"])
    expect(
      await page
        .locator(".text-fades")
        .evaluate((element, pseudo) => getComputedStyle(element, pseudo).backgroundImage, edge),
    ).toContain("linear-gradient")
  // When the view has settled at its end.
  await expect(async () => {
    const composer = await boxOf(composerOf(page))
    const last = await boxOf(chat.answer().getByRole("button", { name: "Copy" }).last())
    expect(composer.y - (last.y + last.height)).toBeGreaterThan(12)
    const question = await boxOf(chat.articles("user").last().locator("p").first())
    const answer = await boxOf(chat.answer().locator(".prose-chat").first())
    expect(answer.y - (question.y + question.height)).toBeLessThan(48)
  }).toPass({ timeout: 30_000 })
})

test("all floating panels have the same border radius", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] a chat")
  const radii: string[] = []
  const look = async (panel: Locator) =>
    void radii.push(await panel.evaluate((element) => getComputedStyle(element).borderRadius))
  await page.getByRole("combobox", { name: "Model" }).click()
  await look(page.locator(".panel:has([role='listbox'])"))
  await page.keyboard.press("Escape")
  await chat.message.fill("/")
  await look(page.locator(".panel:has([role='listbox'])"))
  await chat.message.fill("")
  const item = page.getByRole("navigation").getByRole("listitem").first()
  await item.hover()
  await item.getByRole("button", { name: /Options for/ }).click()
  await look(page.getByRole("menu"))
  expect(new Set(radii)).toEqual(new Set(["12px"]))
})

test("a dialog's buttons stay below its scrolling content", async ({ chat }) => {
  const { page } = chat
  await page.setViewportSize({ width: 390, height: 600 })
  await page.getByRole("button", { name: "Chat settings" }).click()
  const body = page.locator("[data-dialog-body]")
  const footer = page.locator("[data-dialog-footer]")
  await expect(footer).toBeVisible()
  for (const top of [0, 120, 10_000]) {
    await body.evaluate((element, to) => element.scrollTo(0, to), top)
    // It slides in from below.
    await expect(async () => {
      const [scrolling, standing] = [await boxOf(body), await boxOf(footer)]
      expect(scrolling.y + scrolling.height).toBeLessThanOrEqual(standing.y + 0.5)
      const dialog = await boxOf(page.getByRole("dialog"))
      expect(Math.abs(dialog.y + dialog.height - (standing.y + standing.height))).toBeLessThan(2)
    }).toPass({ timeout: 30_000 })
  }
})

test("a shared page describes itself and links to the app, also without scripts", async ({ chat, browser }) => {
  const { page } = chat
  await openStored(chat, 2)
  const shared = await page.evaluate(async (id) => {
    const response = await fetch(`/api/conversations/${id}/shares`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    })
    return (await response.json()).share.path
  }, chat.conversationId())
  for (const [width, javaScriptEnabled] of [
    [390, false],
    [1_440, true],
  ] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled, locale: "en-US" })
    const visitor = await context.newPage()
    await visitor.goto(`${chat.app.url}${shared}`)
    await expect(visitor.getByRole("heading", { level: 1, name: "Stored" })).toBeVisible()
    await expect(visitor.getByText("Read only")).toBeVisible()
    await expect(visitor.getByText("Kimi K3").first()).toBeVisible()
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await visitor.getByRole("link", { name: "Start a chat" }).first().click()
    await expect(visitor).toHaveURL(`${chat.app.url}/`)
    await context.close()
  }
})

test("printing includes every message, light, complete, and nothing else", async ({ chat }) => {
  const { page } = chat
  await page.emulateMedia({ colorScheme: "dark" })
  // Replaces the browser's print dialog.
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute("data-printed", "")
  })
  await openStored(chat, 60, CODE)
  await expect(page.locator("html.dark")).toBeAttached()
  await page.keyboard.press("Control+p")
  await expect(page.locator("html[data-printed]")).toBeAttached({ timeout: 60_000 })
  await page.emulateMedia({ media: "print", colorScheme: "dark" })
  await expect(chat.articles("user")).toHaveCount(60)
  for (const turn of [1, 2, 30, 60]) await expect(page.getByText(`Question ${turn}?`, { exact: true })).toBeVisible()
  await expect(page.locator(".print-head h1")).toHaveText("Stored")
  await expect(page.locator(".print-head")).toContainText("Kimi K3")
  for (const gone of [composerOf(page), page.getByRole("navigation"), page.locator("main > header")])
    await expect(gone.first()).toBeHidden()
  const asked = await boxOf(page.locator('article[data-role="user"] [data-words]').first())
  const answered = await boxOf(page.locator('article[data-role="assistant"] .markdown').first())
  expect(answered.y - asked.y - asked.height, "a question is separated from its answer").toBeGreaterThan(20)
  const code = page.locator("pre.code").last()
  expect(await code.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(1)
  const [red = 255] = await page
    .locator("article p")
    .first()
    .evaluate((element) => {
      const context = document.createElement("canvas").getContext("2d")
      if (!context) return []
      context.fillStyle = getComputedStyle(element).color
      context.fillRect(0, 0, 1, 1)
      return [...context.getImageData(0, 0, 1, 1).data]
    })
  expect(red, "the text is dark").toBeLessThan(80)
  const link = page.getByRole("link", { name: "the proof" })
  expect(await link.evaluate((element) => getComputedStyle(element, "::after").content)).toContain("example.com/proof")

  const { text, totalPages } = await extractText(new Uint8Array(await page.pdf({ format: "A4" })), { mergePages: true })
  const words = text.replace(/\s+/g, " ")
  expect(totalPages).toBeGreaterThan(5)
  const missing = Array.from({ length: 60 }, (_, n) => `Question ${n + 1}?`).filter((asked) => !words.includes(asked))
  expect(missing, "questions missing in the printout").toEqual([])
  for (const control of ["New chat", "Copy", "Regenerate", "Search chats"])
    expect(words, `“${control}” is a control`).not.toContain(control)
  // The end of a line that is wider than a sheet.
  expect(words.replaceAll(" ", "")).toContain(CODE_END)
})

test("from 360 to 2,560 px, and at double text size, nothing is cut or stretched", async ({ chat }) => {
  const { page } = chat
  const scrollWidth = () => page.evaluate(() => document.documentElement.scrollWidth)
  await chat.askAndWait("Show me markdown: headings, a list, a table, code and a quote")
  for (const width of [360, 1_440, 2_560]) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(scrollWidth, `${width} px`).toBeLessThanOrEqual(width)
    await expect.poll(async () => (await boxOf(chat.answer())).width, `${width} px`).toBeLessThanOrEqual(768)
    const composerEnd = async () => {
      const composer = await boxOf(composerOf(page))
      return composer.x + composer.width
    }
    await expect.poll(composerEnd, `${width} px`).toBeLessThanOrEqual(width)
  }
  await page.setViewportSize({ width: 1_280, height: 800 })
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"))
  await expect.poll(scrollWidth).toBeLessThanOrEqual(1_280)
  await expect(chat.send).toBeInViewport()
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test("an image fills the width, and a swipe down closes it", async ({ page, app }) => {
    await page.goto(app.url)
    await waitUntilInteractive(page.locator("#message"))
    await page
      .locator("input[type=file]")
      .first()
      .setInputFiles([await picture("small.png", 304, 200)])
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("What is this?")
    await page.getByRole("button", { name: "Send message" }).click()
    await page.getByRole("button", { name: "Open small" }).tap()
    const dialog = page.getByRole("dialog")
    await expect.poll(async () => (await boxOf(dialog.getByRole("img"))).width).toBe(390)
    const client = await page.context().newCDPSession(page)
    const at = (y: number) => [{ x: 200, y }]
    await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(400) })
    for (const y of [450, 500, 560])
      await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(y) })
    await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
    await expect(dialog).toBeHidden()
  })

  test("a notice does not cover the drawer", async ({ page, app }) => {
    await page.goto(app.url)
    await waitUntilInteractive(page.locator("#message"))
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("[[echo]] put away")
    await page.getByRole("button", { name: "Send message" }).click()
    await expect(page.locator('article[data-role="assistant"]')).toHaveAttribute("data-status", "complete")
    await page.getByRole("button", { name: "Show sidebar" }).tap()
    await archiveFirst(page)
    // All at once, because the notice stays for only ten seconds.
    const boxes = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((all) =>
          all
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .map((element): Box => element.getBoundingClientRect().toJSON()),
        )
    await expect(async () => {
      const [[notice], buttons] = await Promise.all([boxes("[data-toast]"), boxes("[role=dialog] button")])
      if (!notice) throw new Error("no notice is shown")
      expect(buttons.length).toBeGreaterThan(0)
      for (const button of buttons) expect(overlap(notice, button)).toBe(false)
    }).toPass({ timeout: 5_000 })
    await page.getByRole("button", { name: "Undo" }).tap()
    await expect(page.locator("[data-toast]")).toHaveCount(0)
  })
})
