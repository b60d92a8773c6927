/** The model's context window: how full it is, what doesn't fit, and summaries. */
import { z } from "zod"
import { startApp } from "@/e2e/support/app"
import { API_KEY, ChatPage, expect, fireworksEnv, MODEL, test } from "@/e2e/support/fixtures"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"

const streamed = z.object({ stream: z.literal(true), messages: z.array(z.looseObject({ role: z.string() })) })

/** The messages that the model received last, without the instructions. */
function lastTurns({ requests }: DemoServer) {
  const bodies = requests.flatMap(({ body }) => streamed.safeParse(body).data ?? [])
  return (bodies.at(-1)?.messages ?? []).filter(({ role }) => role !== "system")
}

test("a summary replaces earlier messages, for the model only", async ({ page }) => {
  const modelServer = await startDemoServer({ testMode: true, apiKey: API_KEY, models: [{ id: MODEL }] })
  const app = await startApp({ env: fireworksEnv(modelServer) })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("My first question is about tulips")
  await chat.askAndWait("And about daffodils")
  await page.getByRole("button", { name: /^Context: \d+\s?% of the model's window used$/ }).click()
  const facts = page.getByRole("dialog", { name: "Context" })
  await expect(facts).toContainText("All messages are included.")
  await expect(facts).toContainText(/About \d+ of the [\d,]+ tokens/)
  await facts.getByRole("button", { name: "Summarize to free space" }).click()
  await expect(chat.articles("assistant")).toHaveCount(3)
  await expect(await chat.ended()).toContainText("tulips")
  await expect(page.getByRole("article", { name: "Summarized up to here" })).toBeVisible()

  await chat.askAndWait("What now?")
  const sent = lastTurns(modelServer)
  expect(sent).toHaveLength(1)
  expect(JSON.stringify(sent)).toMatch(/Summary of our conversation so far:.*tulips.*What now\?/s)
  await page.getByRole("button", { name: /^Context: / }).click()
  await expect(facts).toContainText("The 6 oldest messages are summarized.")
  await page.keyboard.press("Escape")

  await chat.reload()
  await expect(page.getByText("My first question is about tulips").first()).toBeVisible()
  await expect(page.getByRole("article", { name: "Summarized up to here" })).toBeVisible()
  await app.stop()
  await modelServer.close()
})

test("messages that don't fit are omitted from the beginning, with a note", async ({ page }) => {
  const models = [{ id: MODEL, context_length: 9_000 }]
  const modelServer = await startDemoServer({ testMode: true, apiKey: API_KEY, models })
  const app = await startApp({ env: fireworksEnv(modelServer) })
  const chat = new ChatPage(page, app)
  await chat.open()
  for (const flower of ["tulip", "rose", "lily"])
    await chat.askAndWait(`[[words n=5]] ${flower} ${"petal ".repeat(1_400)}`)
  await chat.askAndWait("[[echo]] done")
  const sent = JSON.stringify(lastTurns(modelServer))
  expect(sent).toContain("lily")
  expect(sent).toContain("done")
  expect(sent).not.toContain("tulip")
  await page.getByRole("button", { name: /^Context: / }).click()
  await expect(page.getByRole("dialog", { name: "Context" })).toContainText(
    /The \d oldest messages don't fit and are left out\./,
  )
  await app.stop()
  await modelServer.close()
})
