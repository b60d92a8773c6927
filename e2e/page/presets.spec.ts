/** Settings of a chat, and presets. */
import type { Page } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

const settingsOf = (page: Page) => page.getByRole("dialog", { name: "Chat settings" })

async function openSettings(page: Page) {
  await page.getByRole("button", { name: "Chat settings" }).click()
  await expect(settingsOf(page)).toBeVisible()
  return settingsOf(page)
}

/** The request with this question, as sent by the app. */
function sent(requests: { path: string; body: unknown }[], text: string): Record<string, unknown> {
  const bodies = requests.map(({ body }) => JSON.stringify(body)).filter((body) => body?.includes('"stream":true'))
  const found = bodies.findLast((body) => body.includes(text))
  if (!found) throw new Error("no such request")
  return JSON.parse(found)
}

/** Waits until the server has received a change of settings. */
const told = (page: Page, id: string) =>
  page.waitForResponse(
    (response) =>
      response.url().endsWith(`/api/conversations/${id}`) &&
      response.ok() &&
      (response.request().postData() ?? "").includes('"settings"'),
  )

test("a chat's settings are sent to the model, stay with the chat, and show in its other tab", async ({
  chat,
  context,
  modelServer,
}) => {
  const { page } = chat
  let settings = await openSettings(page)
  await settings.getByLabel("System prompt").fill("Answer like a pirate.")
  await settings.getByLabel("Temperature", { exact: true }).fill("0.3")
  // Values out of range are rejected with a message; nothing is changed.
  const topK = settings.getByLabel("Top K", { exact: true })
  await topK.fill("500")
  await expect(topK).toHaveAccessibleDescription(/Enter 0 to 100\. Using the default for now\.$/)
  await expect(topK).toHaveAttribute("aria-invalid", "true")
  await check(page, "a value out of range")
  await settings.getByRole("button", { name: "Done" }).click()
  await expect(topK).toBeFocused()
  await settings.getByRole("button", { name: "Save as preset" }).click()
  await expect(topK).toBeFocused()
  await expect(settings.getByRole("textbox", { name: /name/i })).toHaveCount(0)
  await topK.fill("100")
  await expect(settings.getByRole("alert")).toHaveCount(0)
  await settings.getByLabel("Max output tokens").fill("900")
  await settings.getByText("High", { exact: true }).click()
  await settings.getByLabel("Weather").uncheck()
  await page.keyboard.press("Escape")
  const button = page.getByRole("button", { name: "Chat settings (changed)" })
  await expect(button).toBeFocused()

  // Nothing was sent yet, and a reload keeps the change.
  await chat.reload()
  await expect(button).toBeVisible()
  const first = `[[echo]] first ${Date.now()}`
  await chat.askAndWait(first)
  const body = sent(modelServer.requests, first)
  expect(body).toMatchObject({ temperature: 0.3, top_k: 100, max_tokens: 900, reasoning_effort: "high" })
  expect(JSON.stringify(body.tools)).toContain('"calculate"')
  expect(JSON.stringify(body.tools)).not.toContain('"get_weather"')
  expect(JSON.stringify(body.messages)).toContain("Answer like a pirate.")

  // The other tab of the chat is notified of a change that no message has sent.
  const other = new ChatPage(await context.newPage(), chat.app)
  await other.open(new URL(page.url()).pathname)
  const otherSettings = await openSettings(other.page)
  await expect(otherSettings.getByLabel("System prompt")).toHaveValue("Answer like a pirate.")
  settings = await openSettings(page)
  const change = told(page, chat.conversationId())
  await settings.getByLabel("System prompt").fill("Answer like a poet.")
  await change
  await expect(otherSettings.getByLabel("System prompt")).toHaveValue("Answer like a poet.")
  const cleared = told(page, chat.conversationId())
  await settings.getByRole("button", { name: "Reset to defaults" }).click()
  await cleared
  await settings.getByLabel("System prompt").fill("x".repeat(20_001))
  await expect(settings.getByRole("alert")).toHaveText(/20,001 characters; the limit is 20,000/)
  await settings.getByRole("button", { name: "Done" }).click()
  await other.page.close()

  await chat.reload()
  await expect(page.getByRole("button", { name: "Chat settings", exact: true })).toBeVisible()
  const second = `[[echo]] second ${Date.now()}`
  await chat.askAndWait(second)
  const plain = sent(modelServer.requests, second)
  expect(plain.temperature).toBeUndefined()
  expect(JSON.stringify(plain.tools)).toContain('"get_weather"')
  expect(JSON.stringify(plain.messages)).not.toMatch(/pirate|poet|xxx/)
})

async function savePreset(page: Page, name: string) {
  await page.getByRole("button", { name: "Save as preset" }).click()
  await page.getByRole("textbox", { name: "Preset name" }).fill(name)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("combobox", { name: "Preset" })).toContainText(name)
}

test("a preset contains model, settings and output format, starts new chats, and is restored after deletion", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  await chat.chooseModel("GLM 5.3 Flash")
  await page.getByRole("button", { name: "Structured output" }).click()
  await page.getByRole("button", { name: /^Review/ }).click()
  await page.getByRole("button", { name: "Done" }).click()
  const settings = await openSettings(page)
  await settings.getByLabel("System prompt").fill("You judge films.")
  await savePreset(page, "Film critic")
  await settings.getByRole("button", { name: "Use “Film critic” for new chats" }).click()
  await expect(settings.getByRole("combobox", { name: "Preset" })).toContainText("Film critic (for new chats)")
  await settings.getByRole("button", { name: "Done" }).click()
  await settings.waitFor({ state: "hidden" })

  await chat.askAndWait("A dull film about a lamp.")
  await page.keyboard.press("Control+Shift+O")
  await expect(chat.articles("user")).toHaveCount(0)
  await expect(page.getByText("Review", { exact: true })).toBeVisible()
  const text = `A fine film about a door ${Date.now()}`
  await chat.askAndWait(text)
  const body = sent(modelServer.requests, text)
  expect(body).toMatchObject({
    model: "accounts/fireworks/models/glm-5p3-flash",
    response_format: { type: "json_schema", json_schema: { name: "review" } },
  })
  expect(JSON.stringify(body.messages)).toContain("You judge films.")

  // Changed, saved, deleted, restored.
  await openSettings(page)
  await settings.getByLabel("System prompt").fill("You praise films.")
  await settings.getByRole("button", { name: "Save changes to “Film critic”" }).click()
  await expect(settings.getByRole("button", { name: "Save changes to" })).toHaveCount(0)
  await settings.getByRole("button", { name: "Delete “Film critic”" }).click()
  await expect(settings.getByText("Deleted “Film critic”")).toBeVisible()
  await expect(settings.getByRole("button", { name: "Undo" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(settings.getByRole("combobox", { name: "Preset" })).toContainText("Film critic")
  await page.keyboard.press("Escape")
  await expect(settings).toHaveCount(0)

  // Another chat uses it with its command.
  await page.keyboard.press("Control+Shift+O")
  await expect(chat.articles("user")).toHaveCount(0)
  await chat.chooseModel("Kimi")
  await openSettings(page)
  await settings.getByRole("button", { name: "Reset to defaults" }).click()
  await settings.getByRole("button", { name: "Done" }).click()
  await expect(settings).toHaveCount(0)
  await chat.message.fill("/preset film")
  await expect(page.getByRole("option")).toHaveCount(1)
  await chat.message.press("Enter")
  await expect(chat.message).toHaveValue("")
  await expect(page.getByRole("combobox", { name: "Model" })).toContainText("GLM")
  await openSettings(page)
  await expect(settings.getByLabel("System prompt")).toHaveValue("You praise films.")
})

test("a preset with an unlisted model requests it anyway", async ({ chat }) => {
  const { page, app } = chat
  const made = await page.request.post(`${app.url}/api/presets`, {
    data: { id: crypto.randomUUID(), name: "Old", model: "accounts/x/models/lost", settings: { topK: 9 } },
    headers: { origin: app.url },
  })
  expect(made.status()).toBe(201)
  await chat.reload()
  await chat.message.fill("/old")
  await expect(page.getByRole("option", { name: /^\/old/ })).toBeVisible()
  await chat.message.press("Enter")
  await expect(page.getByRole("combobox", { name: "Model" })).toHaveText("lost")
  const settings = await openSettings(page)
  await expect(settings.getByLabel("Top K", { exact: true })).toHaveValue("9")
})

test("a folder's new chats start with the folder's tools", async ({ chat, modelServer }) => {
  const { page, app } = chat
  await chat.open()
  const id = crypto.randomUUID()
  const made = await page.request.post(`${app.url}/api/folders`, {
    headers: { origin: app.url },
    data: { id, name: "Garden" },
  })
  expect(made.status()).toBe(201)
  await chat.open(`/?folder=${id}`)
  const settings = await openSettings(page)
  const keep = settings.getByRole("button", { name: "Use these tools for new chats in “Garden”" })
  await settings.getByLabel(/^Weather/).uncheck()
  await keep.click()
  await expect(page.getByText("New chats in “Garden” start with these tools")).toBeVisible()
  await chat.open(`/?folder=${id}`)
  const question = `[[echo]] in the garden ${Date.now()}`
  await chat.askAndWait(question)
  expect(JSON.stringify(sent(modelServer.requests, question).tools)).toContain('"calculate"')
  expect(JSON.stringify(sent(modelServer.requests, question).tools)).not.toContain('"get_weather"')
  // Elsewhere, all tools are on.
  await chat.open()
  const other = `[[echo]] elsewhere ${Date.now()}`
  await chat.askAndWait(other)
  expect(JSON.stringify(sent(modelServer.requests, other).tools)).toContain('"get_weather"')
})
