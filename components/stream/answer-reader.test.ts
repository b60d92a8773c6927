import type { UIMessageChunk } from "ai"
import { afterEach, expect, it, vi } from "vitest"
import { AnswerReader } from "@/components/stream/answer-reader"
import { ANSWER, CHAT } from "@/components/stream/server.fixture"
import type { ChatMessage } from "@/lib/messages/types"

afterEach(() => vi.unstubAllGlobals())

/** A busy machine may need this long. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000 })

/** A reader whose response stream the test writes. */
function open() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const shown: ChatMessage[] = []
  const heard: string[] = []
  const reader = new AnswerReader({
    chatId: CHAT,
    onMessages: (answers) => shown.push(...answers),
    onTitle: (title) => heard.push(title),
    onConnection: () => {},
    onEnded: ({ seen, gone }) => heard.push(`${seen.length} seen, ${gone.length} gone, ${shown.length} shown`),
    onError: (error) => heard.push(String(error)),
  })
  let seq = 0
  const send = (...chunks: (UIMessageChunk | "[DONE]")[]) => {
    const block = (chunk: UIMessageChunk | "[DONE]") =>
      chunk === "[DONE]" ? "data: [DONE]\n\n" : `id: ${seq++}\ndata: ${JSON.stringify(chunk)}\n\n`
    return writer.write(new TextEncoder().encode(chunks.map(block).join("")))
  }
  reader.follow([ANSWER], new Response(readable))
  return { reader, shown, heard, send }
}

const start: UIMessageChunk[] = [
  { type: "start", messageId: ANSWER },
  { type: "text-start", id: "t" },
]
const word = (delta: string): UIMessageChunk => ({ type: "text-delta", id: "t", delta })

it("batches renders of a streaming answer, and renders its final state before it ends", async () => {
  const { shown, heard, send } = open()
  await send(...start)
  for (let n = 0; n < 500; n++) await send(word(`${n} `))
  await send({ type: "text-end", id: "t" }, "[DONE]")
  await until(() => expect(heard).toHaveLength(1))
  expect(heard[0]).toBe(`1 seen, 0 gone, ${shown.length} shown`)
  const last = shown.at(-1)?.parts[0]
  expect(last?.type === "text" && last.text.split(" ").length).toBe(501)
  expect(shown.length).toBeLessThan(250)
})

it("shows the first word immediately", async () => {
  const { shown, send } = open()
  await send(...start, word("Hi"))
  await until(() => expect(shown.at(-1)?.parts).toMatchObject([{ text: "Hi", state: "streaming" }]))
})

it("reports that a deployment is starting, until it is up", async () => {
  const { shown, send } = open()
  const starting = (elapsedMs: number, over: boolean): UIMessageChunk => ({
    type: "data-starting",
    id: "starting",
    data: { elapsedMs, over },
  })
  await send({ type: "start", messageId: ANSWER }, starting(1_000, false))
  await until(() =>
    expect(shown.at(-1)?.parts).toEqual([{ type: "data-starting", data: { elapsedMs: 1_000, over: false } }]),
  )
  await send(starting(2_000, true), ...start.slice(1), word("Up"))
  await until(() => expect(shown.at(-1)?.parts).toMatchObject([{ type: "text", text: "Up" }]))
})

it("shows a tool call's arguments while they stream", async () => {
  const { shown, send } = open()
  await send(
    { type: "start", messageId: ANSWER },
    { type: "tool-input-start", toolCallId: "c", toolName: "get_weather" },
    { type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{"location":"Par' },
  )
  await until(() => expect(shown.at(-1)?.parts).toMatchObject([{ input: { location: "Par" } }]))
  await send({ type: "tool-input-available", toolCallId: "c", toolName: "get_weather", input: { location: "Paris" } })
  await until(() =>
    expect(shown.at(-1)?.parts).toMatchObject([{ state: "input-available", input: { location: "Paris" } }]),
  )
})

it("reports the title of this conversation only", async () => {
  const { heard, send } = open()
  const title = (conversationId: string): UIMessageChunk => ({
    type: "data-title",
    data: { conversationId, title: `Title of ${conversationId}` },
    transient: true,
  })
  await send(title("another"), title(CHAT), "[DONE]")
  await until(() => expect(heard).toEqual([`Title of ${CHAT}`, "1 seen, 0 gone, 0 shown"]))
})

it("reports nothing after it is closed", async () => {
  const { reader, shown, heard, send } = open()
  await send(...start, word("Hi"))
  await until(() => expect(shown.length).toBeGreaterThan(0))
  const before = shown.length
  reader.leave()
  await send(word("more"), "[DONE]").catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve))
  expect([shown.length, heard]).toEqual([before, []])
})
