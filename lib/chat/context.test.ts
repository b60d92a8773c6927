import { describe, expect, it } from "vitest"
import { fitTurns, tokensOf, turnsSinceSummary } from "@/lib/chat/context"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage } from "@/lib/messages/types"

let made = 0
const message = (role: "user" | "assistant", text: string): ChatMessage => ({
  id: `${++made}`,
  role,
  parts: [{ type: "text", text }],
})
const summaryAsked = (): ChatMessage => ({ id: `${++made}`, role: "user", parts: [{ type: "data-summary", data: {} }] })
const texts = (turns: ChatMessage[]) =>
  turns.map(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : `[${part.type}]`)).join(""))

describe("tokens", () => {
  it("are estimated by script: Latin letters share a token, other scripts use one per character", () => {
    expect(estimateTokens("a".repeat(350))).toBe(100)
    expect(estimateTokens("漢".repeat(100))).toBe(100)
    expect(estimateTokens("")).toBe(0)
    // Eight characters of Latin script, punctuation, and spaces; six of Cyrillic.
    expect(estimateTokens("Привет, héllo!"), "mixed").toBe(Math.ceil(8 / 3.5 + 6))
  })

  it("include images and tools, but not thinking", () => {
    const parts: ChatMessage["parts"] = [{ type: "reasoning", text: "x".repeat(10_000) }]
    const image = { type: "file", url: "/api/images/1", mediaType: "image/png" } as const
    expect(tokensOf({ parts })).toBeLessThan(10)
    expect(tokensOf({ parts: [...parts, image] })).toBeGreaterThan(1_000)
  })
})

describe("a summary", () => {
  it("replaces the messages before it, ahead of the next question", () => {
    const turns = [
      message("user", "one"),
      message("assistant", "1"),
      summaryAsked(),
      message("assistant", "They counted."),
      message("user", "two"),
      message("assistant", "2"),
    ]
    expect(texts(turnsSinceSummary(turns))).toEqual([
      "Summary of our conversation so far:\n\nThey counted.\n\n---\n\ntwo",
      "2",
    ])
  })

  it("has no effect while it is requested or when it came back empty", () => {
    const asked = [message("user", "one"), message("assistant", "1"), summaryAsked()]
    expect(turnsSinceSummary(asked)).toEqual(asked)
    const failed: ChatMessage[] = [...asked, { id: "f", role: "assistant", parts: [] }, message("user", "two")]
    expect(turnsSinceSummary(failed)).toEqual(failed)
  })

  it("is superseded by a newer one", () => {
    const turns = [
      summaryAsked(),
      message("assistant", "old"),
      summaryAsked(),
      message("assistant", "new"),
      message("user", "q"),
    ]
    expect(texts(turnsSinceSummary(turns))).toEqual(["Summary of our conversation so far:\n\nnew\n\n---\n\nq"])
  })
})

describe("turns that fit", () => {
  const turns = Array.from({ length: 10 }, (_, n) => [
    message("user", "q".repeat(3_500)),
    message("assistant", `${n}`),
  ]).flat()
  const question = message("user", "last")

  it("are all of them when the window is large or unknown", () => {
    expect(fitTurns(turns, null, 8_000).leftOut).toBe(0)
    expect(fitTurns(turns, 100_000, 8_000).leftOut).toBe(0)
  })

  it("are the newest ones, starting with a user turn", () => {
    const { turns: shown, leftOut, tokens } = fitTurns([...turns, question], 10_000, 4_000)
    expect(leftOut).toBe(turns.length + 1 - shown.length)
    expect(shown[0]?.role).toBe("user")
    expect(shown.at(-1)).toBe(question)
    expect(tokens).toBeLessThanOrEqual(4_000)
    expect(shown.length).toBeGreaterThan(2)
  })

  it("include at least the last message, however long it is", () => {
    const huge = message("user", "x".repeat(1_000_000))
    expect(fitTurns([...turns, huge], 10_000, 4_000).turns).toEqual([huge])
    expect(fitTurns([], 10_000, 4_000)).toEqual({ turns: [], leftOut: 0, tokens: 0 })
  })
})
