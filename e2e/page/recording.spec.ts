/** A turn is saved as a recording and played without a key or a model server. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Locator, Page } from "@playwright/test"
import { startApp } from "@/e2e/support/app"
import { check } from "@/e2e/support/axe"
import { API_KEY, type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { waitUntilInteractive } from "@/e2e/support/interactive"

const PLANTED = "fw_9mQ4tZ8kR2nL7vWx"
const QUESTION = "What time is it in Tokyo?"
const folder = mkdtempSync(path.join(tmpdir(), "sparkler-recording-"))

/** Asks, views what would be saved, and saves it; returns the file and the answer's text. */
async function saved(
  chat: ChatPage,
  question: string,
  told: string | RegExp = "requests to the model server, 1 tool call with its result",
) {
  const { page } = chat
  await chat.ask(question)
  await chat.ended()
  await chat.answer().getByRole("button", { name: "More" }).click()
  await page.getByRole("menuitem", { name: "Save recording…" }).click()
  const dialog = page.getByRole("dialog", { name: "Save recording" })
  await expect(dialog).toContainText(told)
  await check(page, "what is in a recording")
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Save" }).click(),
  ])
  await expect(dialog).toBeHidden()
  const file = path.join(folder, download.suggestedFilename())
  await download.saveAs(file)
  return { file, words: (await chat.answer().locator(".markdown").last().textContent()) ?? "" }
}

/** The same recording stretched to twenty seconds, so that there is time to pause it. */
function slowed(text: string): string {
  const lines = text.trim().split("\n")
  const slow = lines.map((line, place) => {
    const event = JSON.parse(line)
    return JSON.stringify("at" in event ? { ...event, at: (place / lines.length) * 20_000 } : event)
  })
  return `${slow.join("\n")}\n`
}

const open = (page: Page, file: string) => page.getByLabel("Choose a file…").last().setInputFiles(file)
const answerOf = (page: Page): Locator => page.locator('[data-recording] article[data-role="assistant"]')

test("an answer with a tool is saved without the key it contains, and played elsewhere", async ({ chat, browser }) => {
  const { file, words } = await saved(chat, QUESTION)
  const text = readFileSync(file, "utf8")
  expect(text).not.toContain(API_KEY)
  writeFileSync(file, slowed(text))
  const elsewhere = await startApp()
  const page = await browser.newPage()
  try {
    const asked: string[] = []
    page.on("request", (request) => request.method() === "POST" && asked.push(request.url()))
    await page.goto(`${elsewhere.url}/recordings`)
    await open(page, file)
    const bar = page.getByRole("region", { name: "Recording" })
    await bar.getByRole("button", { name: "Instant" }).click()
    await expect(answerOf(page)).toHaveAttribute("data-status", "complete")
    await expect(answerOf(page).locator(".markdown").last()).toHaveText(words)
    await expect(answerOf(page)).toContainText("Time")
    await expect(page.locator('[data-recording] article[data-role="user"]')).toContainText(QUESTION)
    await check(page, "a recording that is played")
    // From the start, paused.
    await bar.getByRole("button", { name: "1×" }).click()
    await bar.getByRole("button", { name: "Restart" }).click()
    await bar.getByRole("button", { name: "Pause" }).click()
    await expect(answerOf(page).and(page.locator('[data-status="complete"]'))).toHaveCount(0)
    await bar.getByRole("button", { name: "Play", exact: true }).click()
    await expect(answerOf(page)).toHaveAttribute("data-status", "complete", { timeout: 120_000 })
    expect(asked).toEqual([])
  } finally {
    await page.close()
    await elsewhere.stop()
  }
})

test("a key in the question is nowhere in the file, and the dialog says so", async ({ chat }) => {
  const { file } = await saved(chat, `[[echo]] the key is ${PLANTED}`, /Removed: [1-9] keys or passwords/)
  const text = readFileSync(file, "utf8")
  expect(text).not.toContain(PLANTED)
  expect(text).toContain("the key is [hidden]")
})

test("a truncated file plays up to its end; an invalid one is reported; playback loads nothing from its content", async ({
  chat,
}) => {
  const { page } = chat
  const { file } = await saved(chat, QUESTION)
  const lines = readFileSync(file, "utf8").split("\n")
  const half = path.join(folder, "half.ndjson")
  const chunks = lines.findIndex((line) => line.includes('"tool-output-available"'))
  writeFileSync(half, `${lines.slice(0, chunks).join("\n")}\n${lines[chunks]?.slice(0, 40)}`)
  await page.goto(`${chat.app.url}/recordings`)
  const broken = path.join(folder, "broken.ndjson")
  writeFileSync(broken, "not a recording")
  await open(page, broken)
  await expect(page.getByText("“broken.ndjson” is not a Sparkler recording.")).toBeVisible()
  writeFileSync(broken, [lines[0], '{"type":"chunks","at":"soon"}', ...lines.slice(1)].join("\n"))
  await open(page, broken)
  await expect(page.getByText("line 2 is damaged")).toBeVisible()
  await open(page, half)
  await page.getByRole("button", { name: "Instant" }).click()
  await expect(page.getByText("The end of this file is missing, so the recording stops early.")).toBeVisible()
  await expect(answerOf(page)).toHaveAttribute("data-status", "interrupted")
  await expect(answerOf(page)).toContainText("The recording ends before this tool finished.")

  const outside: string[] = []
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(chat.app.url).host && /^http/.test(request.url()))
      outside.push(request.url())
  })
  const evil = "https://evil.example.com/x.png"
  const delta = `<img src=x onerror="window.hurt=1"> ![x](${evil}) <script>window.hurt=1</script>`
  const hostile = [
    { type: "start" },
    { type: "file", mediaType: "image/png", url: evil },
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", delta },
    { type: "text-end", id: "1" },
    { type: "tool-input-available", toolCallId: "c", toolName: "run_javascript", input: { code: "window.hurt=1" } },
  ]
  writeFileSync(
    broken,
    `${[lines[0], JSON.stringify({ type: "chunks", at: 1e15, chunks: hostile }), JSON.stringify({ type: "finish", at: -5, status: "?" })].join("\n")}\n`,
  )
  await page.getByRole("button", { name: "Close the recording" }).click()
  await open(page, broken)
  await page.getByRole("button", { name: "Instant" }).click()
  await expect(answerOf(page)).toHaveAttribute("data-status", "interrupted")
  await expect(answerOf(page).locator("img")).toHaveCount(0)
  expect(await page.evaluate(() => Reflect.get(window, "hurt"))).toBeUndefined()
  expect(outside).toEqual([])
})

test("the demo model plays a folder of recordings", async ({ chat, browser }) => {
  const { file, words } = await saved(chat, QUESTION)
  const recordings = path.join(folder, "demo")
  mkdirSync(recordings, { recursive: true })
  const [head = "", ...lines] = readFileSync(file, "utf8").split("\n")
  const question = { text: "Play it again, Sparkler", files: [] }
  writeFileSync(
    path.join(recordings, "a.ndjson"),
    [JSON.stringify({ ...JSON.parse(head), question }), ...lines].join("\n"),
  )
  writeFileSync(path.join(recordings, "b.ndjson"), "nothing")
  const demo = await startApp({ env: { DEMO_RECORDINGS: recordings } })
  const page = await browser.newPage()
  try {
    await expect.poll(() => demo.log()).toContain("recording b.ndjson skipped")
    await page.goto(demo.url)
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("play it again, SPARKLER!")
    await page.getByRole("button", { name: "Send message" }).click()
    const answer = page.locator('article[data-role="assistant"]').last()
    await expect(answer).toHaveAttribute("data-status", "complete")
    await expect(answer.locator(".markdown").last()).toHaveText(words)
  } finally {
    await page.close()
    await demo.stop()
  }
})

test("a reader of a shared chat can't save a recording of it", async ({ chat, browser }) => {
  const { page } = chat
  await chat.ask(QUESTION)
  await expect(chat.answer()).toHaveAttribute("data-status", "complete")
  const id = chat.conversationId()
  const messageId = await chat.answer().getAttribute("data-message-id")
  const other = await browser.newContext()
  const reader = await other.newPage()
  await reader.goto(chat.app.url)
  const response = await reader.request.get(`${chat.app.url}/api/conversations/${id}/messages/${messageId}/recording`)
  expect(response.status()).toBe(404)
  const made = await page.request.post(`${chat.app.url}/api/conversations/${id}/shares`, {
    data: {},
    headers: { origin: chat.app.url },
  })
  const { share } = await made.json()
  await reader.goto(`${chat.app.url}${share.path}`)
  const more = reader.locator('article[data-role="assistant"]').getByRole("button", { name: "More" })
  await waitUntilInteractive(more)
  await more.click()
  await expect(reader.getByRole("menuitem").first()).toBeVisible()
  await expect(reader.getByRole("menuitem", { name: "Save recording…" })).toHaveCount(0)
  await other.close()
})
