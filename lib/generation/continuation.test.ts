import type { UIMessageChunk } from "ai"
import { expect, test } from "vitest"
import { ContinuedText, seamOf, splitSeam } from "@/lib/generation/continuation"
import { partsOf } from "@/lib/generation/log/chunks"
import { Thoughts } from "@/lib/generation/thinking/thoughts"

test.each([
  ["The quick bro", "The quick ", "bro"],
  ["The quick ", "The quick ", ""],
  ["It ends here.", "It ends here.", ""],
  ["for (const x of", "for (const x ", "of"],
  ["one", "one", ""],
  ["今日はとても", "今日はとても", ""],
  ["don’", "don’", ""],
])("a possibly truncated last word is removed: %j", (text, base, tail) => {
  expect(splitSeam(text)).toEqual({ base, tail })
})

test.each([
  ["a new word", "The quick ", "brown fox", "brown fox"],
  ["a repeated end", "The quick brown ", "The quick brown fox", "fox"],
  ["a repeated last word", "w10 w11 ", "w11 w12", "w12"],
  ["a space too many", "The quick ", "  brown", "brown"],
  ["a sentence that follows", "It ends here.", "And goes on.", " And goes on."],
  ["a sentence that follows with its own space", "It ends here.", " And goes on.", " And goes on."],
  ["a new paragraph", "It ends here.", "\n\nAnd goes on.", "\n\nAnd goes on."],
  ["a comma", "red, green", ", blue", ", blue"],
  ["an open bracket", "f(", "x)", "x)"],
  ["an unspaced script", "今日はとても", "いい天気です", "いい天気です"],
  ["a block that is open already", "```py\na = 1\n", "```python\nb = 2\n```", "b = 2\n```"],
  ["a repeated line in a block", "```py\na = 1\nb = ", "```py\nb = 2\n```", "2\n```"],
  ["a block of its own", "Look:\n", "```py\nb = 2\n```", "```py\nb = 2\n```"],
  ["one letter that is no repetition", "a b c ", "cat", "cat"],
])("at the seam: %s", (_, base, incoming, expected) => {
  expect(seamOf(base, incoming, true)).toBe(expected)
})

test("output is buffered only while it may be a repetition", () => {
  expect(seamOf("The quick brown ", "The qu")).toBeNull()
  expect(seamOf("The quick brown ", "The quiet")).toBe("The quiet")
  expect(seamOf("```py\na = 1\n", "``")).toBeNull()
  expect(seamOf("", "anything")).toBe("anything")
})

function through(chunks: UIMessageChunk[], base: string, tail = "") {
  const out: UIMessageChunk[] = []
  const text = new ContinuedText({ openId: "open", base, tail, step: [] }, (chunk) => out.push(chunk))
  for (const chunk of chunks) text.take(chunk)
  text.end()
  return out
}

const said = (chunks: UIMessageChunk[]) =>
  chunks.map((chunk) => (chunk.type === "text-delta" ? `${chunk.id}:${chunk.delta}` : chunk.type))

test("the text continues in its own part, however small the chunks", () => {
  const whole = "quick brown fox jumps"
  const chunks: UIMessageChunk[] = [
    { type: "start-step" },
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", delta: "hm" },
    { type: "reasoning-end", id: "r" },
    { type: "text-start", id: "0" },
    ...[...whole].map((delta): UIMessageChunk => ({ type: "text-delta", id: "0", delta })),
    { type: "text-end", id: "0" },
    { type: "finish-step" },
  ]
  const out = through(chunks, "The quick brown ", "fo")
  expect(out.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("")).toBe("fox jumps")
  expect(new Set(out.map(({ type }) => type))).toEqual(new Set(["text-delta", "text-end", "finish-step"]))
})

test("a tool call and a second text part follow it", () => {
  const out = through(
    [
      { type: "start-step" },
      { type: "text-start", id: "0" },
      { type: "text-delta", id: "0", delta: "end." },
      { type: "text-end", id: "0" },
      { type: "tool-input-available", toolCallId: "c", toolName: "t", input: {} },
      { type: "start-step" },
      { type: "text-start", id: "1" },
      { type: "text-delta", id: "1", delta: "Next." },
    ],
    "The ",
  )
  expect(said(out)).toEqual(["open:end.", "text-end", "tool-input-available", "start-step", "text-start", "1:Next."])
})

test("the removed word is restored when nothing follows", () => {
  expect(said(through([], "The ", "qui"))).toEqual(["open:qui", "text-end"])
  expect(said(through([{ type: "start-step" }], "The ", "qui"))).toEqual(["open:qui", "text-end"])
})

test("text that turns out to be thinking about the continuation is retracted, and the answer continues after it", async () => {
  const step: UIMessageChunk[] = [
    { type: "text-start", id: "stored-1" },
    { type: "text-delta", id: "stored-1", delta: "One, two" },
  ]
  const written: UIMessageChunk[] = [{ type: "start-step" }, ...step]
  const text = new ContinuedText({ openId: "stored-1", base: "One, two", tail: "", step }, (chunk) =>
    written.push(chunk),
  )
  const thoughts = new Thoughts((chunk) => text.take(chunk))
  const delta = (piece: string): UIMessageChunk => ({ type: "text-delta", id: "1", delta: piece })
  thoughts.take({ type: "start-step" })
  thoughts.take({ type: "text-start", id: "1" })
  for (const piece of ["I go on with three.", "\n</think>\n\n", ", three"]) thoughts.take(delta(piece))
  thoughts.take({ type: "text-end", id: "1" })
  text.end()
  const parts = await partsOf(written)
  expect(parts.map((part) => ("text" in part ? part.text : part.type))).toEqual(["step-start", "One, two, three"])
})
