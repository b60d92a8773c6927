import { expect, test } from "vitest"
import type { ChatMessage } from "@/lib/messages/types"
import { messageErrorSchema } from "@/lib/messages/types"
import { type Speak, speakIn, spokenEvents, spokenMessage } from "./spoken"

const german: Speak = ({ key, words }, fallback) =>
  key === "upstream:cut" ? `Die Verbindung riss ab.${words ? ` „${words}“` : ""}` : fallback

const failed = (error: NonNullable<ChatMessage["metadata"]>["error"]): ChatMessage => ({
  id: "1",
  role: "assistant",
  metadata: { parentId: null, createdAt: "2026-11-29T00:00:00Z", status: "failed", error },
  parts: [],
})
const cut = {
  ...{ code: "upstream:cut", message: "The connection broke.", retryable: true },
  sentence: { key: "upstream:cut", words: "bye" },
}

test("a stored failure is told in the reader's language, the server's words as they are", () => {
  const { metadata } = spokenMessage(german)(failed(cut))
  expect(metadata?.error).toMatchObject({ code: "upstream:cut", message: "Die Verbindung riss ab. „bye“" })
})

test("one that an earlier version stored, or that has no sentence here, keeps its words", () => {
  const old = failed({ code: "upstream:cut", message: "It was cut.", retryable: true })
  expect(spokenMessage(german)(old)).toEqual(old)
  const newer = failed({ ...cut, sentence: { key: "upstream:tired" } })
  expect(spokenMessage(german)(newer).metadata?.error?.message).toBe("The connection broke.")
})

test("a stored sentence that can't be read is left out, not the failure", () => {
  const broken = { ...cut, sentence: { key: 7 } }
  expect(messageErrorSchema.parse(broken)).toEqual({ ...cut, sentence: undefined })
})

test("so is each problem of a structured answer", () => {
  const told: Speak = ({ key, values }) => `${key} ${String(values?.name)}`
  const message: ChatMessage = {
    ...failed(undefined),
    metadata: {
      ...{ parentId: null, createdAt: "2026-11-29T00:00:00Z", status: "complete" },
      outputCheck: {
        valid: false,
        problems: [
          { path: "", message: "“a” is missing", sentence: { key: "problem:required", values: { name: "a" } } },
          { path: "/b", message: "is wrong" },
        ],
      },
    },
  }
  expect(spokenMessage(told)(message).metadata?.outputCheck?.problems).toMatchObject([
    { path: "", message: "problem:required a" },
    { path: "/b", message: "is wrong" },
  ])
})

test("the end of a stream says the same in both of its events; the rest is passed on untouched", () => {
  const read = spokenEvents(german)
  const delta = '{"type":"text-delta","id":"0","delta":"The connection broke."}'
  expect(read(delta)).toBe(delta)
  const other = '{"type":"message-metadata","messageMetadata":{"status":"streaming","createdAt":"2026-11-29"}}'
  expect(read(other)).toBe(other)
  const end = { type: "message-metadata", messageMetadata: failed(cut).metadata }
  expect(JSON.parse(read(JSON.stringify(end)))).toMatchObject({
    messageMetadata: { status: "failed", error: { message: "Die Verbindung riss ab. „bye“" } },
  })
  const error = (errorText: string) => JSON.stringify({ type: "error", errorText })
  expect(JSON.parse(read(error("The connection broke.")))).toEqual({
    type: "error",
    errorText: "Die Verbindung riss ab. „bye“",
  })
  expect(read(error("Another one."))).toBe(error("Another one."))
})

test("in the language in which all is stored, nothing is read", () => {
  expect(speakIn("en")).toBeNull()
})
