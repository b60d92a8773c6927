/** Thinking levels, rarer parameters, and what an answer shows about its limits and costs. */
import type { Page } from "@playwright/test"
import { check } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"

/** The request with this question, as sent by the app. */
function sent(requests: { body: unknown }[], text: string): Record<string, unknown> {
  const bodies = requests.map(({ body }) => JSON.stringify(body)).filter((body) => body?.includes('"stream":true'))
  const found = bodies.findLast((body) => body.includes(text))
  if (!found) throw new Error("no such request")
  return JSON.parse(found)
}

const control = (page: Page) => page.getByRole("button", { name: /^Thinking: / })
const levels = (page: Page) => page.getByRole("menuitemradio")

async function openSettings(page: Page) {
  await page.getByRole("button", { name: /^Chat settings/ }).click()
  const settings = page.getByRole("dialog", { name: "Chat settings" })
  await expect(settings).toBeVisible()
  return settings
}

test("the reasoning levels of the selected model are next to the message, and another model's substitute is shown", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  await expect(control(page)).toHaveAccessibleName("Thinking: Default")
  await control(page).click()
  await expect(levels(page)).toHaveText(["Default", "Off", "Low", "Medium", "High", "Max"])
  await levels(page).getByText("Medium").click()
  await expect(control(page)).toHaveAccessibleName("Thinking: Medium")
  const first = `[[echo]] first ${Date.now()}`
  await chat.askAndWait(first)
  expect(sent(modelServer.requests, first)).toMatchObject({ reasoning_effort: "medium" })

  // A model with neither “Off” nor “Medium”.
  await chat.chooseModel("GLM 5.3 Flash")
  await expect(control(page)).toHaveAccessibleName("Thinking: High")
  await control(page).click()
  await expect(levels(page)).toHaveText(["Default", "Low", "High", "Max"])
  await expect(page.getByText("GLM 5.3 Flash doesn't have “Medium”, so “High” is used.")).toBeVisible()
  await page.keyboard.press("Escape")
  const settings = await openSettings(page)
  await expect(settings.getByRole("radio", { name: "High" })).toBeChecked()
  await expect(settings.getByText("GLM 5.3 Flash doesn't have “Medium”, so “High” is used.")).toBeVisible()
  await settings.getByRole("button", { name: "Done" }).click()
  const second = `[[echo]] second ${Date.now()}`
  await chat.askAndWait(second)
  expect(sent(modelServer.requests, second)).toMatchObject({ reasoning_effort: "high" })

  // The choice is kept: the first model uses it again.
  await chat.chooseModel("Kimi K3")
  await expect(control(page)).toHaveAccessibleName("Thinking: Medium")
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test("a level is two taps away, and the adjacent buttons stay fully visible", async ({ chat, modelServer }) => {
    const { page } = chat
    await control(page).click()
    await levels(page).getByText("Off").click()
    await expect(control(page)).toHaveText("Off")
    const box = await chat.send.boundingBox()
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
    const text = `[[echo]] phone ${Date.now()}`
    await chat.askAndWait(text)
    expect(sent(modelServer.requests, text)).toMatchObject({ reasoning_effort: "none" })
  })
})

test("advanced parameters are collapsed, reject invalid values, and are sent to the model", async ({
  chat,
  modelServer,
}) => {
  const { page } = chat
  let settings = await openSettings(page)
  const minP = settings.getByLabel("Min P", { exact: true })
  await expect(minP).toBeHidden()
  await settings.getByText("Advanced").click()
  await minP.fill("0.05")
  const frequency = settings.getByLabel("Frequency penalty", { exact: true })
  await frequency.fill("-3")
  await expect(frequency).toHaveAccessibleDescription(/Enter -2 to 2\. Using the default for now\.$/)
  await settings.getByRole("button", { name: "Done" }).click()
  await expect(frequency).toBeFocused()
  await frequency.fill("-0.5")
  await settings.getByLabel("Seed", { exact: true }).fill("42")
  const stop = settings.getByLabel("Stop sequences")
  await stop.fill("1\n2\n3\n4\n5")
  await expect(stop).toHaveAccessibleDescription(/Up to 4 allowed\. The previous ones apply for now\.$/)
  await settings.getByRole("button", { name: "Done" }).click()
  await expect(stop).toBeFocused()
  await stop.fill("END\n\\n\\n")
  await settings.getByLabel("Treat control tokens as text").check()
  await check(page, "advanced settings")
  await settings.getByRole("button", { name: "Done" }).click()
  const text = `[[echo]] rare ${Date.now()}`
  await chat.askAndWait(text)
  expect(sent(modelServer.requests, text)).toMatchObject({
    min_p: 0.05,
    frequency_penalty: -0.5,
    seed: 42,
    stop: ["END", "\n\n"],
    safe_tokenization: true,
  })
  // Changed settings are visible when the dialog is opened again.
  await chat.reload()
  settings = await openSettings(page)
  await expect(settings.getByLabel("Stop sequences")).toHaveValue("END\n\\n\\n")
  await expect(settings.getByLabel("Seed", { exact: true })).toHaveValue("42")
})

test("a truncated answer shows where it was cut, and its receipt shows the cache savings", async ({ chat }) => {
  const { page } = chat
  const settings = await openSettings(page)
  await settings.getByLabel("Max output tokens").fill("30")
  await settings.getByRole("button", { name: "Done" }).click()
  await chat.ask("[[words: 60]]")
  const answer = await chat.ended()
  await expect(answer.getByText("Stopped at the limit of 30 tokens.")).toBeVisible()
  await answer.getByRole("button", { name: "Continue" }).click()
  await expect(answer).toHaveAttribute("data-status", "complete")
  const next = await chat.askAndWait("[[echo]] and on")
  await next.getByRole("button", { name: "About this answer" }).click()
  const receipt = page.getByRole("dialog", { name: "About this answer" })
  await expect(receipt.getByText("Cached input tokens").first()).toBeVisible()
  await expect(receipt.getByText("Saved by caching").first()).toBeVisible()
})

test("token alternatives are shown in the answer when requested, by pointer and by keyboard", async ({ chat }) => {
  const { page } = chat
  const settings = await openSettings(page)
  await settings.getByText("Advanced").click()
  await settings.getByLabel("Alternatives per word").fill("2")
  await settings.getByRole("button", { name: "Done" }).click()
  const answer = await chat.askAndWait("[[echo]] light and shade")
  const toggle = answer.getByRole("button", { name: "Word probabilities" })
  await toggle.click()
  await expect(toggle).toHaveAttribute("aria-pressed", "true")
  const word = answer.locator("[data-word]").last()
  await word.hover()
  // The demo server's alternative token is the same word in capitals.
  await expect(answer.getByRole("status")).toContainText((await word.innerText()).trim().toUpperCase())
  await answer.locator("[data-word]").first().focus()
  await page.keyboard.press("ArrowRight")
  await expect(answer.locator('[data-word="1"]')).toBeFocused()
  await expect(answer.getByRole("list", { name: "Other likely words" }).getByRole("listitem")).toHaveCount(2)
  await check(page, "likely words")
  await toggle.click()
  await expect(answer.locator("[data-word]")).toHaveCount(0)
})
