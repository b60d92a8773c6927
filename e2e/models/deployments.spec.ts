/**
 * A deployment of the account that starts from zero: what a person sees if that takes too long, or if Sparkler crashes
 * meanwhile.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "@playwright/test"
import { freePort, startApp } from "@/e2e/support/app"
import { API_KEY, ChatPage, expect, test } from "@/e2e/support/fixtures"
import { watchForElement } from "@/e2e/support/watch-for-element"
import { startDemoServer } from "@/lib/demo/demo-server"

const DEPLOYMENT = "accounts/standin/deployments/d"

/** A model server whose deployment refuses this many requests until it is up, and a guest who asks it. */
async function scene(startsAfter: number, more: Record<string, string> = {}) {
  const models = [{ id: DEPLOYMENT, startsAfter }]
  const server = await startDemoServer({ testMode: true, apiKey: API_KEY, models, tokensPerSecond: 0, firstTokenMs: 0 })
  const env = { FIREWORKS_API_KEY: API_KEY, FIREWORKS_BASE_URL: server.url, DEFAULT_MODEL: DEPLOYMENT, ...more }
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-deployments-"))
  const place = { dataDir, port: await freePort(), env }
  const clear = async () => {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { place, clear }
}

async function asking(page: Page, app: Awaited<ReturnType<typeof startApp>>): Promise<ChatPage> {
  const chat = new ChatPage(page, app)
  await chat.open()
  const starts = await watchForElement(page, "article", "usually 5 to 10 minutes")
  await chat.ask("[[echo]] is it up?")
  await starts()
  return chat
}

test("a deployment that does not start in time fails with a message, and Retry waits again", async ({ page }) => {
  const { place, clear } = await scene(2, { STARTING_TIMEOUT_S: "1" })
  const app = await startApp(place)
  const chat = await asking(page, app)
  const failed = await chat.ended("failed")
  await expect(failed.getByRole("alert")).toContainText("The deployment didn't start within 1 second.")
  await expect(failed.getByRole("timer")).toHaveCount(0)
  await chat.reload()
  await expect(failed.getByRole("alert")).toContainText("The deployment didn't start within 1 second.")
  await failed.getByRole("button", { name: "Retry" }).click()
  await chat.ended()
  await expect(chat.answer()).toContainText("is it up?")
  await app.stop()
  await clear()
})

test("when Sparkler is killed while waiting, the question is kept and can be asked again", async ({ page }) => {
  // Not before it is killed.
  const { place, clear } = await scene(4)
  const app = await startApp(place)
  const chat = await asking(page, app)
  await app.kill9()
  const again = await startApp(place)
  const interrupted = await chat.ended("interrupted")
  await expect(interrupted.getByRole("alert")).toContainText("stopped before the answer started")
  await expect(interrupted.getByRole("timer")).toHaveCount(0)
  await chat.reload()
  await expect(chat.articles("user")).toContainText("is it up?")
  await interrupted.getByRole("button", { name: "Retry" }).click()
  await chat.ended()
  await expect(chat.answer()).toContainText("is it up?")
  await expect(chat.articles("user")).toHaveCount(1)
  await again.stop()
  await clear()
})
