/** Accessibility of every state of the page: WCAG 2.2 AA by axe in both themes, screen readers, installed app. */
import { check, checkBothThemes, checkMenu } from "@/e2e/support/axe"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { STATES } from "@/e2e/support/states"

for (const width of [1_280, 360])
  test(`axe finds no issues in either theme: ${width} px`, async ({ chat }) => {
    const { page } = chat
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: "reduce" })
    for (const { name, open, close } of STATES) {
      if (width === 360 && name === "the shortcuts") continue
      await open(bound(chat))
      // The theme makes the same difference at both widths.
      await (width === 360 ? check(page, name) : checkBothThemes(page, name))
      await close?.(chat)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

/** Binds methods, so that they can be destructured. */
const bound = (chat: ChatPage): ChatPage =>
  Object.assign(Object.create(chat), { askAndWait: (text: string) => chat.askAndWait(text) })

test("axe finds no issues in any open menu", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] first")
  const row = page.getByRole("navigation").locator("a[data-row]").first()
  const look = async (state: string, open: () => Promise<unknown>) => {
    await open()
    await expect(page.getByRole("menu")).toBeVisible()
    await checkMenu(page, state)
    await page.keyboard.press("Escape")
    await expect(page.getByRole("menu")).toHaveCount(0)
  }
  await look("a chat's menu by right click", () => row.click({ button: "right" }))
  await look("a chat's menu by its button", async () => {
    await row.hover()
    await page
      .getByRole("button", { name: /^Options for/ })
      .first()
      .click()
  })
  await look("your menu", () => page.getByRole("button", { name: /^Guest/ }).click())
  await look("an answer's menu", () => chat.answer().getByRole("button", { name: "More actions" }).click())
  await look("who answers again", () =>
    chat.answer().getByRole("button", { name: "Try again with another model" }).click(),
  )
})

test("axe finds no issues on shared and not-found pages", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("Write a table")
  await page.getByRole("button", { name: "Share" }).click()
  await page.getByRole("button", { name: "Create link" }).click()
  const link = page.getByRole("dialog").getByRole("textbox", { name: "Link" })
  await page.goto(await link.inputValue())
  await expect(page.getByRole("heading").first()).toBeVisible()
  await check(page, "shared conversation")
  await page.goto(`${chat.app.url}/c/0197ec3c-0000-7000-8000-000000000000`)
  await check(page, "no such conversation")
})

test("screen readers announce the start and end of an answer, not every word", async ({ chat }) => {
  const { page } = chat
  await expect(chat.conversation).toHaveAttribute("aria-live", "off")
  const said = page.locator("p[role='status'].sr-only")
  await chat.ask("[[echo]] **Bold** words")
  await expect(said).toHaveText(/^(Sparkler is answering\.|Answer: )/)
  await chat.ended()
  await expect(said).toHaveText(/^Answer: .*Bold words/)
})

test("the page can be installed", async ({ page, app }) => {
  await page.goto(app.url)
  const href = await page.locator("link[rel='manifest']").getAttribute("href")
  const manifest = await (await page.request.get(new URL(href ?? "", app.url).href)).json()
  expect(manifest).toMatchObject({ name: "Sparkler", display: "standalone", start_url: "/" })
  for (const { src, sizes } of manifest.icons) {
    const icon = await page.request.get(new URL(src, app.url).href)
    expect(icon.headers()["content-type"]).toBe("image/png")
    expect((await icon.body()).readUInt32BE(16)).toBe(Number.parseInt(sizes, 10))
  }
})
