/** The main story in Firefox. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "puppeteer-core"
import { findFirefox, startFirefox } from "./support/firefox"
import { expect, test } from "./support/fixtures"
import { redCircle } from "./support/pictures"

const firefox = findFirefox()

/** The page, by what it says and shows. */
function storyOn(page: Page) {
  const answers = 'article[data-role="assistant"]'
  const ended = async (status: string, count: number) => {
    await page.waitForFunction(
      (selector, wanted, many) => {
        const all = [...document.querySelectorAll<HTMLElement>(selector)]
        return all.length === many && all.at(-1)?.dataset.status === wanted
      },
      {},
      answers,
      status,
      count,
    )
    return page.$$eval(answers, (all) => all.at(-1)?.textContent ?? "")
  }
  return {
    answers,
    ended,
    ready: () => page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Message"),
    ask: async (text: string) => {
      await page.keyboard.type(text)
      await page.keyboard.press("Enter")
    },
  }
}

test("ask, stop, reload in mid-answer, a picture, search and share work in Firefox", async ({ app }) => {
  test.skip(!firefox && !process.env.CI, "needs Firefox (FIREFOX_PATH)")
  test.setTimeout(180_000)
  if (!firefox) throw new Error("Firefox is not installed")
  const browser = await startFirefox(firefox)
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-firefox-"))
  try {
    const page = await browser.newPage()
    await page.setViewport({ width: 1_280, height: 800 })
    const faults: string[] = []
    page.on("pageerror", (error) => faults.push(String(error)))
    await page.goto(app.url)
    const { answers, ask, ended, ready } = storyOn(page)
    await ready()

    await ask("[[words n=4000 rate=100]]")
    await page.waitForFunction((at) => document.querySelector(at)?.textContent?.includes("w20"), {}, answers)
    await page.locator("::-p-aria(Stop generating)").click()
    expect(await ended("stopped", 1)).toContain("w20")

    await ask("[[words n=300 rate=100]]")
    await page.waitForFunction((at) => document.querySelectorAll(at)[1]?.textContent?.includes("w10"), {}, answers)
    await page.reload()
    expect(await ended("complete", 2)).toContain("w299")

    await ready()
    const picture = path.join(folder, "circle.png")
    writeFileSync(picture, await redCircle())
    const input = await page.$("input[type=file]")
    if (!input) throw new Error("no file input")
    await input.uploadFile(picture)
    await page.waitForSelector("form img, [aria-label='Attached files'] img")
    await page.locator("::-p-aria(Message)").click()
    await ask("Which colors are in here?")
    expect(await ended("complete", 3)).toMatch(/red/)

    await page.keyboard.down("Control")
    await page.keyboard.press("k")
    await page.keyboard.up("Control")
    await page.waitForSelector("[role=dialog] input")
    await page.keyboard.type("w298")
    await page.waitForFunction(() =>
      document.querySelector("[role=dialog] [role=option]")?.textContent?.includes("w298"),
    )
    await page.keyboard.press("Escape")

    await page.locator("::-p-aria(Share)").click()
    await page.locator("::-p-aria(Create link)").click()
    const link = await page.waitForSelector("[role=dialog] input[readonly]")
    const address = await link?.evaluate((field) => (field instanceof HTMLInputElement ? field.value : ""))
    const stranger = await (await browser.createBrowserContext()).newPage()
    await stranger.goto(address ?? "")
    expect(await stranger.$$eval(answers, (all) => all.length)).toBe(3)
    expect(faults).toEqual([])
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
