/**
 * The view follows an answer while it is at the end, and stays where the reader is otherwise: however they leave,
 * nothing scrolls them back.
 */
import type { CDPSession, Page } from "@playwright/test"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"

const view = (page: Page) => page.locator("[data-scroller]")

/** The view as painted: between a change and its frame, the position isn't visible. */
const look = (page: Page) =>
  view(page).evaluate(async (element) => {
    await new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = resolve
        port2.postMessage(null)
      }),
    )
    const { scrollTop, scrollHeight, clientHeight } = element
    const toEnd = Math.round(scrollHeight - clientHeight - scrollTop)
    return { top: Math.round(scrollTop), height: scrollHeight, toEnd }
  })

/** Waits until this much has been added below. */
async function grown(page: Page, px: number): Promise<void> {
  const { height } = await look(page)
  await expect.poll(async () => (await look(page)).height, { intervals: [50] }).toBeGreaterThan(height + px)
}

/** Waits until the view hasn't moved for some frames: some kinds of scrolling are smooth. */
const atRest = (page: Page) =>
  view(page).evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        let still = 0
        let last = element.scrollTop
        const frame = () => {
          still = Math.abs(element.scrollTop - last) < 0.5 ? still + 1 : 0
          last = element.scrollTop
          if (still < 8) requestAnimationFrame(frame)
          else resolve(Math.round(last))
        }
        requestAnimationFrame(frame)
      }),
  )

/** A finger that moves this far down the screen, as reported by a driver. */
async function swipe(client: CDPSession, { x, y, by }: { x: number; y: number; by: number }): Promise<void> {
  const touch = (type: "touchStart" | "touchMove", at: number) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x, y: at }] })
  await touch("touchStart", y)
  for (let step = 1; step <= 6; step++) await touch("touchMove", y + (by / 6) * step)
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] })
}

/** Presses a key after a click next to the text. */
async function pressInView(page: Page, key: string): Promise<void> {
  await page.locator("main").evaluate((main) => main.focus())
  await view(page).click({ position: { x: 5, y: 100 } })
  await page.keyboard.press(key)
}

/** The ways people leave the end. */
const WAYS: Record<string, (chat: ChatPage) => Promise<unknown>> = {
  "a little turn of the wheel": async ({ page }) => {
    await view(page).hover()
    await page.mouse.wheel(0, -12)
  },
  "a swipe": async ({ page }) => {
    const client = await page.context().newCDPSession(page)
    await client.send("Emulation.setTouchEmulationEnabled", { enabled: true })
    await swipe(client, { x: 700, y: 250, by: 180 })
    await client.send("Emulation.setTouchEmulationEnabled", { enabled: false })
  },
  "Page Up in the field": ({ message }) => message.press("PageUp"),
  "arrow up": ({ page }) => pressInView(page, "ArrowUp"),
  Home: ({ page }) => pressInView(page, "Home"),
  "Shift+Space": ({ page }) => pressInView(page, "Shift+Space"),
  "selecting a word": ({ page }) => view(page).dblclick({ position: { x: 500, y: 200 } }),
  "selecting by keyboard": async ({ page }) => {
    await page.evaluate(() => {
      // Not in the streaming answer: with each word, the browser would drop a selection there.
      const question = document.querySelector("[data-scroller] article[data-role='user']")
      const walk = question && document.createTreeWalker(question, NodeFilter.SHOW_TEXT)
      const text = walk?.nextNode()
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      if (text) document.getSelection()?.setBaseAndExtent(text, 0, text, 1)
    })
    await page.keyboard.press("Shift+ArrowRight")
  },
  // It scrolls without any key or pointer event that the page could observe. (`window.find` only selects in headless
  // mode.)
  "find in page": ({ page }) =>
    page
      .locator("[data-scroller] article")
      .first()
      .evaluate((article) => article.scrollIntoView({ block: "center" })),
  "focus moving up": ({ page }) =>
    page
      .locator("[data-scroller] article")
      .first()
      .evaluate((article: HTMLElement) => {
        article.tabIndex = -1
        article.focus()
      }),
  "jumping to the question": ({ message }) => message.press("Alt+ArrowUp"),
}

const inParts = <T>(items: T[], parts: number): T[][] =>
  Array.from({ length: parts }, (_, part) => items.filter((_, place) => place % parts === part))

for (const ways of inParts(Object.entries(WAYS), 3))
  test(`a streaming answer does not pull back a user who left by ${ways.map(([way]) => way).join(", ")}`, async ({
    chat,
  }) => {
    const { page } = chat
    const toLatest = page.getByRole("button", { name: "Scroll to latest" })
    await chat.ask("[[words n=100000 rate=150]]")
    await grown(page, 400)
    await expect.poll(async () => (await look(page)).toEnd).toBeLessThan(2)
    for (const [way, leave] of ways)
      await test.step(way, async () => {
        await leave(chat)
        const top = await atRest(page)
        await grown(page, 120)
        expect((await look(page)).top, way).toBe(top)
        // Returns with the button, which leaves the focus where the person continues.
        await toLatest.click()
        await expect(toLatest).toHaveCount(0)
        // Not if it would open a keyboard: after a touch, the browser treats the page as one on a phone.
        const hasMouse = await page.evaluate(() => matchMedia("(hover: hover) and (pointer: fine)").matches)
        await expect.poll(() => chat.message.evaluate((field) => field === document.activeElement)).toBe(hasMouse)
        await page.evaluate(() => document.getSelection()?.removeAllRanges())
        await grown(page, 60)
        await expect.poll(async () => (await look(page)).toEnd, `${way}: follows again`).toBeLessThan(30)
      })
    // A smaller window (an on-screen keyboard) isn't caused by the reader: the end stays in view.
    await page.setViewportSize({ width: 1_280, height: 420 })
    await grown(page, 60)
    await expect.poll(async () => (await look(page)).toEnd).toBeLessThan(30)
    await expect(chat.message).toBeInViewport()
    await chat.stop.click()
    await chat.ended("stopped")
  })

test("another branch is shown at the user's position, with focus on the control to go back", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[words n=900 rate=3000]]")
  const question = chat.articles("user").first()
  await question.hover()
  await question.getByRole("button", { name: "Edit message" }).click()
  await question.getByRole("textbox").fill("[[echo]] short")
  await question.getByRole("textbox").press("Enter")
  await expect(chat.answer()).toContainText("short")
  await chat.ended()
  const previous = page.getByRole("button", { name: "Previous version" })
  const next = page.getByRole("button", { name: "Next version" })
  await previous.focus()
  await atRest(page)
  const before = await previous.boundingBox()
  await page.keyboard.press("Enter")
  await expect(chat.answer()).toContainText("w899")
  await expect(next).toBeFocused()
  await atRest(page)
  expect(Math.abs(((await previous.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3)
  await page.keyboard.press("Enter")
  await expect(chat.answer()).toContainText("short")
  await expect(previous).toBeFocused()
})

test("with reduced motion, jumps are instant", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[words n=900 rate=3000]]")
  const html = page.locator("html")
  await html.evaluate((root) => {
    const { animate } = Element.prototype
    Element.prototype.animate = function (...call) {
      root.dataset.moved = "true"
      return animate.apply(this, call)
    }
  })
  await page.keyboard.press("Alt+ArrowUp")
  await expect(page.locator("article:focus")).toBeVisible()
  await expect(html).toHaveAttribute("data-moved", "true")
  await html.evaluate((root) => delete root.dataset.moved)
  await page.emulateMedia({ reducedMotion: "reduce" })
  await page.getByRole("button", { name: "Scroll to latest" }).click()
  await page.keyboard.press("Alt+ArrowUp")
  await expect(page.locator("article:focus")).toBeVisible()
  await expect(html).not.toHaveAttribute("data-moved")
})
