/**
 * An eval from its first case to comparing two runs: creating, importing, running, viewing, retrying, choosing blind,
 * exporting.
 */
import { readFileSync } from "node:fs"
import { expect, type Page, test } from "@playwright/test"
import { startApp } from "@/e2e/support/app"
import { check, checkBothThemes } from "@/e2e/support/axe"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { startRowUpstream } from "@/lib/grids/upstream.fixture"

const MODEL = "accounts/fireworks/models/kimi-k3"
const OTHER = "accounts/fireworks/models/glm-5p3-flash"
const JUDGE = "accounts/fireworks/models/gpt-oss-120b"

async function addCase(page: Page, question: string, kind: string, field: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Add case" }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("textbox", { name: "Question" }).fill(question)
  await dialog.getByRole("combobox", { name: "Check" }).selectOption(kind)
  await dialog.getByRole("textbox", { name: field }).fill(value)
  await dialog.getByRole("button", { name: "Save", exact: true }).click()
  await expect(dialog).toBeHidden()
}

async function startRun(page: Page, second: boolean): Promise<void> {
  await page.getByRole("button", { name: "Run", exact: true }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("combobox", { name: "Model for column A" }).selectOption(MODEL)
  if (second) {
    const b = dialog.getByRole("combobox", { name: "Model for column B" })
    if (!(await b.isVisible())) await dialog.getByRole("button", { name: "Add column" }).click()
    await b.selectOption(OTHER)
  }
  await expect(dialog.getByText(/^Estimated cost: about \$/)).toBeVisible()
  await dialog.getByRole("button", { name: "Run all" }).click()
}

test("an eval is created, run on two models, rerun, voted blind, and compared", async ({ page }) => {
  const upstream = await startRowUpstream([MODEL, OTHER, JUDGE])
  upstream.faults = { percent: 0, delayMs: 150 }
  let isBetter = false
  upstream.reply = (asked, row) => {
    if (asked.response_format?.json_schema?.name === "verdict")
      return JSON.stringify({ reason: "It names the row.", pass: true })
    if (asked.model === OTHER && row === 1 && !isBetter) return 400
    return asked.model === MODEL || row > 2 || isBetter ? `Row ${row}` : `This is no. ${row}`
  }
  const env = { FIREWORKS_API_KEY: "fw-test", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: MODEL }
  const app = await startApp({ env })
  try {
    await page.goto(app.url)
    await page.getByRole("link", { name: "Evals" }).click()
    await expect(page.getByText("No evals yet.")).toBeVisible()
    await check(page, "no evals")
    await waitUntilInteractive(page.getByRole("button", { name: "New eval" }))
    await page.getByRole("button", { name: "New eval" }).click()
    await page.getByRole("textbox", { name: "Name" }).fill("Rows")
    await page.getByRole("button", { name: "Create" }).click()
    await expect(page.getByText("No cases yet.")).toBeVisible()

    await addCase(page, "This is row 0. Which one?", "exact", "Expected text", "row 0")
    await addCase(page, "This is row 1. Which one?", "pattern", "Regular expression", "^Row \\d$")
    await addCase(page, "This is row 2. Which one?", "judge", "Rubric", "It names the row.")
    await page.getByRole("button", { name: "Run", exact: true }).click()
    await page.getByRole("button", { name: "Run all" }).click()
    await expect(page.getByRole("alert").filter({ hasText: "Choose a judge model first" })).toBeVisible()
    await page.keyboard.press("Escape")
    await page.getByRole("combobox", { name: "Judge model" }).selectOption(JUDGE)
    await page.getByRole("button", { name: "Import cases" }).click()
    const csv = ["question,expected", ...Array.from({ length: 20 }, (_, n) => `This is row ${n + 3}.,row ${n + 3}`)]
    const file = { name: "cases.csv", mimeType: "text/csv", buffer: Buffer.from(csv.join("\n")) }
    await page.getByTestId("eval-cases-file").setInputFiles(file)
    await expect(page.getByRole("status").filter({ hasText: "20 cases found" })).toBeVisible()
    await page.getByRole("button", { name: "Add 20 cases" }).click()
    await expect(page.getByRole("listitem").filter({ hasText: "This is row 22." })).toBeVisible()
    await checkBothThemes(page, "an eval")

    await startRun(page, true)
    await expect(page.getByRole("heading", { name: "Rows · Run 1" })).toBeVisible()
    // It continues while no page is open.
    await page.reload()
    await expect(page.getByText("46 of 46", { exact: false })).toBeVisible({ timeout: 120_000 })
    const figures = page.getByRole("region", { name: "Results by column" })
    await expect(figures.getByRole("row").nth(1)).toContainText("23 of 23")
    await expect(figures.getByRole("row").nth(2)).toContainText("21 of 23")
    await expect(figures.getByRole("row").nth(2)).toContainText("1 error")
    await checkBothThemes(page, "a run")

    await page.getByRole("button", { name: "Case 1, column B: Fail" }).click()
    await expect(page.getByRole("dialog").getByText("Difference")).toBeVisible()
    await page.getByRole("dialog").getByRole("button", { name: "Next case" }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Next case" }).click()
    await expect(page.getByRole("dialog").getByText("Judged by gpt-oss-120b")).toBeVisible()
    await check(page, "a case")
    await page.keyboard.press("Escape")
    isBetter = true
    await page.getByRole("button", { name: "Retry 1 answer" }).click()
    await expect(figures.getByRole("row").nth(2)).toContainText("22 of 23")
    await page.getByRole("combobox", { name: "Show" }).selectOption("Columns differ")
    await expect(page.getByRole("button", { name: /^Case \d+, column B/ })).toHaveCount(1)

    // No response reveals a model's name until the result is requested.
    const bodies: string[] = []
    page.on("response", (response) => {
      if (response.url().includes("/blind"))
        response.text().then(
          (text) => bodies.push(text),
          () => undefined,
        )
    })
    await page.getByRole("button", { name: "Compare blind" }).click()
    await expect(page.getByText("23 questions left")).toBeVisible()
    await page.getByRole("article").filter({ hasText: "This is no. 0" }).getByRole("button").click()
    await expect(page.getByText("22 questions left")).toBeVisible()
    await page.getByRole("button", { name: "Tie", exact: true }).click()
    await expect(page.getByText("21 questions left")).toBeVisible()
    await checkBothThemes(page, "a blind choice")
    await expect.poll(() => bodies.length).toBeGreaterThan(1)
    for (const body of bodies) for (const name of [MODEL, OTHER, "kimi", "glm"]) expect(body).not.toContain(name)
    await page.getByRole("button", { name: "Show the result" }).click()
    await expect(page.getByRole("listitem").filter({ hasText: "glm-5p3-flash" })).toContainText("1 win")
    await expect(page.getByText("1 tie")).toBeVisible()
    await page.getByRole("button", { name: "Back to the run" }).click()

    await page.getByRole("button", { name: "Options for “Run 1”" }).click()
    const saved = page.waitForEvent("download")
    await page.getByRole("menuitem", { name: "Export as CSV" }).click()
    const lines = readFileSync(await (await saved).path(), "utf8")
      .trim()
      .split(/\r?\n/)
    expect(lines).toHaveLength(47)
    await page.getByRole("link", { name: "Back to the eval" }).click()

    await startRun(page, true)
    await expect(page.getByText("46 of 46", { exact: false })).toBeVisible({ timeout: 120_000 })
    await page.getByRole("link", { name: "Back to the eval" }).click()
    await expect(page.getByRole("figure", { name: "Pass rate by run" })).toBeVisible()
    for (const number of [1, 2]) await page.getByRole("checkbox", { name: `Select run ${number} to compare` }).check()
    await page.getByRole("button", { name: "Compare two runs" }).click()
    await expect(page.getByRole("heading", { name: "Run 1 and run 2" })).toBeVisible()
    await expect(page.getByText("1 case now passes")).toBeVisible()
    await expect(page.getByText("No results changed.")).toBeVisible()
    await checkBothThemes(page, "two runs compared")

    await page.getByRole("link", { name: "Back to the eval" }).click()
    await page.getByRole("button", { name: "Options for “Rows”" }).click()
    await page.getByRole("menuitem", { name: "Delete" }).click()
    // Hovering pauses its timer.
    await page.getByRole("button", { name: "Undo" }).hover()
    await expect(page.getByText("No evals yet.")).toBeVisible()
    await page.getByRole("button", { name: "Undo" }).click()
    await expect(page.getByRole("heading", { name: "Rows" })).toBeVisible()
  } finally {
    await app.stop()
    await upstream.close()
  }
})
