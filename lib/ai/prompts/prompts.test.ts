import { expect, test } from "vitest"
import { systemPrompt } from "@/lib/ai/prompts/prompts"

const LAST = /\n\nToday is \w+ \d+, \d{4}\.$/

test("every system prompt ends with the date, including with structured output instructions", () => {
  expect(systemPrompt({})).toMatch(LAST)
  expect(systemPrompt({ own: "Be brief." })).toMatch(LAST)
  expect(systemPrompt({ output: { type: "json" }, own: "Be brief." })).toMatch(LAST)
})

test("the assistant's identity comes from the user's system prompt, or else is Sparkler", () => {
  expect(systemPrompt({ own: " \n" })).toContain("assistant in Sparkler")
  expect(systemPrompt({ own: "You are a poet." })).toContain("You are a poet.")
  expect(systemPrompt({ own: "You are a poet." })).not.toContain("assistant in Sparkler")
})
