import { expect, test } from "vitest"
import { FOLDED_ANSWER_PX, foldedQuestion, isLongAnswer, isOpen, setOpen } from "@/components/message/place/folds"
import { estimateFullHeight, estimateHeight } from "@/components/message/place/near"
import type { ChatMessage } from "@/lib/messages/types"

const message = (role: "user" | "assistant", text: string, id = text.slice(0, 12)): ChatMessage => ({
  id,
  role,
  parts: [{ type: "text", text }],
})

test("an answer counts as long by its lines or characters; one of two screens is not long", () => {
  expect(isLongAnswer(estimateFullHeight(message("assistant", "line\n".repeat(200))))).toBe(true)
  expect(isLongAnswer(estimateFullHeight(message("assistant", "word ".repeat(2_500))))).toBe(true)
  expect(isLongAnswer(estimateFullHeight(message("assistant", "word ".repeat(800))))).toBe(false)
})

test("an off-screen message reserves its collapsed height until it is expanded", () => {
  const long = message("assistant", "line\n".repeat(400))
  expect(estimateHeight(long)).toBeLessThan(FOLDED_ANSWER_PX + 200)
  expect(isOpen(long)).toBeUndefined()
  setOpen(long.id, true)
  expect(estimateHeight(long)).toBe(estimateFullHeight(long))
})

test("a pasted log is collapsed to its beginning, a short question is not", () => {
  expect(foldedQuestion("x".repeat(4_000))).toBeNull()
  expect(foldedQuestion("x".repeat(4_001))).toHaveLength(1_201)
  const pasted = message("user", "a line of a log\n".repeat(1_000))
  expect(estimateHeight(pasted)).toBeLessThan(estimateFullHeight(pasted) / 5)
})
