import { describe, expect, it } from "vitest"
import { formatDuration, formatUsd, hasBegun, imagesOf, shortModel, textOf } from "@/components/base/message-content"
import type { ChatMessage } from "@/lib/messages/types"

const message = (parts: ChatMessage["parts"]): ChatMessage => ({ id: "1", role: "assistant", parts })

describe("message content", () => {
  it("is the text parts, without reasoning, tool calls and images", () => {
    const parts: ChatMessage["parts"] = [
      { type: "reasoning", text: "hm" },
      { type: "text", text: "One." },
      { type: "tool-get_weather", toolCallId: "t", state: "input-available", input: { location: "Oslo" } },
      { type: "file", mediaType: "image/png", url: "/api/images/1" },
      { type: "text", text: "" },
      { type: "text", text: "Two." },
    ]
    expect(textOf(message(parts))).toBe("One.\n\nTwo.")
    expect(imagesOf(message(parts))).toHaveLength(1)
  })

  it("counts as started at the first character or tool call, not at an empty part", () => {
    expect(hasBegun(message([{ type: "step-start" }, { type: "text", text: "" }]))).toBe(false)
    expect(hasBegun(message([{ type: "reasoning", text: "h" }]))).toBe(true)
  })
})

describe("formatted values", () => {
  it("are rounded and concise", () => {
    expect([84.4, 1_249, 61_400].map((ms) => formatDuration(ms, "en"))).toEqual(["84 ms", "1.2 s", "61 s"])
    expect([0, 0.00001, 0.00123, 0.0451, 3.2].map((usd) => formatUsd(usd, "en", (least) => `under ${least}`))).toEqual([
      "$0",
      "under $0.0001",
      "$0.0012",
      "$0.045",
      "$3.20",
    ])
    expect(shortModel("accounts/fireworks/models/kimi-k3")).toBe("kimi-k3")
  })
})
