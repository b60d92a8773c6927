/** A model without tool support that no list describes: it answers anyway, and the page mentions it once. */

import { startApp } from "@/e2e/support/app"
import { API_KEY, ChatPage, expect, fireworksEnv, MODEL, test } from "@/e2e/support/fixtures"
import { startDemoServer } from "@/lib/demo/demo-server"

test("content the model doesn't support is omitted, with one notice", async ({ page }) => {
  const modelServer = await startDemoServer({
    testMode: true,
    apiKey: API_KEY,
    listing: "error",
    models: [{ id: MODEL, supports_tools: false }],
  })
  // Without the account's list, nothing indicates that the model has no tools.
  const app = await startApp({ env: { ...fireworksEnv(modelServer), FIREWORKS_ACCOUNT_URL: "http://127.0.0.1:9" } })
  const chat = new ChatPage(page, app)
  await chat.open()
  const note = page.getByText("This model doesn't support tools, so it answered without them.")
  await chat.askAndWait("[[echo]] What is the weather in Oslo?")
  await expect(note).toHaveCount(1)
  await expect(chat.answer()).toContainText("What is the weather in Oslo?")
  await chat.askAndWait("[[echo]] And in Bergen?")
  await expect(note).toHaveCount(1)
  await chat.reload()
  await expect(note).toHaveCount(1)
  await app.stop()
  await modelServer.close()
})
