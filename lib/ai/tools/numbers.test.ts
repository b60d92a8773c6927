import type { ModelMessage } from "ai"
import { expect, test } from "vitest"
import { numbersOf } from "@/lib/ai/tools/numbers"

const context = () => ({ userId: "u", conversationId: "c", settings: {} })
const told = (value: string): ModelMessage => ({
  role: "tool",
  content: [{ type: "tool-result", toolCallId: "1", toolName: "search_web", output: { type: "text", value } }],
})
const asked: ModelMessage = { role: "user", content: "[7] what?" }

test("calls in one answer number sources consecutively, and each answer starts over", () => {
  const one = context()
  expect([numbersOf(one, [asked])(3), numbersOf(one, [asked])(2), numbersOf(one, [asked])(1)]).toEqual([1, 4, 6])
  expect(numbersOf(context(), [asked])(1)).toBe(1)
})

test("a continued answer numbers on from its own sources, not from an earlier answer's", () => {
  const messages = [
    asked,
    told("[40] Old\nhttps://a.example"),
    asked,
    told("x\n[1] A\n\n[2] B\nsays [9] and [1000] more"),
  ]
  expect(numbersOf(context(), messages)(1)).toBe(3)
})
