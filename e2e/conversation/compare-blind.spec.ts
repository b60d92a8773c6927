/** Blind comparisons, merged answers, and the comparison record. */
import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

const columns = (page: Page) => page.locator("[data-compared]")
const whole = (page: Page) => page.locator("[data-compared='complete']")
const model = (page: Page) => page.getByRole("combobox", { name: "Model", exact: true })
const NAMES = /kimi|glm|gpt|to first token|tokens\/s|\$\d/i

async function compareThree(page: Page, { blind }: { blind: boolean }): Promise<void> {
  await model(page).press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  const search = page.getByRole("combobox", { name: "Search models" })
  for (const words of ["glm flash", "gpt oss"]) {
    await search.fill(words)
    await expect(page.getByRole("option")).toHaveCount(1)
    await page.keyboard.press("Enter")
    await search.fill("")
  }
  if (blind) await page.getByRole("checkbox", { name: /^Blind/ }).press("Space")
  await page.getByRole("button", { name: "Compare 3 models" }).press("Enter")
}

/** Everything in the conversation that can be read or hovered: text, names, URLs. */
const told = (page: Page) =>
  page
    .getByRole("log")
    .evaluate((log) =>
      [
        log.textContent,
        ...Array.from(log.querySelectorAll("*"), (element) =>
          Array.from(element.attributes, ({ value }) => value).join(" "),
        ),
      ].join(" "),
    )

async function accessible(page: Page, state: string): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
  const { violations } = await new AxeBuilder({ page }).withTags(tags).disableRules(["heading-order"]).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`),
    state,
  ).toEqual([])
}

test("a blind comparison names no model on the page, after a reload, or in a second tab, until one is chosen; the vote is counted, and undone", async ({
  chat,
}) => {
  const { page } = chat
  await compareThree(page, { blind: true })
  await expect(page.getByRole("status").filter({ hasText: /^Blind comparison/ })).toBeVisible()
  await chat.ask("[[words n=60]] who is who?")
  await expect(whole(page)).toHaveCount(3)
  const other = new ChatPage(await page.context().newPage(), chat.app)
  await other.open(new URL(page.url()).pathname)
  await chat.reload()
  for (const tab of [page, other.page]) {
    await expect(whole(tab)).toHaveCount(3)
    await expect(tab.getByRole("region", { name: "Answer B", exact: true })).toContainText("w59")
    expect(await told(tab)).not.toMatch(NAMES)
  }
  await accessible(page, "blind")
  await page.getByRole("button", { name: "B is best" }).press("Enter")
  await expect(chat.message).toBeFocused()
  for (const tab of [page, other.page]) {
    await expect(tab.getByRole("region", { name: /kimi/i })).toBeVisible()
    await expect(columns(tab).nth(1)).toContainText("Your choice")
    await expect(columns(tab).nth(1)).toContainText("to first token")
  }
  await accessible(page, "told")
  const chosen = await columns(page).nth(1).getAttribute("aria-label")

  // A blind choice counts once, whichever answer is used afterward.
  await columns(page)
    .nth(0)
    .getByRole("button", { name: /^Use this answer/ })
    .click()
  // The verdict's notice, which is still visible, has its own Undo. Hovering pauses the timers.
  const notice = page.locator(".toasts li").filter({ hasText: /^Continuing with/ })
  await notice.hover()
  await expect(columns(page)).toHaveCount(0)
  await notice.getByRole("button", { name: "Undo" }).click()
  await expect(columns(page)).toHaveCount(3)
  await page.goto(`${chat.app.url}/#settings/comparisons`)
  const table = page.getByRole("table", { name: "Blind comparisons" })
  await expect(table.getByRole("row").nth(1)).toHaveText(new RegExp(`^${chosen}.*1000100%$`))
  await expect(table.getByRole("row")).toHaveCount(4)
  await expect(page.getByRole("table")).toHaveCount(1)
  await accessible(page, "the record")
  await page.getByRole("button", { name: "Reset counts" }).press("Enter")
  await page.getByRole("button", { name: "Reset", exact: true }).click()
  await expect(page.getByText("Nothing counted yet.")).toBeVisible()
})

test("a message sent without choosing reveals the names; ties are counted, and the next question is blind again", async ({
  chat,
}) => {
  const { page } = chat
  await compareThree(page, { blind: true })
  await chat.ask("[[echo]] first")
  await expect(whole(page)).toHaveCount(3)
  await expect(page.getByText("the chat continues with Answer A")).toBeVisible()
  await chat.ask("[[echo]] second")
  await expect(chat.articles("user")).toHaveCount(2)
  await expect(whole(page)).toHaveCount(3)
  await expect(page.getByRole("button", { name: "C is best" })).toBeVisible()
  await page.getByRole("button", { name: "Tie" }).click()
  await expect(page.getByRole("region", { name: /glm/i })).toContainText("Tie")
  await page.goto(`${chat.app.url}/#settings/comparisons`)
  await expect(page.getByRole("row", { name: /kimi.* 0 0 1 0 50%/i })).toBeVisible()
})

test("one model merges the answers, surviving a reload; the merged answer is used, lists its sources, and counts as no vote", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  await compareThree(page, { blind: false })
  await chat.ask("[[words n=400 rate=100]] merge these")
  await expect(whole(page)).toHaveCount(3, { timeout: 30_000 })
  await page.getByRole("button", { name: "Merge with another model" }).press("Enter")
  await page.getByRole("menuitem", { name: /glm.5.*flash/i }).press("Enter")
  const merged = page.getByRole("region", { name: "Merged answer" })
  await expect(merged.locator("article p").last()).toContainText("w20")
  await chat.reload()
  await expect(merged).toHaveAttribute("data-compared", "complete", { timeout: 30_000 })
  await expect(merged).toContainText(/Merged from .*Kimi K3.*GLM.*gpt.* by GLM 5.3 Flash/i)
  await accessible(page, "merged")
  const asked = modelServer.requests.filter(({ body }) => JSON.stringify(body ?? null).includes("<quoted-answers-"))
  expect(asked.map(({ body }) => body)).toMatchObject([{ model: "accounts/fireworks/models/glm-5p3-flash" }])

  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole("tab", { name: /^Merged answer/ }).click()
  await expect(columns(page).filter({ visible: true })).toHaveCount(1)
  await accessible(page, "merged on a phone")
  await merged.getByRole("button", { name: /^Use this answer/ }).click()
  await expect(columns(page)).toHaveCount(0)
  await expect(chat.answer()).toContainText(/Merged from .* by GLM/)
  await page.goto(`${chat.app.url}/#settings/comparisons`)
  await expect(page.getByText("Nothing counted yet.")).toBeVisible()
})
