import type { UIMessageChunk } from "ai"
import { expect, test } from "vitest"
import { closingChunks, joinChunks, partsOf } from "@/lib/generation/log/chunks"
import { hasContent } from "@/lib/messages/content"
import { closeParts, parseParts } from "@/lib/messages/parts"

const answer: UIMessageChunk[] = [
  { type: "start", messageId: "m" },
  { type: "start-step" },
  { type: "reasoning-start", id: "r" },
  { type: "reasoning-delta", id: "r", delta: "let me " },
  { type: "reasoning-delta", id: "r", delta: "think" },
  { type: "reasoning-end", id: "r" },
  { type: "tool-input-start", toolCallId: "c", toolName: "get_weather" },
  { type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{"loc' },
  { type: "tool-input-delta", toolCallId: "c", inputTextDelta: 'ation":"Paris"}' },
  { type: "tool-input-available", toolCallId: "c", toolName: "get_weather", input: { location: "Paris" } },
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: "Hel" },
  { type: "text-delta", id: "t", delta: "lo" },
]

test("merged chunks produce the same parts", async () => {
  const joined = joinChunks(answer)
  expect(joined.length).toBeLessThan(answer.length)
  expect(await partsOf(joined)).toEqual(await partsOf(answer))
})

test("parts of an interrupted answer are closed so that later turns work", async () => {
  const parts = closeParts(await partsOf(answer), { reason: { text: "ended early" } })
  expect(parts.find((part) => part.type === "text")).toMatchObject({ text: "Hello", state: "done" })
  expect(parts.find((part) => part.type === "tool-get_weather")).toMatchObject({
    state: "output-error",
    errorText: "ended early",
    input: { location: "Paris" },
  })
})

test("followers of an ending answer see its open calls as they are stored", async () => {
  const before = await partsOf(answer)
  const reason = { text: "ended early", sentence: { key: "tool:ended" } }
  const after = closeParts(before, { reason })
  const chunks = closingChunks(before, after)
  expect(chunks).toHaveLength(1)
  const seen = await partsOf([...answer, { type: "text-end", id: "t" }, ...chunks])
  expect(seen.find(({ type }) => type === "tool-get_weather")).toEqual(
    after.find(({ type }) => type === "tool-get_weather"),
  )
  expect(closingChunks(after, after)).toEqual([])
})

test("an error chunk does not discard earlier content", async () => {
  expect(hasContent(await partsOf([...answer, { type: "error", errorText: "cut" }]))).toBe(true)
})

test("stored parts from another version are read as far as they are recognized", () => {
  expect(parseParts([{ type: "text", text: "kept" }, { type: "hologram" }, null, 7, { type: "text" }])).toEqual([
    { type: "text", text: "kept" },
  ])
  expect(parseParts("nonsense")).toEqual([])
})

test("blank text is not content", () => {
  expect(hasContent([{ type: "step-start" }, { type: "text", text: " \n" }])).toBe(false)
})
