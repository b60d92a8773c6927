/** The main story in Firefox. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "puppeteer-core"
import { findFirefox, startFirefox } from "@/e2e/support/firefox"
import { expect, test } from "@/e2e/support/fixtures"
import { redCircle } from "@/e2e/support/pictures"

const firefox = findFirefox()

const ANSWERS = 'article[data-role="assistant"]'

/** Avoids Puppeteer's own waiting, which evaluates code that the page's policy reports. */
function storyOn(page: Page) {
  const answers = () =>
    page.$$eval(ANSWERS, (all) =>
      all.map(({ textContent, dataset }) => ({ text: textContent, status: dataset.status })),
    )
  const patient = { timeout: 120_000 }
  return {
    answers,
    ready: () => expect.poll(() => page.evaluate(() => document.activeElement?.id), patient).toBe("message"),
    says: (words: string) => expect.poll(async () => (await answers()).at(-1)?.text, patient).toContain(words),
    ended: (status: string, count: number) =>
      expect
        .poll(async () => [(await answers()).length, (await answers()).at(-1)?.status], patient)
        .toEqual([count, status]),
    ask: async (text: string) => {
      await page.keyboard.type(text)
      await page.keyboard.press("Enter")
    },
  }
}

test("ask, stop, reload during an answer, an image, search and share work in Firefox", async ({ app }) => {
  test.skip(!firefox && !process.env.CI, "needs Firefox (FIREFOX_PATH)")
  if (!firefox) throw new Error("Firefox is not installed")
  const browser = await startFirefox(firefox)
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-firefox-"))
  try {
    const page = await browser.newPage()
    for (const limit of [page.setDefaultTimeout, page.setDefaultNavigationTimeout]) limit.call(page, 120_000)
    await page.setViewport({ width: 1_280, height: 800 })
    const faults: string[] = []
    page.on("pageerror", (error) => faults.push(String(error)))
    await page.goto(app.url)
    const { answers, ask, ended, ready, says } = storyOn(page)
    await ready()

    await ask("[[words n=20000 rate=100]]")
    await says("w20")
    await page.locator("::-p-aria(Stop generating)").click()
    await ended("stopped", 1)
    await says("w20")

    await ask("[[words n=300 rate=100]]")
    await expect.poll(async () => (await answers())[1]?.text).toContain("w10")
    await page.reload()
    await ended("complete", 2)
    await says("w299")

    await ready()
    const picture = path.join(folder, "circle.png")
    writeFileSync(picture, await redCircle())
    const input = await page.$("input[type=file]")
    if (!input) throw new Error("no file input")
    await input.uploadFile(picture)
    await page.waitForSelector("[aria-label='Attached files'] img")
    await page.locator("#message").click()
    await ask("Which colors are in here?")
    await ended("complete", 3)
    await says("red")

    await page.keyboard.down("Control")
    await page.keyboard.press("k")
    await page.keyboard.up("Control")
    await page.waitForSelector("[role=dialog] input")
    await page.keyboard.type("w298")
    const found = () => page.$$eval("[role=dialog] [role=option]", (all) => all.map((one) => one.textContent).join(" "))
    await expect.poll(found).toContain("w298")
    await page.keyboard.press("Escape")
    await expect.poll(() => page.$("[role=dialog]")).toBeNull()

    await page.locator("::-p-aria(Share)").click()
    // Puppeteer's locator waits for two identical frames, which a busy headless Firefox may not render.
    await (await page.waitForSelector("::-p-aria(Create link)"))?.click()
    const link = await page.waitForSelector("[role=dialog] input[readonly]")
    const address = await link?.evaluate((field) => (field instanceof HTMLInputElement ? field.value : ""))
    const stranger = await (await browser.createBrowserContext()).newPage()
    await stranger.goto(address ?? "")
    expect(await stranger.$$eval(ANSWERS, (all) => all.length)).toBe(3)
    expect(faults).toEqual([])
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
