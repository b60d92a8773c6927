/** Actions on a message: who answered, other models, versions, branches, deleting, copying, sharing. */
import type { Locator, Page } from "@playwright/test"
import { checkBothThemes } from "../support/axe"
import { ChatPage, expect, test } from "../support/fixtures"
import { blueSquare } from "../support/pictures"
import { watchForElement } from "../support/watch-for-element"

const menuOf = async (page: Page, message: Locator, item: string) => {
  await message.hover()
  await message.getByRole("button", { name: "More actions" }).click()
  await page.getByRole("menuitem", { name: item }).click()
}

/** The effective opacity, including all ancestors. */
const opacityOf = (element: Locator) =>
  element.evaluate((start) => {
    let opacity = 1
    for (let at: Element | null = start; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
    return opacity
  })

test("the model and version of an answer are always visible; another model can answer once", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] one")
  await chat.answer().getByRole("button", { name: "Try again with another model" }).click()
  await page.getByRole("menuitem", { name: "Other model…" }).click()
  await page
    .getByRole("dialog")
    .getByRole("option", { name: /GLM 5.3 Flash/ })
    .click()
  const versions = chat.answer().getByRole("group", { name: "Versions" })
  await expect(versions).toContainText("2 / 2")
  await expect(chat.message).toBeFocused()
  await chat.ended()
  // Recently used models are offered first.
  await chat.answer().getByRole("button", { name: "Try again with another model" }).click()
  await page.getByRole("menuitem", { name: "GLM 5.3 Flash" }).click()
  await expect(versions).toContainText("3 / 3")
  await expect(chat.message).toBeFocused()
  await chat.ended()
  const about = chat.answer().getByRole("button", { name: "GLM 5.3 Flash. About this answer" })
  await expect(about).toBeVisible()
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveText("Kimi K3")
  await chat.askAndWait("[[echo]] two")
  await page.mouse.move(0, 0)
  const first = chat.articles("assistant").first()
  for (const seen of [first.getByText("3 / 3"), first.getByText("GLM 5.3 Flash")])
    await expect.poll(() => opacityOf(seen)).toBe(1)
  await expect.poll(() => opacityOf(first.getByRole("button", { name: "Regenerate" }))).toBe(0)
  await first.getByRole("button", { name: /About this answer/ }).hover()
  await expect(page.getByRole("tooltip").or(page.locator("[data-part=tooltip]"))).toContainText(/\d{4}/)
  // Arrow keys move between versions.
  await first.getByRole("button", { name: "Previous version" }).focus()
  await page.keyboard.press("ArrowLeft")
  await expect(chat.answer().getByText("2 / 3")).toBeVisible()
  await page.keyboard.press("ArrowRight")
  await expect(chat.articles("assistant").first().getByText("3 / 3")).toBeVisible()
  await chat.reload()
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveText("Kimi K3")
})

test("every model is available behind the others; missing capabilities are shown with models that have them", async ({
  chat,
}) => {
  const { page } = chat
  const picture = { name: "blue.png", mimeType: "image/png", buffer: await blueSquare() }
  await page.locator("input[type='file']").setInputFiles(picture)
  await chat.askAndWait("What is it?")
  await chat.answer().getByRole("button", { name: "Try again with another model" }).click()
  // Only models that accept images are offered.
  await expect(page.getByRole("menuitem", { name: "Kimi K3.1 Pro" })).toBeVisible()
  await expect(page.getByRole("menuitem", { name: "GLM 5.3", exact: true })).toHaveCount(0)
  await page.getByRole("menuitem", { name: "Other model…" }).click()
  const dialog = page.getByRole("dialog", { name: "Try again with another model" })
  await expect(dialog.getByText("Only this answer. The chat keeps Kimi K3.")).toBeVisible()
  await checkBothThemes(page, "all models, for one answer")
  await dialog.getByRole("option", { name: /oss/i }).click()
  const refusal = page.getByRole("alert").filter({ hasText: "can't see images" })
  await refusal.getByRole("button", { name: "Send with Kimi K3", exact: true }).click()
  await expect(chat.answer().getByText("2 / 2")).toBeVisible()
  await chat.ended()

  // If an image is about to be sent to a model that doesn't accept it, one click switches the model and sends.
  await chat.chooseModel("oss")
  await page.locator("input[type='file']").setInputFiles(picture)
  const notice = page.getByRole("status").filter({ hasText: "can't see images" })
  await expect(notice.getByRole("button", { name: "Use Kimi K3", exact: true })).toBeVisible()
  await chat.message.fill("And now?")
  await notice.getByRole("button", { name: "Send with Kimi K3", exact: true }).click()
  await expect(chat.articles("assistant")).toHaveCount(2)
  await chat.ended()
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveText("Kimi K3")
})

test("a branch becomes a separate chat, with the messages up to that point", async ({ chat }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] roses")
  const first = page.url()
  await chat.askAndWait("[[echo]] tulips")
  await menuOf(page, chat.articles("assistant").first(), "Branch into new chat")
  await expect(page).not.toHaveURL(first)
  await expect(chat.articles("user")).toHaveCount(1)
  await expect(chat.answer()).toContainText("roses")
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Branch of")
  await expect(page.getByRole("link", { name: /^Branch of/ })).toBeVisible()
  await expect(chat.message).toBeFocused()
  await chat.askAndWait("[[echo]] violets")
  await chat.open(new URL(first).pathname)
  await expect(chat.articles("user")).toHaveCount(2)
  await expect(chat.answer()).toContainText("tulips")
})

test("a message is deleted, in this and another tab, and restored", async ({ chat }) => {
  const { page } = chat
  for (const word of ["one", "two", "three"]) await chat.askAndWait(`[[echo]] ${word}`)
  const other = new ChatPage(await page.context().newPage(), chat.app)
  await other.open(new URL(page.url()).pathname)
  const texts = (tab: ChatPage) =>
    tab.conversation
      .locator("article [data-words]")
      .evaluateAll((all) => all.map((one) => /one|two|three/.exec(one.textContent ?? "")?.[0]))
  const whole = ["one", "one", "two", "two", "three", "three"]
  await menuOf(page, chat.articles("user").nth(1), "Delete")
  await expect.poll(() => texts(chat)).toEqual(["one", "one", "two", "three", "three"])
  await expect(chat.message).toBeFocused()
  // Focus pauses the notice's timer.
  await page.keyboard.press("Alt+t")
  await expect.poll(() => texts(other)).toEqual(["one", "one", "two", "three", "three"])
  // An answer without its question can't be regenerated.
  const orphan = chat.articles("assistant").nth(1)
  await orphan.hover()
  await expect(orphan.getByRole("button", { name: "More actions" })).toBeVisible()
  await expect(orphan.getByRole("button", { name: "Regenerate" })).toHaveCount(0)
  await page.getByRole("button", { name: "Undo" }).click()
  for (const tab of [chat, other]) await expect.poll(() => texts(tab)).toEqual(whole)
  // Deletes the last message: the one before it is now the end, and new messages follow it.
  await menuOf(page, chat.answer(), "Delete")
  await expect.poll(() => texts(chat)).toEqual(whole.slice(0, -1))
  await chat.reload()
  await expect.poll(() => texts(chat)).toEqual(whole.slice(0, -1))
  await chat.ask("[[echo]] one more")
  await chat.ended()
  await expect.poll(() => texts(other)).toEqual([...whole.slice(0, -1), "one", "one"])
})

test("copied content keeps its formatting in documents, and its Markdown as text", async ({ chat, context }) => {
  const { page } = chat
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const written = [
    ...["[[echo]]", "", "## Areas", "", "A *circle* has $\\pi r^2$, [more](https://example.com/a).", ""],
    ...["| r | area |", "|:--|--:|", "| 1 | 3.14 |", "", "- one", "- two", "", "```python", "print(1)", "```"],
  ].join("\n")
  const answer = await chat.askAndWait(written)
  await expect(answer.locator("[data-tex]")).toBeVisible()
  const clipboard = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const text = async (type: string) => (item?.types.includes(type) ? (await item.getType(type)).text() : "")
      return { html: await text("text/html"), text: await text("text/plain") }
    })
  const copied = await watchForElement(page, "article [aria-label='Copied']")
  await answer.getByRole("button", { name: "Copy message" }).click()
  await copied()
  const { html, text } = await clipboard()
  expect(text).toContain("| r | area |")
  for (const part of ["<h2>Areas</h2>", "<em>circle</em>", "<math", "<table", "<pre", 'href="https://example.com/a"'])
    expect(html).toContain(part)
  expect(html).not.toMatch(/class=|<button|<svg|katex|\/api\/|annotation/)
  await menuOf(page, answer, "Copy as plain text")
  await expect.poll(async () => (await clipboard()).text).not.toContain("|")
  const plain = (await clipboard()).text
  for (const part of ["Areas", "$\\pi r^2$", "1\t3.14", "• one", "print(1)"]) expect(plain).toContain(part)
  expect(plain).not.toContain("##")
  await menuOf(page, answer, "Copy as Markdown")
  await expect.poll(async () => (await clipboard()).text).toContain("## Areas")
})

test("a link may point to a message", async ({ chat, browser }) => {
  const { page } = chat
  await chat.askAndWait("[[echo]] roses")
  await chat.askAndWait("[[echo]] tulips")
  await menuOf(page, chat.articles("assistant").first(), "Share up to here…")
  const dialog = page.getByRole("dialog", { name: "Share chat" })
  await expect(dialog).toContainText("up to the chosen message")
  await dialog.getByRole("button", { name: "Create link" }).click()
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue()
  const stranger = await browser.newPage()
  await stranger.goto(link)
  await expect(stranger.getByText("roses").last()).toBeVisible()
  await expect(stranger.getByText("tulips")).toHaveCount(0)
  await expect(stranger.getByRole("button", { name: "Kimi K3. About this answer" })).toBeVisible()
  await stranger.close()
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test("the row is short, with large buttons, and the rest in its menu", async ({ page, app }) => {
    const chat = new ChatPage(page, app)
    await page.goto(app.url)
    await expect(chat.message).toBeEditable()
    await chat.askAndWait("[[echo]] one")
    await chat.answer().getByRole("button", { name: "Regenerate" }).click()
    await expect(chat.answer().getByText("2 / 2")).toBeVisible()
    await chat.ended()
    const row = chat.answer().locator("[data-row]")
    for (const button of await row.getByRole("button").all()) {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
      expect(Math.min(width, height), (await button.getAttribute("aria-label")) ?? "").toBeGreaterThanOrEqual(44)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await checkBothThemes(page, "an answer on a phone")
    await row.getByRole("button", { name: "More actions" }).click()
    await page.getByRole("menuitem", { name: "Try again with another model" }).click()
    await page
      .getByRole("dialog")
      .getByRole("option", { name: /GLM 5.3 Flash/ })
      .click()
    await expect(chat.answer().getByText("3 / 3")).toBeVisible()
    await chat.ended()
    await expect(chat.answer().getByText("GLM 5.3 Flash")).toBeVisible()
  })
})
