import { expect, test } from "vitest"
import { continuationAnswer, countComplete, keepableAnswerIds } from "@/components/session/comparison"
import { message } from "@/components/session/session.fixture"
import type { ChatMessage } from "@/lib/messages/types"

const empty = (id: string): ChatMessage => ({ ...message(id, "assistant", "", "failed"), parts: [] })
const whole = message("whole", "assistant", "All of it")
const half = message("half", "assistant", "Half", "stopped")

test("a message continues from the first complete answer, else from the first with any content", () => {
  expect(continuationAnswer([empty("a"), half, whole])?.id).toBe("whole")
  expect(continuationAnswer([empty("a"), half, message("b", "assistant", "x", "streaming")])?.id).toBe("half")
  expect(
    continuationAnswer([message("cut", "assistant", "Cut", "failed"), half])?.id,
    "a failed one can't be used",
  ).toBe("half")
  expect(continuationAnswer([empty("a"), empty("b")])?.id).toBe("a")
  expect(continuationAnswer([])).toBeUndefined()
})

test("an answer that failed before its first word is not a version", () => {
  expect(keepableAnswerIds([empty("a"), half, whole])).toEqual(["half", "whole"])
  expect(countComplete([empty("a"), half, whole])).toEqual({ whole: 1, all: 3 })
})
