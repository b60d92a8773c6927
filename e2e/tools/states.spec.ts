/** The states of a call, produced with a paused model server: being written, running, stopped, and out of rounds. */
import type { Page } from "@playwright/test"
import { type App, startApp } from "@/e2e/support/app"
import { checkBothThemes } from "@/e2e/support/axe"
import { ChatPage, expect, MODEL, test } from "@/e2e/support/fixtures"
import { startWeb, type WebServer } from "@/e2e/support/web-server"
import {
  call,
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
} from "@/lib/generation/raw-upstream.fixture"

let upstream: RawUpstream
let web: WebServer
let app: App

test.beforeAll(async () => {
  upstream = await startRawUpstream(MODEL)
  web = await startWeb()
  app = await startApp({
    env: {
      ...{ FIREWORKS_API_KEY: "fw-test", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: MODEL },
      ...{ MAX_TOOL_STEPS: "2", ...web.env },
    },
  })
})
test.afterAll(async () => {
  await app.stop()
  await Promise.all([upstream.close(), web.close()])
})

async function opened(page: Page): Promise<ChatPage> {
  const chat = new ChatPage(page, app)
  await chat.open()
  return chat
}

/** Shorter arguments would arrive in one chunk: the SDK parses everything it has each time. */
const LONG = "old lamps ".repeat(24).trim()

/** An answer that pauses in the middle until the test continues it. */
function held(before: string[], after: string[]): { script: Script; goOn: () => void } {
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const script: Script = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const piece of before) response.write(piece)
    await gate
    for (const piece of after) response.write(piece)
    response.end()
  }
  return { script, goOn }
}

test("a call is shown while being written, running, and stopped; the next question works", async ({ page }) => {
  const chat = await opened(page)
  const written = held(
    [call("c1", "search_web", `{"query":"${LONG}`)],
    [call("c1", "search_web", ' of the coast"}'), finish("tool_calls")],
  )
  upstream.script = written.script
  let find = () => {}
  web.held = new Promise((resolve) => {
    find = resolve
  })
  await chat.ask("Look for lamps")
  const card = chat.answer().locator('[data-tool="search_web"]')
  await expect(card).toHaveAttribute("data-tool-state", "input-streaming")
  await expect(card).toContainText("writing…")
  await card.getByRole("button", { name: /Web search/ }).click()
  await expect(card).toContainText("old lamps old lamps")
  written.goOn()
  await expect(card).toHaveAttribute("data-tool-state", "input-available")
  await expect(card).toContainText(/running…\s*\d+ s/)
  await checkBothThemes(page, "a call that runs")
  await page.getByRole("button", { name: "Stop generating" }).click()
  await chat.ended("stopped")
  // The same sentence as after a reload.
  await expect(card).toContainText("The answer ended before this tool finished.")
  find()
  upstream.script = stream(text("All right."), finish())
  await chat.askAndWait("Never mind.")
  await expect(chat.answer()).toContainText("All right.")
  await chat.reload()
  await expect(chat.articles("assistant").first().locator('[data-tool="search_web"]')).toContainText(
    "The answer ended before this tool finished.",
  )
})

test("an answer that reached its step limit says so, and continues on request", async ({ page }) => {
  const chat = await opened(page)
  let count = 0
  // In the last round, no tool may be called.
  upstream.script = (response, asked) =>
    (asked.tool_choice === "none"
      ? stream(text("Nearly there."), finish())
      : stream(call(`c${count++}`, "current_time", '{"zones":["Europe/Paris"]}'), finish("tool_calls")))(
      response,
      asked,
    )
  const answer = await chat.askAndWait("What time is it?")
  await expect(answer).toContainText("This answer reached its limit of tool rounds.")
  await checkBothThemes(page, "an answer that is out of rounds")
  upstream.script = stream(text("It is late."), finish())
  await answer.getByRole("button", { name: "Continue" }).click()
  await expect(answer).toContainText("It is late.")
  await chat.ended()
  await expect(answer).not.toContainText("limit of tool rounds")
})
