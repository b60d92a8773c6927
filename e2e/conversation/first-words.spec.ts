/** What a new user sees first: who answers, suggestions, the demo model's answer; and that everything stays private. */
import { readdirSync, statSync } from "node:fs"
import path from "node:path"
import { cardOf, connected, give, withFirstStart } from "@/e2e/support/first-start"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { GOOD_KEY } from "@/lib/ai/account.fixture"

test("the page's note on the answering model is shown once, and again when it changes", async ({ page }) => {
  await withFirstStart(async ({ app }) => {
    const chat = new ChatPage(page, app)
    await chat.open()
    await cardOf(page).getByRole("button", { name: "Dismiss" }).click()
    await expect(cardOf(page)).toHaveCount(0)
    await chat.reload()
    await expect(page.getByRole("button", { name: "Add an API key" })).toBeVisible()
    await expect(page.getByText("demo model")).toHaveCount(0)
    await page.getByRole("button", { name: "Add an API key" }).click()
    await give(page, GOOD_KEY)
    await expect(connected(page)).toBeVisible()
    await chat.reload()
    await expect(page.getByText("Answers come from Fireworks AI.")).toBeVisible()
    await chat.askAndWait("[[echo]] Hello")
    await page.getByRole("button", { name: "New chat", exact: true }).click()
    await expect(page.getByRole("heading", { name: "What can I help with?" })).toBeVisible()
    await expect(page.getByText("Answers come from Fireworks AI.")).toHaveCount(0)
    await chat.open()
    await expect(page.getByText("Answers come from Fireworks AI.")).toHaveCount(0)
  })
})

test("on a phone the card is not cut off", async ({ page, demoApp }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await new ChatPage(page, demoApp).open()
  const card = cardOf(page)
  for (const part of await card.locator("p, a, input, button, code").all()) {
    await part.scrollIntoViewIfNeeded()
    const box = await part.boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390)
    expect(
      await part.evaluate((element) => element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0),
    ).toBe(true)
  }
  const code = await card.locator("code").last().boundingBox()
  const field = await page.getByRole("textbox", { name: "Message", exact: true }).boundingBox()
  expect((code?.y ?? 0) + (code?.height ?? 0)).toBeLessThanOrEqual(field?.y ?? 0)
})

test("the demo model's starters show what it supports, and it introduces itself once", async ({ page, demoApp }) => {
  const chat = new ChatPage(page, demoApp)
  await chat.open()
  await expect(page.getByRole("button", { name: /Explain/ })).toHaveCount(0)
  await expect(page.getByRole("button", { name: /^Describe an image/ })).toBeVisible()
  await page.getByRole("button", { name: /^Make a table/ }).click()
  const table = await chat.ended()
  await expect(table.getByRole("table")).toContainText("37")
  await expect(table).toContainText("built-in demo model")
  await expect(page.getByRole("navigation").getByRole("link", { name: "Table of the first 12 primes" })).toBeVisible()
  await expect(await chat.askAndWait("What is 2+2?")).not.toContainText("demo model")
  await chat.open()
  await page.getByRole("button", { name: /^Draw a diagram/ }).click()
  // Mermaid is loaded for it, which takes a while on a busy machine.
  await expect((await chat.ended()).getByRole("img", { name: /Flowchart/ })).toBeVisible({ timeout: 60_000 })
  await chat.open()
  await page.getByRole("button", { name: /^Turn text into data/ }).click()
  await expect(await chat.ended()).toContainText("Ann Miller")
  const title = page.getByRole("navigation").getByRole("link", { name: "Ann Miller, 34, is an optician" })
  await expect(title).toBeVisible()
})

test("a tool without network access reports it in plain language", async ({ page }) => {
  await withFirstStart(async ({ app }) => {
    const chat = new ChatPage(page, app)
    await chat.open()
    const answer = await chat.askAndWait("What is the weather in Paris?")
    await expect(answer).toContainText("I couldn't get the weather for Paris.")
    await expect(answer).not.toContainText("WeatherError")
  })
})

/** Everything below a folder, with its mode; files that are removed in the meantime are left out. */
const modesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const found = statSync(path.join(folder, name), { throwIfNoEntry: false })
    return found ? `${found.isDirectory() ? "folder" : "file"} ${(found.mode & 0o777).toString(8)}` : []
  })

test("the data folder is accessible to its owner only, after a start and an upload", async ({ page }) => {
  await withFirstStart(async ({ app, dataDir }) => {
    const chat = new ChatPage(page, app)
    await chat.open()
    await give(page, GOOD_KEY)
    await expect(connected(page)).toBeVisible()
    const chooser = page.waitForEvent("filechooser")
    await page.getByRole("button", { name: "Attach images" }).click()
    await (await chooser).setFiles("public/icons/any-192.png")
    await chat.askAndWait("[[echo]] look")
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe("700")
    expect(new Set(modesBelow(dataDir))).toEqual(new Set(["folder 700", "file 600"]))
    expect(readdirSync(dataDir)).toEqual(
      expect.arrayContaining(["api-key.json", "auth-secret", "files", "sparkler.db-wal"]),
    )
  })
})
