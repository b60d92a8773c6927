import { describe, expect, it } from "vitest"
import { messagesBefore, withSibling } from "@/components/base/branches"
import { steady } from "@/components/base/steady"
import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

const message = (id: string, text = "", status: MessageStatus = "streaming"): ChatMessage => ({
  id,
  role: "assistant",
  metadata: { parentId: null, createdAt: "2026-11-23T08:00:00.000Z", status },
  parts: text ? [{ type: "text", text }] : [],
})

describe("siblings", () => {
  it("start with the first alternative", () => {
    expect(withSibling({}, "a", "b")).toEqual({ b: ["a", "b"] })
  })

  it("include new alternatives and follow the displayed message", () => {
    expect(withSibling({ a: ["x", "a"], other: ["o", "other"] }, "a", "b")).toEqual({
      b: ["x", "a", "b"],
      other: ["o", "other"],
    })
  })

  it("insert preceding messages before the replaced one", () => {
    const list = [message("a"), message("b"), message("c")]
    expect(messagesBefore(list, "b").map(({ id }) => id)).toEqual(["a"])
    expect(messagesBefore(list, "unknown")).toHaveLength(3)
  })
})

describe("replayed answer", () => {
  const shown = message("a", "Once upon a time")

  it("keeps the displayed content until the replay catches up", () => {
    expect(steady(shown, message("a"))).toBe(shown)
    expect(steady(shown, message("a", "Once upon"))).toBe(shown)
    const further = message("a", "Once upon a time there")
    expect(steady(shown, further)).toBe(further)
  })

  it("shows the final answer even if it is shorter", () => {
    const ended = message("a", "Once", "stopped")
    expect(steady(shown, ended)).toBe(ended)
  })

  it("never merges two different messages", () => {
    const other = message("b")
    expect(steady(shown, other)).toBe(other)
  })
})
