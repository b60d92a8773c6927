/**
 * Screenshot tests in both themes, on desktop and phone: each main state is compared with a reviewed image
 * (`e2e/visual/`). After an intended change, run `npm test -- --update-snapshots e2e/page/visual.spec.ts` and review
 * the images.
 */
import path from "node:path"
import { pathToFileURL } from "node:url"
import type { Locator, Page } from "@playwright/test"
import Sqlite from "better-sqlite3"
import { type App, startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, MODEL, test } from "@/e2e/support/fixtures"
import { startOpenMeteo } from "@/e2e/support/open-meteo"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

const DESK = { width: 1_440, height: 900 }
const PHONE = { width: 390, height: 844 }
const THEMES = ["light", "dark"] as const
/** Makes the forecast always the same. */
const FORECAST_OF = new Date("2026-06-17T12:00:00Z")

const ANSWER = `Each pass puts **one more** value in its place; see [the proof](https://example.com/proof).

## How it works

1. Take the next value.
2. Move it left while the one before is *larger*.
   - At most as often as there are values before it.

> The first values are always in order.

| values | steps, at worst | at best |
| ---: | ---: | ---: |
| 10 | 45 | 9 |
| 1,000 | 499,500 | 999 |

\`\`\`ts
function sorted(values: number[]): number[] {
  return values.toSorted((a, b) => a - b)
}
\`\`\`

So it takes $$\\frac{n(n-1)}{2}$$ steps for \`n\` values that are the wrong way round.`

/** Written directly to the database: the same text every time, and states that can't be produced by asking. */
async function seed(app: App, userId: string) {
  const conversation = (title: string, question: string, answer: string) =>
    seedConversation(app.dataDir, { userId, title, model: MODEL, turns: [{ question, answer }] })
  const reading = await conversation("Insertion sort", "How does insertion sort work, and what does it cost?", ANSWER)
  const failed = await conversation("A haiku", "Write a haiku about autumn", "")
  const stopped = await conversation("A long story", "Tell me a long story", "Once upon a time there was a spark that")
  const database = new Sqlite(path.join(app.dataDir, "sparkler.db"), { timeout: 5_000 })
  const end = database.prepare(
    "UPDATE Message SET status = ?, parts = ?, error = ? WHERE role = 'assistant' AND conversationId = ?",
  )
  const error = { code: "upstream:overloaded", message: "The model server is overloaded. Try again in a moment." }
  end.run("failed", "[]", JSON.stringify(error), failed)
  const part = { type: "text", text: "Once upon a time there was a spark that", state: "done" }
  end.run("stopped", JSON.stringify([part]), null, stopped)
  database.close()
  return { reading, failed, stopped }
}

/**
 * Compares the page as it is, in both themes and sizes, masking what depends on the day (`also`); reports every
 * difference, not only the first.
 */
async function compare(page: Page, name: string, sizes = [DESK, PHONE], also?: Locator): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await expect(page.locator(`html.${colorScheme}`)).toBeAttached()
      await page.evaluate(() => document.fonts.ready)
      await expect.soft(page).toHaveScreenshot(`${name}-${size.width}-${colorScheme}.png`, {
        // Masks what depends on the day, and secret URLs.
        mask: [page.locator("time, [role='dialog'] input[readonly], [role='dialog'] li p"), ...(also ? [also] : [])],
        maskColor: "#888",
      })
    }
  }
  await page.setViewportSize(DESK)
}

test("every main state looks as before", async ({ browser, modelServer }) => {
  const openMeteo = await startOpenMeteo({ now: FORECAST_OF })
  const app = await startApp({
    env: { ...fireworksEnv(modelServer), WEATHER_URL: openMeteo.url, GEOCODING_URL: openMeteo.url },
  })
  const context = await browser.newContext({ viewport: DESK, locale: "en-US", timezoneId: "UTC", colorScheme: "light" })
  const page = await context.newPage()
  const chat = new ChatPage(page, app)
  const close = () => page.keyboard.press("Escape")

  await chat.open()
  await compare(page, "empty")
  await chat.open("/?temporary")
  await compare(page, "temporary")

  await chat.open()
  await chat.askAndWait("What is the weather in Paris?")
  await expect(page.getByRole("figure")).toBeVisible()
  const { reading, failed, stopped } = await seed(app, await ownerOf(app.dataDir, chat.conversationId()))
  await compare(page, "tool")
  await chat.open("/")
  await page.getByRole("button", { name: "Structured output" }).click()
  await page.getByRole("button", { name: /^Person/ }).click()
  await compare(page, "output-dialog")
  await close()
  await chat.askAndWait("Extract: John Miller is 30 years old, reach him at john@example.com")
  await expect(chat.answer()).toContainText("Matches the Person schema")
  await compare(page, "structured")

  await chat.open(`/c/${failed}`)
  await compare(page, "failed")
  await chat.open(`/c/${stopped}`)
  await compare(page, "stopped")
  await chat.open(`/c/${reading}`)
  await expect(page.locator(".katex")).toBeVisible()
  await expect(page.locator("article pre span[style]").first()).toBeVisible()
  await compare(page, "reading")
  await page.locator("[data-scroller]").evaluate((element) => element.scrollTo(0, 0))
  await compare(page, "reading-top")

  await page.keyboard.press("Control+k")
  await expect(page.getByRole("option").first()).toBeVisible()
  await compare(page, "palette")
  await page.keyboard.type("insertion")
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(/result/)
  await compare(page, "found")
  await close()
  await page.keyboard.press("Control+/")
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible()
  await compare(page, "shortcuts")
  await close()
  await page.getByRole("combobox", { name: "Model" }).click()
  await expect(page.getByRole("option").first()).toBeVisible()
  await compare(page, "models")
  await close()
  await page.setViewportSize(PHONE)
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await compare(page, "drawer", [PHONE])
  await close()

  await page.getByRole("button", { name: "Share" }).click()
  await page.getByRole("button", { name: "Create link" }).click()
  const link = page.getByRole("dialog").getByRole("textbox", { name: "Link", exact: true })
  await expect(link).toBeVisible()
  // The port differs each time.
  await page.getByText(/^Links open on this computer only/).evaluate((notice) => {
    const walker = document.createTreeWalker(notice, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      node.textContent = (node.textContent ?? "").replace(/127\.0\.0\.1:\d+/, "127.0.0.1:3000")
  })
  await compare(page, "share")
  await page.goto(await link.inputValue())
  await expect(page.locator(".katex")).toBeVisible()
  await compare(page, "shared")
  await page.goto(`${app.url}/c/0197ec3c-0000-7000-8000-000000000000`)
  await compare(page, "not-found")

  await context.close()
  await app.stop()
  await openMeteo.close()
})

async function compareTwo(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Model", exact: true }).press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  const search = page.getByRole("combobox", { name: "Search models" })
  await search.fill("gpt oss")
  await expect(page.getByRole("option")).toHaveCount(1)
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "Compare 2 models" }).press("Enter")
}

const TOOL = pathToFileURL(path.join(import.meta.dirname, "../support/tool-that-asks.mjs")).href

test("settings, menus, a tool approval, a comparison and the German page look as before", async ({
  browser,
  modelServer,
}) => {
  const app = await startApp({ env: { ...fireworksEnv(modelServer), NODE_OPTIONS: `--import=${TOOL}` } })
  const context = await browser.newContext({ viewport: DESK, locale: "en-US", timezoneId: "UTC", colorScheme: "light" })
  const page = await context.newPage()
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("please erase the note of Paris")
  await expect(chat.answer().getByText("waiting for you")).toBeVisible()
  await page.mouse.move(720, 20)
  await compare(page, "approval")

  await page.keyboard.press("Control+,")
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible()
  await compare(page, "settings")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: /^Guest/ }).click()
  await expect(page.getByRole("menu")).toBeVisible()
  await compare(page, "you", [DESK])
  await page.keyboard.press("Escape")
  await page.setViewportSize(PHONE)
  await page.getByRole("button", { name: "Show sidebar" }).click()
  await page
    .getByRole("navigation")
    .getByRole("button", { name: /Options for/ })
    .first()
    .click()
  await expect(page.getByRole("menu")).toBeVisible()
  await compare(page, "row-menu", [PHONE])

  await chat.open()
  await compareTwo(page)
  await page.mouse.move(720, 20)
  await chat.ask("[[words n=40]] Which harbor is the oldest?")
  await expect(page.locator("[data-compared='complete']")).toHaveCount(2)
  await page.mouse.move(720, 20)
  await compare(page, "comparison", [DESK, PHONE], page.getByText(/to first token/).locator(".."))
  await context.close()

  const german = await browser.newContext({ viewport: DESK, locale: "de-DE", timezoneId: "UTC", colorScheme: "light" })
  const seite = await german.newPage()
  await seite.goto(app.url)
  await expect(seite.getByRole("textbox", { name: "Nachricht" })).toBeFocused()
  await compare(seite, "german")
  await german.close()
  await app.stop()
})
