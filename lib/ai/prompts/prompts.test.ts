import { expect, test } from "vitest"
import { systemPrompt } from "@/lib/ai/prompts/prompts"

const LAST = /\n\nToday is \w+ \d+, \d{4}\.$/

test("what every model is told ends with the day, also with instructions for data", () => {
  expect(systemPrompt({})).toMatch(LAST)
  expect(systemPrompt({ own: "Be brief." })).toMatch(LAST)
  expect(systemPrompt({ output: { type: "json" }, own: "Be brief." })).toMatch(LAST)
})

test("who it is, the person says, or Sparkler", () => {
  expect(systemPrompt({ own: " \n" })).toContain("assistant in Sparkler")
  expect(systemPrompt({ own: "You are a poet." })).toContain("You are a poet.")
  expect(systemPrompt({ own: "You are a poet." })).not.toContain("assistant in Sparkler")
})
