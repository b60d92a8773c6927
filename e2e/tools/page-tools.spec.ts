/** Tools that the reader's page runs or the reader answers. */
import { readFile } from "node:fs/promises"
import { freePort, startApp } from "../support/app"
import { check } from "../support/axe"
import { ChatPage, expect, fireworksEnv, test } from "../support/fixtures"

test("JavaScript runs in the page without approval, its output is shown, and the model continues with it", async ({
  chat,
}) => {
  await chat.open()
  await chat.ask("please run this javascript: console.log([1, 2, 3].map((n) => n * 2)); return 6 * 7")
  const card = chat.answer().getByRole("region", { name: "Tool JavaScript" })
  await expect(card.getByRole("region", { name: "Output" })).toContainText("[2, 4, 6]")
  await expect(card.getByRole("region", { name: "Output" })).toContainText("42")
  await chat.ended()
  await expect(chat.answer().locator(".prose-chat").last()).toContainText("42")
  await card.getByRole("button", { name: /JavaScript/ }).click()
  await expect(card.getByText("console.log")).toBeVisible()
  await chat.reload()
  await expect(card.getByRole("region", { name: "Output" })).toContainText("[2, 4, 6]")
})

test("long output is shown in part, with a note to the model, and saved as a file", async ({ chat, modelServer }) => {
  await chat.open()
  const answer = await chat.askAndWait(
    "please run this javascript: for (let n = 0; n < 9000; n++) console.log('line ' + n)",
  )
  const card = answer.getByRole("region", { name: "Tool JavaScript" })
  await expect(card.getByRole("region", { name: "Output" })).not.toContainText("line 8999")
  const [download] = await Promise.all([
    chat.page.waitForEvent("download"),
    card.getByRole("link", { name: /Download full result/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe("output.txt")
  expect(await readFile(await download.path(), "utf8")).toMatch(/^line 0\n[\s\S]*\nline 8999\n/)
  // The title may have been requested since.
  const told = modelServer.requests
    .map(({ body }) => JSON.stringify(body ?? null))
    .findLast((body) => body.includes('"role":"tool"'))
  expect(told).toContain("the person can download all of it")
  expect(told).not.toContain("line 8999")
})

test("an exception is shown and reported to the model", async ({ chat }) => {
  await chat.open()
  await chat.ask("please run this javascript: null.missing")
  const card = chat.answer().getByRole("region", { name: "Tool JavaScript" })
  await expect(card.getByRole("region", { name: "Output" })).toContainText("TypeError")
  await expect(card.getByRole("status")).toHaveText("failed with an error")
})

test("running code is stopped by its button, and the answer continues without it", async ({ chat }) => {
  await chat.open()
  await chat.ask("please run this javascript: for (;;) {}")
  const card = chat.answer().getByRole("region", { name: "Tool JavaScript" })
  await card.getByRole("button", { name: "Stop" }).click()
  await expect(card).toContainText("This tool was stopped.")
  await chat.ended()
})

test("with two tabs open, one of them runs the code, once", async ({ chat, modelServer }) => {
  await chat.open()
  await chat.askAndWait("[[echo]] hello")
  const other = new ChatPage(await chat.page.context().newPage(), chat.app)
  await other.open(new URL(chat.page.url()).pathname)
  const before = modelServer.requests.length
  await chat.ask("please run this javascript: return 6 * 7")
  for (const tab of [chat, other])
    await expect(tab.answer().getByRole("region", { name: "Output" })).toContainText("42")
  await chat.ended()
  // Two rounds of one answer; a title request has no tools.
  const asked = modelServer.requests.slice(before).filter(({ body }) => JSON.stringify(body).includes("run_javascript"))
  expect(asked).toHaveLength(2)
})

test("questions are a form that survives a reload and is answered by keyboard; the answers go to the model", async ({
  chat,
}) => {
  await chat.open()
  await chat.ask("ask me a few questions about my garden")
  const form = chat.answer().getByRole("form")
  await expect(form).toBeVisible()
  await chat.reload()
  await form.getByRole("button", { name: "Send answers" }).click()
  await expect(form.getByText("Answer this question.").first()).toBeVisible()
  await form.getByRole("textbox").first().fill("Roses")
  await form.getByRole("radio", { name: "Thorough" }).check()
  await form.getByRole("spinbutton").fill("40")
  await form.getByRole("radio", { name: "Yes" }).check()
  await form.getByRole("button", { name: "Send answers" }).click()
  await expect(form.getByText("Between 1 and 10.")).toBeVisible()
  await form.getByRole("spinbutton").fill("4")
  await check(chat.page, "questions")
  await form.getByRole("spinbutton").press("Enter")
  await expect(form).toHaveCount(0)
  await chat.ended()
  await expect(chat.answer()).toContainText("Thorough")
  await expect(chat.answer().getByRole("definition").first()).toHaveText("Roses")
})

test("a form survives a server crash", async ({ page, modelServer }) => {
  const env = fireworksEnv(modelServer)
  let app = await startApp({ env })
  const { dataDir, url } = app
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("ask me a few questions about my garden")
  const form = chat.answer().getByRole("form")
  await expect(form).toBeVisible()
  await app.kill9()
  app = await startApp({ env, dataDir, port: Number(new URL(url).port) })
  await chat.reload()
  await form.getByRole("button", { name: "Skip" }).click()
  await chat.ended()
  await expect(form).toHaveCount(0)
  await app.stop()
})

test("finished calls are collapsed into one line with a summary", async ({ chat }) => {
  await chat.open()
  await chat.ask("run javascript\n```js\nreturn 1\n```\n```js\nreturn 2\n```")
  const line = chat.answer().getByRole("button", { name: "ran JavaScript 2 times" })
  await expect(line).toBeVisible()
  await chat.ended()
  await line.click()
  await expect(chat.answer().getByRole("region", { name: "Tool JavaScript" })).toHaveCount(2)
})

test("an unreachable sandbox is reported, and the answer continues without it", async ({ page, modelServer }) => {
  const port = await freePort()
  // It runs, but its URL leads nowhere, as behind a proxy that doesn't forward to it.
  const env = {
    ...fireworksEnv(modelServer),
    APP_URL: `http://127.0.0.1:${port}`,
    SANDBOX_URL: `http://127.0.0.1:${await freePort()}`,
  }
  const app = await startApp({ env, port })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("please run this javascript: return 1")
  const card = chat.answer().getByRole("region", { name: "Tool JavaScript" })
  // The page waits fifteen seconds for the frame.
  await expect(card.getByRole("alert")).toContainText("can't reach the sandbox", { timeout: 120_000 })
  await card.getByRole("button", { name: "Continue without it" }).click()
  await chat.ended()
  await expect(card).toContainText("can't reach the sandbox")
  await app.stop()
})
