/** A grid from a CSV to its answers: creating, trying, running, viewing, editing, comparing, exporting. */
import { readFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { startApp } from "@/e2e/support/app"
import { check, checkBothThemes } from "@/e2e/support/axe"
import { waitUntilInteractive } from "@/e2e/support/interactive"
import { startRowUpstream } from "@/lib/grids/upstream.fixture"

const MODEL = "accounts/fireworks/models/kimi-k3"
const OTHER = "accounts/fireworks/models/glm-5p3-flash"
const SCHEMA = {
  type: "object",
  properties: { row: { type: "integer" }, even: { type: "boolean" } },
  required: ["row", "even"],
}

test("a CSV becomes a grid that fills, is edited, compared, and exported", async ({ page }) => {
  const upstream = await startRowUpstream([MODEL, OTHER])
  const env = { FIREWORKS_API_KEY: "fw-test", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: MODEL }
  const app = await startApp({ env })
  try {
    await page.goto(app.url)
    await page.getByRole("link", { name: "Data grids" }).click()
    await expect(page.getByText("No grids yet.")).toBeVisible()
    await check(page, "no grids")
    await page.getByRole("link", { name: "New grid" }).click()
    const create = page.getByRole("button", { name: "Create and run all" })
    await waitUntilInteractive(create)
    await create.click()
    await expect(page.getByRole("alert").filter({ hasText: "Add inputs first." })).toBeVisible()
    const csv = ["id,text", ...Array.from({ length: 120 }, (_, n) => `${n},"This is row ${n}."`)].join("\n")
    const file = { name: "reviews.csv", mimeType: "text/csv", buffer: Buffer.from(csv) }
    await page.getByTestId("grid-files").setInputFiles(file)
    await expect(page.getByRole("status").filter({ hasText: "120 rows" })).toBeVisible()
    await page.getByRole("button", { name: "Choose schema" }).click()
    await page.getByRole("button", { name: /^Custom/ }).click()
    await page.getByRole("dialog").getByRole("textbox").last().fill(JSON.stringify(SCHEMA))
    await page.getByRole("button", { name: "Done" }).click()
    await expect(page.getByText("2 fields")).toBeVisible()
    await check(page, "a new grid")
    await page.getByRole("button", { name: "Create and try 3 rows" }).click()
    await expect(page.getByText("The first 3 rows are done.")).toBeVisible()
    await expect(page.getByRole("gridcell", { name: "This is row 0." })).toBeVisible()
    await page.getByRole("button", { name: "Run all" }).click()
    await expect(page.getByText(/^120 done/)).toBeVisible({ timeout: 120_000 })
    expect([...upstream.answered.values()].every((count) => count === 1)).toBe(true)
    await checkBothThemes(page, "a grid")

    // With keys: the first row, the number column.
    await page.getByRole("grid").focus()
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key)
    await page.getByRole("textbox", { name: "Value" }).fill("999")
    await page.getByRole("button", { name: "Save" }).click()
    await expect(page.getByRole("gridcell", { name: /999/ })).toBeVisible()
    await page.getByRole("combobox", { name: "Show" }).selectOption("Edited")
    await expect(page.getByText("1 of 120 rows")).toBeVisible()
    await page.getByRole("combobox", { name: "Show" }).selectOption("All rows")
    await page.getByRole("columnheader", { name: "row", exact: true }).getByRole("button").click()
    await expect(page.getByRole("dialog").getByText("Mean")).toBeVisible()
    await page.getByRole("button", { name: "Sort descending" }).click()
    await expect(page.getByRole("row").nth(1)).toContainText("999")

    await page.getByRole("button", { name: /^Options for “/ }).click()
    const saved = page.waitForEvent("download")
    await page.getByRole("menuitem", { name: "Export" }).press("ArrowRight")
    await page.getByRole("menuitem", { name: "CSV" }).press("Enter")
    const lines = readFileSync(await (await saved).path(), "utf8")
      .trim()
      .split(/\r?\n/)
    expect(lines).toHaveLength(121)
    expect(lines[2]).toContain("999")

    await page.getByRole("button", { name: /^Options for “/ }).click()
    await page.getByRole("menuitem", { name: "Compare with a second model" }).click()
    await page.getByRole("button", { name: "Add model" }).click()
    await page.getByRole("button", { name: "Continue" }).click()
    await expect(page.getByText(/^240 done/)).toBeVisible({ timeout: 120_000 })
    await page.getByRole("combobox", { name: "Show" }).selectOption("Models differ")
    await expect(page.getByText("1 of 120 rows")).toBeVisible()
    await page.reload()
    await expect(page.getByText(/^240 done/)).toBeVisible()
    const options = page.getByRole("button", { name: /^Options for “/ })
    await waitUntilInteractive(options)
    await options.click()
    await page.getByRole("menuitem", { name: "Delete" }).click()
    // Hovering pauses its timer.
    await page.getByRole("button", { name: "Undo" }).hover()
    await expect(page.getByText("No grids yet.")).toBeVisible()
    await page.getByRole("button", { name: "Undo" }).click()
    await expect(page.getByText(/^240 done/)).toBeVisible()
  } finally {
    await app.stop()
    await upstream.close()
  }
})
