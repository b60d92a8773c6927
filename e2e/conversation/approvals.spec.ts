/** A tool that needs approval: what the person sees and decides, across reloads and a server crash. */
import path from "node:path"
import { pathToFileURL } from "node:url"
import { type App, startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"

const TOOL = pathToFileURL(path.join(import.meta.dirname, "../support/tool-that-asks.mjs")).href

let app: App
test.beforeEach(async ({ modelServer }) => {
  app = await startApp({ env: { ...fireworksEnv(modelServer), NODE_OPTIONS: `--import=${TOOL}` } })
})
test.afterEach(() => app.stop("SIGINT"))

async function asked(chat: ChatPage) {
  await chat.open()
  await chat.ask("please erase the note of Paris")
  const card = chat.answer().getByRole("region", { name: "Tool erase_note" })
  await expect(card.getByText("waiting for you")).toBeVisible()
  await expect(card.getByText("Paris")).toBeVisible()
  await expect(card.getByRole("group", { name: "Allow erase_note to run?" })).toBeVisible()
  return card
}

test("a call is shown with its arguments, approved by keyboard after a reload, and the answer continues", async ({
  page,
}) => {
  const chat = new ChatPage(page, app)
  await asked(chat)
  await chat.reload()
  const card = chat.answer().getByRole("region", { name: "Tool erase_note" })
  expect(app.log()).not.toContain("erased")
  await card.getByRole("button", { name: "Don't allow" }).focus()
  await page.keyboard.press("Tab")
  await expect(card.getByRole("button", { name: "Allow once" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(card.getByText("done")).toBeVisible()
  await expect(card.getByRole("button", { name: "Allow once" })).toHaveCount(0)
  await expect(chat.answer()).toHaveAttribute("data-status", "complete")
  await expect(chat.articles("assistant")).toHaveCount(1)
  await expect(chat.answer()).toContainText("Erased Paris")
  await expect.poll(() => app.log()).toContain("erased Paris")
})

test("a denied call does not run, and the answer continues without it", async ({ page }) => {
  const chat = new ChatPage(page, app)
  const card = await asked(chat)
  await card.getByRole("button", { name: "Don't allow" }).click()
  await expect(card.getByText("not allowed")).toBeVisible()
  await expect(chat.answer()).toHaveAttribute("data-status", "complete")
  expect(app.log()).not.toContain("erased")
})

test("another message denies the call, and the buttons disappear", async ({ page }) => {
  const chat = new ChatPage(page, app)
  await asked(chat)
  await chat.ask("[[echo]] Never mind")
  const card = chat.articles("assistant").first().getByRole("region", { name: "Tool erase_note" })
  await expect(chat.articles("assistant")).toHaveCount(2)
  await expect(chat.answer()).toHaveAttribute("data-status", "complete")
  await expect(card.getByRole("button", { name: "Allow once" })).toHaveCount(0)
  await expect(card).toContainText("not allowed")
})

test("the approval request survives a server crash", async ({ page, modelServer }) => {
  const chat = new ChatPage(page, app)
  await asked(chat)
  await app.kill9()
  const { dataDir, url } = app
  app = await startApp({
    env: { ...fireworksEnv(modelServer), NODE_OPTIONS: `--import=${TOOL}` },
    dataDir,
    port: Number(new URL(url).port),
  })
  await chat.reload()
  const card = chat.answer().getByRole("region", { name: "Tool erase_note" })
  await card.getByRole("button", { name: "Allow once" }).click()
  await expect(card.getByText("done")).toBeVisible()
  await expect.poll(() => app.log()).toContain("erased Paris")
})
