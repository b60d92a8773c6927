import type { ModelMessage } from "ai"
import { expect, test } from "vitest"
import { toModelMessages } from "@/lib/chat/history"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import { parseParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

const options = { images: false, loadImages: async () => ({ sent: new Map(), dropped: 0 }) }
const turn = (role: "user" | "assistant" | "system", ...parts: unknown[]): ChatMessage => ({
  id: "0198c0de-0000-7000-8000-000000000001",
  role,
  parts: parseParts(parts),
})
const text = (value: string) => ({ type: "text", text: value })
const thought = (value: string) => ({ type: "reasoning", text: value })
const call = (state: string, toolCallId = "c", more: object = {}) => ({
  ...{ type: "tool-get_weather", toolCallId, state, input: { location: "Paris" }, output: 7, errorText: "No" },
  ...more,
})

const send = async (...turns: ChatMessage[]) => (await toModelMessages(turns, options)).messages
const roles = (messages: ModelMessage[]) => messages.map(({ role }) => role)

test("after a failed or empty answer the questions become one turn, verbatim", async () => {
  const messages = await send(turn("user", text("Hello?")), turn("assistant"), turn("user", text("Hello again?")))
  expect(messages).toEqual([{ role: "user", content: [text("Hello?\n\nHello again?")] }])
})

test("an answer stopped while thinking is omitted", async () => {
  const messages = await send(
    turn("user", text("a")),
    turn("assistant", thought("hm"), text(" ")),
    turn("user", text("b")),
  )
  expect(roles(messages)).toEqual(["user"])
})

test("a call without a result gets one, including a call waiting for approval", async () => {
  for (const state of ["input-streaming", "input-available", "approval-requested", "approval-responded"]) {
    const approval = state.startsWith("approval") ? { approval: { id: "a" } } : {}
    const messages = await send(
      turn("user", text("a")),
      turn("assistant", call(state, "c", approval)),
      turn("user", text("b")),
    )
    const called = JSON.stringify(messages).includes("tool-call")
    expect(roles(messages), state).toEqual(called ? ["user", "assistant", "tool", "user"] : ["user"])
  }
})

test("calls with the same id are told apart, each with its own result", async () => {
  const one = call("output-available", "c", { output: "one" })
  const two = call("output-available", "c", { output: "two" })
  const [, called, results] = await send(turn("user", text("a")), turn("assistant", one, two))
  expect(called?.content).toMatchObject([{ toolCallId: "c" }, { toolCallId: "c-2" }])
  expect(results?.content).toMatchObject([
    { toolCallId: "c", output: { value: "one" } },
    { toolCallId: "c-2", output: { value: "two" } },
  ])
})

test("turns before the first question, and system turns in between, are omitted", async () => {
  const messages = await send(turn("assistant", text("Hi.")), turn("user", text("a")), turn("system", text("Be nice.")))
  expect(messages).toEqual([{ role: "user", content: [text("a")] }])
})

test("two consecutive answers are merged", () => {
  const messages = normalizeTurns([
    { role: "user", content: "a" },
    { role: "assistant", content: "b" },
    { role: "assistant", content: [{ type: "text", text: "c" }] },
  ])
  expect(messages[1]).toEqual({ role: "assistant", content: [text("b"), text("c")] })
})

const ROLES = ["user", "assistant", "user", "assistant", "system"] as const

/** Why a server would refuse the messages. */
function faultIn(messages: ModelMessage[]): string | null {
  const ids = new Set<string>()
  for (const [at, message] of messages.entries()) {
    const before = messages[at - 1]?.role
    if (message.role === "system") return "a system turn"
    if (at === 0 && message.role !== "user") return `begins with ${message.role}`
    if (message.role === before) return `two turns of ${before}`
    if (typeof message.content === "string") return "not parts"
    if (message.content.length === 0) return "an empty turn"
    for (const part of message.content) {
      if ((part.type === "text" || part.type === "reasoning") && part.text.trim() === "") return "an empty part"
      if (part.type === "tool-call" && ids.has(part.toolCallId)) return "an id twice"
      if (part.type === "tool-call") ids.add(part.toolCallId)
      if (part.type === "tool-call" && (typeof part.input !== "object" || part.input === null)) return "no arguments"
    }
    const calls = message.role === "assistant" ? idsOf(message, "tool-call") : []
    const next = messages[at + 1]
    const results = next?.role === "tool" ? idsOf(next, "tool-result") : []
    if (message.role === "assistant" && calls.join() !== results.join()) return "a call without its result"
    if (message.role === "tool" && before !== "assistant") return "a result without its call"
    if (message.role === "assistant" && calls.length === 0 && !message.content.some(({ type }) => type === "text"))
      return "an answer of nothing"
  }
  return null
}

const idsOf = ({ content }: ModelMessage, type: string) =>
  typeof content === "string"
    ? []
    : content.flatMap((part) => (part.type === type && "toolCallId" in part ? [part.toolCallId] : []))

test("whatever is stored, the turns sent are valid and keep what the user said", async () => {
  const states = [
    "input-streaming",
    "input-available",
    "approval-requested",
    "approval-responded",
    "output-available",
    "output-error",
    "output-denied",
  ]
  let seed = 20261128
  const next = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % most
  }
  const one = (...values: unknown[]): unknown => values[next(values.length)]
  const some = (...values: string[]): string => values[next(values.length)] ?? ""
  const parts: (() => unknown)[] = [
    () => text(some("", " ", "\n", "So", "word ")),
    () => thought(some("", "hm")),
    () => call(some(...states), some("c", "d", ""), { input: one(undefined, null, {}, "x", [1]) }),
    () =>
      call(some(...states), "e", {
        type: "dynamic-tool",
        toolName: "old",
        approval: one(undefined, { id: "a" }),
      }),
    () => call("output-error", "f", { input: undefined, rawInput: "{broken" }),
    () => ({ type: "step-start" }),
    () => ({ type: "file", url: some("/api/images/x", "data:,", "empty"), mediaType: "image/png" }),
    () => ({ type: "data-text-file", data: { name: "a", mediaType: "text/plain", text: "x" } }),
    () => ({ type: "data-summary", data: {} }),
    () => one(null, 7, { type: "unknown" }, { type: "text" }, []),
  ]
  for (let run = 0; run < 2_000; run++) {
    const turns = Array.from({ length: 1 + next(8) }, () =>
      turn(
        ROLES[next(ROLES.length)] ?? "user",
        ...Array.from({ length: next(5) }, () => parts[next(parts.length)]?.()),
      ),
    )
    const messages = await send(...turns)
    expect(faultIn(messages), JSON.stringify(turns)).toBeNull()
    const said = turns.flatMap((asked) =>
      asked.role === "user"
        ? asked.parts.flatMap((part) => (part.type === "text" && part.text.trim() ? [part.text] : []))
        : [],
    )
    const sent = JSON.stringify(messages.filter(({ role }) => role === "user"))
    for (const words of said) expect(sent).toContain(JSON.stringify(words).slice(1, -1))
  }
})

test("approved calls keep their ids; earlier calls with the same id are renamed", async () => {
  const approved = { approval: { id: "a", approved: true } }
  const messages = await send(
    turn("user", text("a")),
    turn("assistant", call("output-available", "call_0")),
    turn("user", text("b")),
    turn(
      "assistant",
      { type: "step-start" },
      call("output-available", "call_0"),
      { type: "step-start" },
      call("approval-responded", "call_0", approved),
    ),
  )
  const ids = messages.flatMap(({ role, content }) =>
    role === "assistant" && typeof content !== "string"
      ? content.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []))
      : [],
  )
  expect(ids).toEqual(["call_0-2", "call_0-3", "call_0"])
  expect(messages.at(-1)).toMatchObject({ role: "tool", content: [{ type: "tool-approval-response", approved: true }] })
})
