import { expect, it, vi } from "vitest"
import { AnswerReader } from "@/components/stream/answer-reader"
import { ANSWER, CHAT } from "@/components/stream/server.fixture"
import type { ChatMessage } from "@/lib/messages/types"

const code = vi.hoisted(() => ({ arrive: () => {} }))
vi.mock("@/components/stream/partial-json", async (original) => {
  await new Promise<void>((resolve) => {
    code.arrive = resolve
  })
  return original()
})

it("renders an answer before the tool argument parser has loaded, and never replaces complete arguments with partial ones", async () => {
  const shown: ChatMessage[] = []
  const reader = new AnswerReader({
    chatId: CHAT,
    onMessages: (answers) => shown.push(...answers),
    onTitle: () => {},
    onConnection: () => {},
    onEnded: () => {},
    onError: () => {},
  })
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  let seq = 0
  const send = (chunk: object) =>
    writer.write(new TextEncoder().encode(`id: ${seq++}\ndata: ${JSON.stringify(chunk)}\n\n`))
  const call = { toolCallId: "c", toolName: "get_weather" }
  reader.follow([ANSWER], new Response(readable))
  await send({ type: "start", messageId: ANSWER })
  await send({ type: "tool-input-start", ...call })
  await send({ type: "tool-input-delta", toolCallId: "c", inputTextDelta: '{"location":"Par' })
  await vi.waitFor(() => expect(shown.at(-1)?.parts).toMatchObject([{ state: "input-streaming" }]), { timeout: 60_000 })
  await send({ type: "tool-input-available", ...call, input: { location: "Paris" } })
  const whole = [{ state: "input-available", input: { location: "Paris" } }]
  await vi.waitFor(() => expect(shown.at(-1)?.parts).toMatchObject(whole), { timeout: 60_000 })
  code.arrive()
  await send({ type: "text-start", id: "t" })
  await vi.waitFor(() => expect(shown.at(-1)?.parts).toMatchObject([...whole, { type: "text" }]), { timeout: 60_000 })
  reader.leave()
})
