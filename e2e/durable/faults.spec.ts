/** Failures are shown in an understandable sentence, lose nothing, and write one line to the log. */
import { launch, startApp } from "@/e2e/support/app"
import { API_KEY, ChatPage, expect, MODEL, test } from "@/e2e/support/fixtures"

const lines = (log: string) => log.split("\n").filter((line) => /error|refused|can't|failed|answer /i.test(line))

test("an invalid key", async ({ page, modelServer }) => {
  const app = await startApp({
    env: { FIREWORKS_API_KEY: "fw-wrong", FIREWORKS_BASE_URL: modelServer.url, DEFAULT_MODEL: MODEL },
  })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("Hello there")
  const answer = await chat.ended("failed")
  await expect(answer).toContainText("rejected the API key")
  await expect(chat.articles("user")).toContainText("Hello there")
  await page.reload()
  await expect(chat.answer()).toContainText("rejected the API key")
  expect(lines(app.log()).filter((line) => line.startsWith("answer "))).toHaveLength(1)
  await app.stop()
})

test("an unreachable model server, and a Retry that works when it is back", async ({ page, modelServer }) => {
  const app = await startApp({
    env: { FIREWORKS_API_KEY: API_KEY, FIREWORKS_BASE_URL: "http://127.0.0.1:9/inference/v1", DEFAULT_MODEL: MODEL },
  })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("Hello there")
  const answer = await chat.ended("failed")
  await expect(answer).toContainText("Can't reach")
  await expect(answer.getByRole("button", { name: "Retry" })).toBeVisible()
  await expect(chat.articles("user")).toContainText("Hello there")
  await app.stop()
  expect(modelServer.url).toContain("127.0.0.1")
})

test("Retry asks again and gets an answer", async ({ chat }) => {
  await chat.ask("[[fault status=500 times=2]] [[echo]] at last")
  const failed = await chat.ended("failed")
  await failed.getByRole("button", { name: "Retry" }).click()
  await chat.ended()
  await expect(chat.answer()).toContainText("at last")
  await expect(chat.articles("assistant")).toHaveCount(1)
})

test("a model the server doesn't have", async ({ page, modelServer }) => {
  const app = await startApp({
    env: {
      FIREWORKS_API_KEY: API_KEY,
      FIREWORKS_BASE_URL: modelServer.url,
      DEFAULT_MODEL: "accounts/fireworks/models/nonsense",
    },
  })
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("Hello there")
  const failed = await chat.ended("failed")
  await expect(failed.getByRole("alert")).toContainText("The model server doesn't have this model")
  await expect(chat.articles("user")).toContainText("Hello there")
  await app.stop()
})

test("an empty message can't be sent", async ({ chat }) => {
  await chat.message.fill("   ")
  await expect(chat.send).toBeDisabled()
  await chat.message.press("Enter")
  await expect(chat.articles("user")).toHaveCount(0)
})

test("1 MB of text is rejected with the limit, and stays in the field", async ({ chat }) => {
  const text = "lorem ipsum ".repeat(87_500)
  await chat.message.fill(text)
  await chat.send.click()
  await expect(chat.page.getByRole("alert").filter({ hasText: "400,000" })).toBeVisible()
  expect((await chat.message.inputValue()).length).toBe(text.length)
})

test("a text file named .png is attached as text, and the message stays", async ({ chat }) => {
  await chat.message.fill("look at this")
  const chooser = chat.page.waitForEvent("filechooser")
  await chat.page.getByRole("button", { name: "Attach images" }).click()
  await (await chooser).setFiles({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("these are notes") })
  await expect(chat.page.getByRole("button", { name: "Open notes.png 1 line" })).toBeVisible()
  await expect(chat.message).toHaveValue("look at this")
})

test("an interrupted stream keeps the partial answer and says so", async ({ chat }) => {
  await chat.ask("[[fault cut=30]] [[words n=100]]")
  const answer = await chat.ended("failed")
  await expect(answer).toContainText("w10")
  await expect(answer).toContainText("broke before the answer was complete")
})

for (const [place, text] of [
  ["Nowhereville", "No place named"],
  ["Refusedville", "rejected the request"],
] as const)
  test(`the weather of ${place}: the card shows the error`, async ({ chat }) => {
    const answer = await chat.askAndWait(`What's the weather in ${place}?`)
    await expect(answer.locator('[data-tool="get_weather"]')).toContainText(text)
  })

for (const [name, value, allowed] of [
  ["MAX_IMAGE_MB", "many", "from 1 to 200"],
  ["FIREWORKS_BASE_URL", "nonsense", "http or https"],
  ["DATABASE_URL", "mysql://x", "postgresql://"],
] as const)
  test(`an invalid ${name} stops the start with its name and the allowed values`, async () => {
    const { exited, log } = launch({ dataDir: "/tmp/sparkler-never", port: 0, env: { [name]: value } })
    expect(await exited).toBe(1)
    expect(log()).toContain(`${name} is wrong`)
    expect(log()).toContain(allowed)
    expect(log()).not.toContain("    at ")
  })
