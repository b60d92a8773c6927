/** Dictation and reading aloud. */
import { checkBothThemes } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"
import { withSpeech } from "@/e2e/support/speech"

test("dictation is inserted at the caret after consent, and answers are read aloud", async ({ page, chat }) => {
  await withSpeech(page)
  await chat.reload()
  await chat.message.fill("Dear , goodbye")
  await chat.message.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5))
  await page.getByRole("button", { name: "Dictate" }).click()
  const asked = page.getByRole("dialog", { name: "Dictate messages" })
  await expect(asked).toContainText("send the audio to their maker")
  await checkBothThemes(page, "before dictation")
  await page.keyboard.press("Escape")
  await expect(asked).toBeHidden()
  await page.getByRole("button", { name: "Dictate" }).click()
  await asked.getByRole("button", { name: "Start dictating" }).click()
  const stop = page.getByRole("button", { name: "Stop dictating" })
  await expect(stop).toBeVisible()
  await checkBothThemes(page, "listening")
  await page.evaluate(() => window.speech.say("an"))
  await page.evaluate(() => window.speech.say("Ann", " how are you"))
  await expect(chat.message).toHaveValue("Dear Ann how are you, goodbye")
  await stop.click()
  await expect(stop).toBeHidden()
  await expect(chat.message).toBeFocused()

  // Asks for permission once; typing ends it; errors are shown.
  await page.getByRole("button", { name: "Dictate" }).click()
  await expect(stop).toBeVisible()
  await chat.message.fill("What is 6*7?")
  await expect(stop).toBeHidden()
  await page.getByRole("button", { name: "Dictate" }).click()
  await expect(stop).toBeVisible()
  await page.evaluate(() => window.speech.fail("not-allowed"))
  await expect(page.getByText("Microphone access is blocked")).toBeVisible()
  await expect(chat.message).toHaveValue("What is 6*7?")
  await chat.message.press("Enter")
  await expect(chat.articles("assistant")).toHaveCount(1)

  const answer = await chat.ended()
  await answer.getByRole("button", { name: "Read aloud" }).click()
  await expect(answer.getByRole("button", { name: "Stop reading aloud" })).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.speech.spoken.join(" "))).toContain("6×7 = 42")
  expect(await page.evaluate(() => window.speech.spoken.join(" "))).not.toContain("**")
  await page.getByRole("button", { name: "Stop reading aloud" }).click()
  expect(await page.evaluate(() => window.speech.spoken)).toEqual([])
  await answer.getByRole("button", { name: "Read aloud" }).click()
  await expect.poll(() => page.evaluate(() => window.speech.spoken.length)).toBeGreaterThan(0)
  // Opening another conversation stops the audio.
  await page.getByRole("link", { name: "New chat" }).first().click()
  await expect.poll(() => page.evaluate(() => window.speech.spoken.length)).toBe(0)
})
