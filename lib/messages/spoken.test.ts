import { expect, test } from "vitest"
import { messageChunks } from "@/lib/generation/log/chunks"
import { closeParts, parseParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"
import { messageErrorSchema } from "@/lib/messages/types"
import { createSentenceRenderer, localizedEvents, localizedMessage, type Speak } from "./spoken"

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

test("a stored error is shown in the reader's language, with the server's words unchanged", () => {
  const { metadata } = localizedMessage(german)(failed(cut))
  expect(metadata?.error).toMatchObject({ code: "upstream:cut", message: "Die Verbindung riss ab. „bye“" })
})

test("an error from an earlier version, or without a translation, keeps its message", () => {
  const old = failed({ code: "upstream:cut", message: "It was cut.", retryable: true })
  expect(localizedMessage(german)(old)).toEqual(old)
  const newer = failed({ ...cut, sentence: { key: "upstream:tired" } })
  expect(localizedMessage(german)(newer).metadata?.error?.message).toBe("The connection broke.")
})

test("an unreadable stored translation key is dropped, but not the error", () => {
  const broken = { ...cut, sentence: { key: 7 } }
  expect(messageErrorSchema.parse(broken)).toEqual({ ...cut, sentence: undefined })
})

test("problems of a structured answer are translated too", () => {
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
  expect(localizedMessage(told)(message).metadata?.outputCheck?.problems).toMatchObject([
    { path: "", message: "problem:required a" },
    { path: "/b", message: "is wrong" },
  ])
})

test("both end events of a stream have the same message; other events are passed through unchanged", () => {
  const read = localizedEvents(german)
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

test("in the language everything is stored in, nothing is translated", () => {
  expect(createSentenceRenderer("en")).toBeNull()
})

const noPlace = { key: "weather:no_place", values: { place: "Atlantis" } }
const germanTools: Speak = ({ key, values }, fallback) =>
  key === "weather:no_place" ? `Kein Ort „${String(values?.place)}“.` : fallback

test("a call's error is shown in the reader's language, stored and streamed; the model sees the original", () => {
  const [part] = closeParts(
    parseParts([{ type: "tool-get_weather", toolCallId: "1", state: "input-available", input: {} }]),
    { reason: { text: "No place named “Atlantis”.", sentence: noPlace } },
  )
  if (!part) throw new Error("no part")
  expect(part).toMatchObject({ state: "output-error", errorText: "No place named “Atlantis”." })
  const message = { ...failed(undefined), parts: [part] }
  const spoken = "Kein Ort „Atlantis“."
  expect(localizedMessage(germanTools)(message).parts).toMatchObject([{ state: "output-error", errorText: spoken }])
  const streamed = messageChunks(message).map((chunk) => localizedEvents(germanTools)(JSON.stringify(chunk)))
  expect(streamed.map((json) => JSON.parse(json))).toContainEqual(
    expect.objectContaining({ type: "tool-output-error", toolCallId: "1", errorText: spoken }),
  )
})

test("a call error from an earlier version, or with a server's words, keeps its message", () => {
  const parts = parseParts([
    { type: "tool-x", toolCallId: "1", state: "output-error", input: {}, errorText: "old" },
    {
      ...{ type: "tool-x", toolCallId: "2", state: "output-error", input: {}, errorText: "odd" },
      resultProviderMetadata: { sparkler: { sentence: { key: 7 } } },
    },
  ])
  const message = { ...failed(undefined), parts }
  expect(localizedMessage(germanTools)(message)).toEqual(message)
})
