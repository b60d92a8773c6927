/**
 * Several models answer one question side by side: choosing them, watching them, using one answer and continuing from
 * it.
 */
import { rmSync } from "node:fs"
import { AxeBuilder } from "@axe-core/playwright"
import type { Locator, Page } from "@playwright/test"
import { freePort, startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"

const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

const columns = (page: Page) => page.locator("[data-compared]")
const column = (page: Page, name: RegExp) => page.locator("[data-compared]").and(page.getByRole("region", { name }))
const KIMI = /kimi/i
const GLM = /glm.5.*flash/i
const GPT = /gpt.oss/i

/** By keyboard only: selects the answering model and two others. */
async function chooseThree(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Model", exact: true }).press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  const search = page.getByRole("combobox", { name: "Search models" })
  for (const [name, words] of [
    [GLM, "glm flash"],
    [GPT, "gpt oss"],
  ] as const) {
    await search.fill(words)
    await expect(page.getByRole("option")).toHaveCount(1)
    await page.keyboard.press("Enter")
    await expect(page.getByRole("option", { name })).toHaveAttribute("aria-selected", "true")
    await search.fill("")
  }
  await page.getByRole("button", { name: "Compare 3 models" }).press("Enter")
  await expect(page.getByRole("status").filter({ hasText: /^Comparing .*Kimi/ })).toBeVisible()
}

async function accessible(page: Page, state: string): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
  // The model decides the order of headings.
  const { violations } = await new AxeBuilder({ page }).withTags(tags).disableRules(["heading-order"]).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
    state,
  ).toEqual([])
}

const textOf = (answer: Locator) => answer.locator("article p").first()

test("three models answer side by side, through a reload and in a second tab; the chat continues from the kept one", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  await chooseThree(page)
  // Long enough for a reload and a second tab on a slow machine.
  await chat.ask("[[words n=2000 rate=50]] side by side")
  await expect(columns(page)).toHaveCount(3)
  await expect(textOf(column(page, GLM))).toContainText("w20")

  const streams: string[] = []
  page.on("request", (request) => {
    if (/\/api\/(chat|events)/.test(request.url())) streams.push(request.url())
  })
  await chat.reload()
  await expect(columns(page)).toHaveCount(3)
  for (const name of [KIMI, GLM, GPT]) {
    await expect(column(page, name)).toHaveAttribute("data-compared", "streaming")
    await expect(textOf(column(page, name))).toContainText("w60")
  }
  // Stored content is there before the rest is requested.
  await expect
    .poll(() => streams.filter((url) => url.includes("/api/chat/")), { message: "one connection carries all answers" })
    .toHaveLength(1)

  const other = new ChatPage(await page.context().newPage(), chat.app)
  await other.open(new URL(page.url()).pathname)
  await expect(textOf(column(other.page, GPT))).toContainText("w100")
  await column(other.page, GLM)
    .getByRole("button", { name: /^Stop .*'s answer$/ })
    .click()
  for (const tab of [page, other.page]) await expect(column(tab, GLM)).toHaveAttribute("data-compared", "stopped")
  for (const tab of [page, other.page])
    for (const name of [KIMI, GPT]) {
      await expect(column(tab, name)).toHaveAttribute("data-compared", "complete", { timeout: 90_000 })
      await expect(textOf(column(tab, name))).toHaveText(words(2000))
      await expect(column(tab, name)).toContainText(/to first token · [\d.]+ tokens\/s · .*\d tokens/)
    }
  await expect(page.getByText(/without choosing, the chat continues with .*kimi/i)).toBeVisible()

  const stopped = await textOf(column(page, GLM)).textContent()
  await column(page, GLM)
    .getByRole("button", { name: /^Use this answer \(/ })
    .press("Enter")
  await expect(chat.message).toBeFocused()
  for (const tab of [chat, other]) {
    await expect(columns(tab.page)).toHaveCount(0)
    await expect(tab.articles("assistant")).toHaveCount(1)
    await expect(tab.answer().locator("p").first()).toHaveText(stopped ?? "")
    await expect(tab.answer().getByText("2 / 3")).toBeAttached()
  }

  // The next question goes to the same models, each after the answer that was used.
  await chat.ask("[[echo]] compared again")
  for (const tab of [page, other.page])
    await expect(columns(tab).and(tab.locator("[data-compared='complete']"))).toHaveCount(3)
  await chat.reload()
  await expect(page.getByRole("status").filter({ hasText: /^Comparing/ })).toBeVisible()
  await expect(other.page.getByRole("status").filter({ hasText: /^Comparing/ })).toBeVisible()
  const again = modelServer.requests.filter(({ body }) => JSON.stringify(body ?? null).includes("compared again"))
  expect(again.map(({ body }) => JSON.stringify(body).includes(JSON.stringify(stopped)))).toEqual([true, true, true])
  await column(page, GLM)
    .getByRole("button", { name: /^Use this answer \(/ })
    .click()
  await page.getByRole("button", { name: "Stop comparing" }).click()
  await expect(chat.message).toBeFocused()
  await expect(other.page.getByRole("button", { name: "Stop comparing" })).toHaveCount(0)

  await chat.askAndWait("[[echo]] on from the kept one")
  const asked = modelServer.requests.filter(({ body }) => JSON.stringify(body ?? null).includes("on from the kept one"))
  expect(asked.at(0)?.body).toMatchObject({
    model: "accounts/fireworks/models/glm-5p3-flash",
    messages: [
      { role: "system" },
      { role: "user", content: "[[words n=2000 rate=50]] side by side" },
      { role: "assistant", content: stopped },
      { role: "user" },
      { role: "assistant" },
      { role: "user" },
    ],
  })
  await chat.articles("assistant").first().hover()
  await chat.articles("assistant").first().getByRole("button", { name: "Next version" }).click()
  await expect(chat.answer().locator("p").first()).toHaveText(words(2000))
})

test("a failed answer is retried while the others stream; a message sent meanwhile waits", async ({ chat }) => {
  const { page } = chat
  await chooseThree(page)
  await chat.ask("[[fault status=422 times=1]] [[words n=1500 rate=50]]")
  const failed = page.locator("[data-compared='failed']")
  await expect(failed).toHaveCount(1)
  await expect(failed.getByRole("button", { name: /^Use this answer/ }), "a failed answer can't be used").toHaveCount(0)
  const name = await failed.getAttribute("aria-label")
  await chat.ask("[[echo]] and then")
  await expect(page.getByRole("region", { name: "Queued messages" })).toContainText("and then")
  await failed.getByRole("button", { name: "Retry" }).click()
  await expect(failed).toHaveCount(0)
  await expect(page.locator("[data-compared='streaming']")).toHaveCount(3)
  await chat.reload()
  await expect(columns(page)).toHaveCount(3)
  await expect(page.locator("[data-compared='complete']")).toHaveCount(3, { timeout: 120_000 })
  await expect(page.getByRole("region", { name: "Queued messages" }), "nothing is sent automatically").toBeVisible()
  await page
    .getByRole("region", { name: name ?? "", exact: true })
    .getByRole("button", { name: /^Use this answer/ })
    .click()
  await expect(chat.articles("user")).toHaveCount(2)
  await expect(page.locator("[data-compared='complete']")).toHaveCount(3, { timeout: 30_000 })
  await expect(columns(page).first()).toContainText("and then")

  // Models that don't accept images are named before sending, and can be left out.
  const picture = { name: "blue.png", mimeType: "image/png", buffer: await blueSquare() }
  await page.locator("input[type='file']").setInputFiles(picture)
  const blind = page.getByRole("status").filter({ hasText: "choose models that can" })
  await expect(blind).toContainText(GPT)
  await blind.getByRole("button", { name: "Remove it" }).click()
  await expect(blind).toHaveCount(0)
  await chat.ask("[[echo]] what is it?")
  await expect(columns(page)).toHaveCount(2)
})

test("on a phone there is a tab per model, usable by touch and keyboard, and every state is accessible", async ({
  chat,
}) => {
  const { page } = chat
  await chooseThree(page)
  await page.getByRole("combobox", { name: "Model", exact: true }).press("ArrowDown")
  await expect(page.getByRole("option", { selected: true })).toHaveCount(3)
  await accessible(page, "choosing")
  await page.keyboard.press("Escape")
  await chat.ask("[[words n=100 rate=40]]")
  await expect(columns(page)).toHaveCount(3)
  await expect(textOf(column(page, GLM))).toContainText("w5")
  await accessible(page, "streaming side by side")
  await expect(page.locator("[data-compared='complete']")).toHaveCount(3, { timeout: 30_000 })
  await accessible(page, "side by side")

  await page.setViewportSize({ width: 360, height: 740 })
  const tabs = page.getByRole("tab")
  await expect(tabs).toHaveCount(3)
  await expect(columns(page).filter({ visible: true })).toHaveCount(1)
  await tabs.first().press("ArrowRight")
  await expect(tabs.nth(1)).toBeFocused()
  await expect(column(page, GLM)).toBeVisible()
  await expect(columns(page).filter({ visible: true })).toHaveCount(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await accessible(page, "tabs")
  // Full names: the row scrolls to the displayed one instead of truncating them.
  await page.setViewportSize({ width: 320, height: 740 })
  expect(await tabs.evaluateAll((all) => all.some((tab) => tab.scrollWidth > tab.clientWidth))).toBe(false)
  await expect(page.getByRole("tablist")).toHaveAttribute("data-more", /right/)
  await tabs.nth(1).press("End")
  await expect(tabs.last()).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole("tablist")).toHaveAttribute("data-more", "left")
  await page.setViewportSize({ width: 360, height: 740 })

  // A share shows every answer with its model.
  await page.getByRole("button", { name: "Share" }).click()
  await page.getByRole("button", { name: "Create link" }).click()
  const shared = await page.context().newPage()
  await shared.goto(await page.getByRole("dialog").getByRole("textbox", { name: "Link" }).inputValue())
  for (const name of [KIMI, GLM, GPT]) {
    await expect(shared.getByRole("heading", { name })).toBeVisible()
    await expect(textOf(column(shared, name))).toHaveText(words(100))
  }
  await accessible(shared, "shared")
  await shared.close()
  await page.keyboard.press("Escape")
  // No answer used: the page's description matches what happens.
  await page.getByRole("button", { name: "Stop comparing" }).click()
  await chat.ask("[[echo]] on")
  await expect(columns(page)).toHaveCount(0)
  await chat.ended()
  await expect(chat.articles("assistant").first().getByText("1 / 3")).toBeAttached()

  // Closing the list keeps the checked models, and only checked models are compared.
  const model = page.getByRole("combobox", { name: "Model", exact: true })
  await page.setViewportSize({ width: 1280, height: 740 })
  await model.press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  await expect(page.getByRole("option", { selected: true })).toHaveCount(3)
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Stop comparing" })).toHaveCount(0)
  await model.press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  await page.getByRole("option", { selected: true }).first().click()
  await page.getByRole("heading", { level: 1 }).click()
  await expect(model).toHaveText("2 models")
  await expect(page.getByRole("button", { name: "Stop comparing" })).toBeVisible()
})

test("after kill -9 every answer is interrupted with its text, and continues alongside the others", async ({
  page,
  modelServer,
}) => {
  const port = await freePort()
  const first = await startApp({ port, env: fireworksEnv(modelServer) })
  const chat = new ChatPage(page, first)
  await chat.open()
  await chooseThree(page)
  await chat.ask("[[words n=1800 rate=60]]")
  for (const name of [KIMI, GLM, GPT]) await expect(textOf(column(page, name))).toContainText("w30")
  await first.kill9()
  const second = await startApp({ port, dataDir: first.dataDir, env: fireworksEnv(modelServer) })
  await expect(page.locator("[data-compared='interrupted']")).toHaveCount(3, { timeout: 120_000 })
  for (const name of [KIMI, GLM, GPT]) await expect(textOf(column(page, name))).toContainText("w20")
  for (const name of [KIMI, GPT]) await column(page, name).getByRole("button", { name: "Continue" }).click()
  await expect(page.locator("[data-compared='streaming']")).toHaveCount(2)
  for (const name of [KIMI, GPT]) {
    await expect(column(page, name)).toHaveAttribute("data-compared", "complete", { timeout: 120_000 })
    await expect(textOf(column(page, name))).toHaveText(words(1_800))
  }
  await expect(column(page, GLM)).toHaveAttribute("data-compared", "interrupted")
  await second.stop()
  rmSync(first.dataDir, { recursive: true, force: true })
})
