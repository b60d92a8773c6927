/** What can go wrong in an answer that has started, and what only looks wrong: received content is kept. */
import { expect, test } from "vitest"
import { config } from "@/lib/config"
import { GIVEN, HELLO, live, SENTENCE, setUpFaults, upstream } from "@/lib/generation/faults.fixture"
import { ask, send, stored, textOf } from "@/lib/generation/generation.fixture"
import {
  answerWith,
  broken,
  call,
  chunk,
  event,
  finish,
  type Script,
  stream,
  text,
  usage,
} from "@/lib/generation/raw-upstream.fixture"

setUpFaults()

const utf8 = new TextEncoder().encode(text("ab👋cd"))
const insideEmoji = utf8.indexOf(0xf0) + 2

test.each<[what: string, script: Script, kept: string, code: string]>([
  ["a reset between tokens", broken(HELLO), GIVEN, "upstream:cut"],
  ["a reset inside a token", broken(HELLO, text("more").slice(0, 30)), GIVEN, "upstream:cut"],
  ["a reset inside a character", broken(HELLO, utf8.slice(0, insideEmoji)), GIVEN, "upstream:cut"],
  ["a reset inside a call's arguments", broken(HELLO, call("c1", "get_weather", '{"loc')), GIVEN, "upstream:cut"],
  ["an end without a finish reason", stream(HELLO), GIVEN, "upstream:cut"],
  ["nothing but [DONE]", stream(event("[DONE]")), "", "upstream:cut"],
  ["an end inside a token", stream(HELLO, text("more").slice(0, 30)), GIVEN, "upstream:cut"],
  ["a reset before the first token", broken(": ping\n\n"), "", "upstream:cut"],
  ["an empty event stream", stream(), "", "upstream:cut"],
  ["an empty 200", answerWith(200, ""), "", "upstream:cut"],
  ["a page with 200", answerWith(200, "<html>Login</html>", { "content-type": "text/html" }), "", "upstream:garbage"],
  ["JSON that is no stream", answerWith(200, "{}", { "content-type": "application/json" }), "", "upstream:garbage"],
  [
    "a line that is no JSON",
    stream(HELLO, event("{this is no json"), text("!"), finish()),
    `${GIVEN}!`,
    "upstream:garbage",
  ],
  ["JSON that is no chunk", stream(HELLO, event('{"choices":"none"}'), finish()), GIVEN, "upstream:garbage"],
  ["an error object", stream(HELLO, event({ error: { message: "Broke" } })), GIVEN, "upstream:server_error"],
  [
    "an error with a number",
    stream(HELLO, event({ error: { message: "x", code: 500 } })),
    GIVEN,
    "upstream:server_error",
  ],
  ["an error text", stream(HELLO, event({ error: "overloaded" })), GIVEN, "upstream:overloaded"],
  ["nothing but an end", stream(finish()), "", "upstream:garbage"],
  ["a finish reason of error", stream(HELLO, finish("error")), GIVEN, "upstream:server_error"],
  ["a finish reason of abort", stream(HELLO, finish("abort")), GIVEN, "upstream:server_error"],
  ["a finish reason of cancelled", stream(HELLO, finish("cancelled")), GIVEN, "upstream:server_error"],
  [
    "a call and a finish reason of error",
    stream(HELLO, call("c", "x", "{}"), finish("error")),
    GIVEN,
    "upstream:server_error",
  ],
  ["content_filter", stream(HELLO, finish("content_filter")), GIVEN, "upstream:content_filter"],
  ["content_filter at once", stream(finish("content_filter")), "", "upstream:content_filter"],
])("%s keeps the partial answer and reports the error", async (_, script, kept, code) => {
  const { answer, text: said, error, asked } = await live(script)
  expect(said).toBe(kept)
  expect(answer?.metadata?.status).toBe("failed")
  expect(error).toMatchObject({ code, retryable: true })
  expect(error?.message).toMatch(SENTENCE)
  expect(asked.length, "never again once an answer has begun").toBe(1)
  expect(answer?.parts.every((part) => !("toolCallId" in part) || part.state === "output-error")).toBe(true)
})

test.each<[what: string, script: Script, said: string, finishReason: string]>([
  ["length", stream(HELLO, finish("length")), GIVEN, "length"],
  ["a word before the first", stream(event({ message: "Model is loading" }), HELLO, finish()), GIVEN, "stop"],
  [
    "usage in a chunk of its own",
    stream(HELLO, chunk({}, "stop"), event({ id: "c1", choices: [], ...usage })),
    GIVEN,
    "stop",
  ],
  [
    "finish reasons of nothing",
    stream(chunk({ content: "a" }, ""), chunk({ content: "b" }, null), finish()),
    "ab",
    "stop",
  ],
  ["an empty list of calls", stream(chunk({ content: "a", tool_calls: [] }), text("b"), finish()), "ab", "stop"],
  ["a finish reason of its own", stream(HELLO, finish("eos_token")), GIVEN, "stop"],
  ["one that nobody knows", stream(HELLO, finish("something_new")), GIVEN, "other"],
  ["[DONE] without a finish reason", stream(HELLO, chunk({}, null, usage), event("[DONE]")), GIVEN, "other"],
  [
    "odd events",
    stream("data:\n\n", event({}), HELLO, "event: ping\ndata: {}\n\n", event({ error: null }), finish()),
    GIVEN,
    "stop",
  ],
  ["words behind the end", stream(HELLO, finish(), text("!"), "data: {broken\n\n"), GIVEN, "stop"],
  ["an end of the connection behind the end", broken(HELLO, chunk({}, "stop", usage)), GIVEN, "stop"],
  [
    "whole JSON",
    answerWith(200, JSON.stringify({ choices: [{ message: { content: GIVEN }, finish_reason: "stop" }], ...usage }), {
      "content-type": "application/json",
    }),
    GIVEN,
    "stop",
  ],
  [
    "a stream that calls itself JSON",
    answerWith(200, HELLO + finish(), { "content-type": "application/json" }),
    GIVEN,
    "stop",
  ],
  ["a stream without a type", answerWith(200, HELLO + finish()), GIVEN, "stop"],
  ["comments and blank lines", stream(": ping\n\n\n\n", HELLO, ": ping\n\n", finish()), GIVEN, "stop"],
  ["windows line ends", stream((HELLO + finish()).replaceAll("\n", "\r\n")), GIVEN, "stop"],
])("%s is a complete answer", async (_, script, said, finishReason) => {
  const { answer, text: read } = await live(script)
  expect(read).toBe(said)
  expect(answer?.metadata).toMatchObject({ status: "complete", finishReason, usage: { input: 10, output: 5 } })
})

test("a late first token is waited for, but only until the timeout", async () => {
  config().limits.firstTokenMs = 30_000
  upstream.script = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders()
    setTimeout(() => response.end(HELLO + finish()), 400)
  }
  const patient = ask("Hello there")
  await (await send(patient)).response?.text()
  expect(textOf((await stored(patient.id))[1])).toBe(GIVEN)
  for (const silent of [() => {}, (response: Parameters<Script>[0]) => response.writeHead(200).flushHeaders()]) {
    config().limits.firstTokenMs = 200
    const { answer, error } = await live(silent)
    expect(answer?.metadata?.status).toBe("failed")
    expect(error).toMatchObject({ code: "upstream:timeout", retryable: true })
    await expect.poll(() => upstream.left).toBe(1)
  }
})

test("a stream that stalls midway ends the answer and keeps what arrived", async () => {
  config().limits.silenceMs = 400
  const { text: said, error } = await live((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write(HELLO)
  })
  expect(said).toBe(GIVEN)
  expect(error).toMatchObject({ code: "upstream:timeout", retryable: true })
  await expect.poll(() => upstream.left).toBe(1)
})

/** The first question is answered with a call, later ones with text. */

test("an answer of nearly four million characters is streamed and stored in full", async () => {
  const piece = `${"0123456789".repeat(99)}\nwörter 👋`
  const pieces = Array.from({ length: 3_900 }, (_, n) => `${n} ${piece}`)
  const { answer, text: said } = await live((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    let next = 0
    const write = () => {
      while (next < pieces.length) if (!response.write(text(pieces[next++] ?? ""))) return response.once("drain", write)
      return response.end(finish())
    }
    write()
  })
  expect(said.length).toBeGreaterThan(3_900_000)
  expect(said === pieces.join(""), "to the letter").toBe(true)
  expect(answer?.metadata?.status).toBe("complete")
})

test("running out of output tokens before any text is reported as the output limit", async () => {
  const { answer, error } = await live(stream(chunk({ role: "assistant", content: "" }), finish("length")))
  expect(answer?.metadata?.status).toBe("failed")
  expect(error).toMatchObject({ code: "upstream:length", message: expect.stringMatching(/all 32,768 output tokens/) })
})
