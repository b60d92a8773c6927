import { readUIMessageStream, type UIMessageChunk } from "ai"
import { expect, test } from "vitest"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { partsOf } from "@/lib/generation/log/chunks"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

/** The parts according to the AI SDK. */
async function bySdk(chunks: UIMessageChunk[]): Promise<MessageParts> {
  const stream = new ReadableStream<UIMessageChunk>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  let parts: MessageParts = []
  for await (const message of readUIMessageStream<ChatMessage>({ stream, terminateOnError: false }))
    parts = message.parts
  return parseParts(parts)
}

const text = (id: string, ...deltas: string[]): UIMessageChunk[] => [
  { type: "text-start", id },
  ...deltas.map((delta) => ({ type: "text-delta" as const, id, delta })),
]
const thought = (id: string, ...deltas: string[]): UIMessageChunk[] => [
  { type: "reasoning-start", id },
  ...deltas.map((delta) => ({ type: "reasoning-delta" as const, id, delta })),
  { type: "reasoning-end", id },
]
const call = (toolCallId: string, dynamic = false): UIMessageChunk[] => [
  { type: "tool-input-start", toolCallId, toolName: "get_weather", dynamic },
  { type: "tool-input-delta", toolCallId, inputTextDelta: '{"loc' },
  { type: "tool-input-delta", toolCallId, inputTextDelta: 'ation":"Paris"}' },
]
const given = (toolCallId: string, dynamic = false): UIMessageChunk => ({
  ...{ type: "tool-input-available", toolCallId, toolName: "get_weather", input: { location: "Paris" }, dynamic },
})
const step = { type: "start-step" } satisfies UIMessageChunk

test.each<[what: string, chunks: UIMessageChunk[]]>([
  ["text", [step, ...text("1", "a", "b"), { type: "text-end", id: "1" }]],
  ["text that goes on", [step, ...text("1", "a")]],
  [
    "thinking and text in turns",
    [step, ...thought("r", "a"), ...text("1", "b"), ...thought("r", "c"), ...text("1", "d")],
  ],
  ["half a call", [step, ...call("c")]],
  ["a call", [step, ...call("c"), given("c"), { type: "tool-output-available", toolCallId: "c", output: 7 }]],
  [
    "a call that fails",
    [step, ...call("c"), given("c"), { type: "tool-output-error", toolCallId: "c", errorText: "No" }],
  ],
  [
    "one of a tool that nobody has",
    [
      step,
      ...call("c", true),
      given("c", true),
      { type: "tool-output-error", toolCallId: "c", errorText: "No", dynamic: true },
    ],
  ],
  [
    "one that is none",
    [
      step,
      ...call("c"),
      { type: "tool-input-error", toolCallId: "c", toolName: "get_weather", input: "{", errorText: "No" },
    ],
  ],
  ["one that is denied", [step, given("c"), { type: "tool-output-denied", toolCallId: "c" }]],
  [
    "the same id in two steps",
    [
      step,
      given("c"),
      { type: "tool-output-available", toolCallId: "c", output: 1 },
      step,
      given("c"),
      { type: "tool-output-available", toolCallId: "c", output: 2 },
    ],
  ],
  [
    "a step that is taken back",
    [
      step,
      ...text("1", "a"),
      { type: "text-end", id: "1" },
      step,
      ...text("1", "b"),
      { type: "reset-step" },
      ...thought("r", "b"),
      ...text("1", "c"),
    ],
  ],
  [
    "data",
    [
      step,
      { type: "data-served", id: "s", data: { model: "a" } },
      { type: "data-served", id: "s", data: { model: "b" } },
    ],
  ],
  ["data that passes by", [{ type: "data-title", data: { title: "x" }, transient: true }, step, ...text("1", "a")]],
])("%s: the same parts as from the AI SDK", async (_, chunks) => {
  expect(await partsOf(chunks)).toEqual(await bySdk(chunks))
})

test("returned parts are immutable, and unchanged parts keep their identity", () => {
  const builder = new MessageBuilder()
  for (const chunk of [step, ...thought("r", "hm"), ...text("1", "a")]) builder.take(chunk)
  const before = builder.parts()
  builder.take({ type: "text-delta", id: "1", delta: "b" })
  const after = builder.parts()
  expect(before[2]).toMatchObject({ text: "a" })
  expect(after[2]).toMatchObject({ text: "ab" })
  expect(after[1]).toBe(before[1])
})

test("many parts and many chunks are built in linear time", async () => {
  const chunks: UIMessageChunk[] = [step]
  for (let n = 0; n < 2_000; n++) chunks.push(...thought(`r${n}`, "a"), ...text(`t${n}`, "b"))
  for (let n = 0; n < 2_000; n++) chunks.push(...call(`c${n}`), given(`c${n}`))
  chunks.push(...text("long"))
  for (let n = 0; n < 50_000; n++) chunks.push({ type: "text-delta", id: "long", delta: "word " })
  const before = process.cpuUsage()
  const parts = await partsOf(chunks)
  // CPU time, because wall time includes other processes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(8_000)
  expect(parts.length).toBe(1 + 4_000 + 2_000 + 1)
})
