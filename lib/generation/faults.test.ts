/** What a model server can do wrong: a typed error, a sentence, the right retries, and what came before kept. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { ChatMessage } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { ask, eventsOf, MODEL, send, setUp, stored, textOf } from "@/lib/generation/generation.fixture"
import {
  answerWith,
  broken,
  call,
  chunk,
  event,
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
  usage,
} from "@/lib/generation/raw-upstream.fixture"

setUp()

let upstream: RawUpstream
const limits = { firstTokenMs: 0, silenceMs: 0 }

beforeAll(async () => {
  upstream = await startRawUpstream(MODEL)
  config().baseUrl = upstream.url
  Object.assign(limits, config().limits)
})
afterAll(() => upstream.close())
afterEach(() => Object.assign(config().limits, limits))

/** One question, answered as the script says; and whether the next turn of the conversation works. */
async function live(script: Script, question = "Hello there") {
  upstream.asked = []
  upstream.left = 0
  upstream.script = script
  const request = ask(question)
  const { events, done } = await eventsOf((await send(request)).response)
  const asked = [...upstream.asked]
  const [, answer] = await stored(request.id)
  expect(done).toBe(true)
  const error = events.find(({ chunk: { type } }) => type === "error")?.chunk.errorText
  expect(error).toBe(answer?.metadata?.error?.message)
  await nextTurnWorks(request.id)
  return { answer, asked, text: textOf(answer), error: answer?.metadata?.error }
}

async function nextTurnWorks(conversationId: string): Promise<void> {
  upstream.asked = []
  upstream.script = stream(text("and on"), finish())
  const { text: said } = await eventsOf((await send(ask("And now?", { id: conversationId }))).response)
  expect(said).toBe("and on")
  const messages = upstream.asked[0]?.messages ?? []
  const called = messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }) => id))
  const answered = messages.flatMap(({ tool_call_id: id }) => id ?? [])
  expect(answered, "each call has its result").toEqual(called)
  const roles = messages.map(({ role }) => role)
  expect(
    roles.every((role, at) => role !== roles[at - 1] || role === "tool"),
    `in turns: ${roles}`,
  ).toBe(true)
  expect(messages.filter(({ content, tool_calls: calls }) => !content && !calls)).toEqual([])
  expect(messages.at(-1)).toMatchObject({ role: "user", content: expect.stringMatching(/And now\?$/) })
}

const SENTENCE = /^[A-Z][^{}<>]*[.”]$/

const BODIES: [name: string, body: string, type: string][] = [
  ["an object", '{"error":{"message":"Slow down","type":"x","param":null,"code":"limit"},"request_id":"r1"}', "json"],
  ["an object of another kind", '{"error":{"object":"error","type":"invalid_request_error","message":"No"}}', "json"],
  ["a number for a code", '{"error":{"message":"No","type":"error","code":1234}}', "json"],
  ["a text for an error", '{"error":"No such thing"}', "json"],
  ["plain text", "upstream connect error", "plain"],
  ["a page", "<html><body><h1>Bad gateway</h1><p>nginx</p></body></html>", "html"],
  ["nothing", "", "plain"],
  ["broken JSON", '{"error": {"mess', "json"],
]

/** A page is no word of a model server: something in between answered, or there is nothing at this address. */
const PAGES: Record<number, string> = {
  401: "upstream:blocked",
  403: "upstream:blocked",
  404: "upstream:wrong_address",
  405: "upstream:wrong_address",
}

const STATUSES: [status: number, code: string, retryable: boolean, asked: number][] = [
  [400, "upstream:bad_request", false, 1],
  [401, "upstream:auth", false, 1],
  [402, "upstream:billing", false, 1],
  [403, "upstream:auth", false, 1],
  [404, "upstream:model_not_found", false, 1],
  [405, "upstream:bad_request", false, 1],
  [408, "upstream:timeout", true, 3],
  [412, "upstream:billing", false, 1],
  [413, "upstream:too_large", false, 1],
  [422, "upstream:bad_request", false, 1],
  [429, "upstream:rate_limit", true, 3],
  [500, "upstream:server_error", true, 2],
  [502, "upstream:overloaded", true, 3],
  [503, "upstream:overloaded", true, 3],
  [504, "upstream:timeout", true, 3],
  [520, "upstream:overloaded", true, 3],
  [529, "upstream:overloaded", true, 3],
]

test.each(STATUSES)("status %i becomes %s", async (status, usual, retryable, times) => {
  for (const [name, body, type] of BODIES) {
    const code = (type === "html" && PAGES[status]) || usual
    const script = answerWith(status, body, { "content-type": `text/${type}`, "retry-after": "0" })
    const { answer, asked, error } = await live(script)
    expect(error, name).toMatchObject({ code, retryable })
    expect(error?.message, name).toMatch(SENTENCE)
    expect(asked.length, `${name}: times asked`).toBe(times)
    expect(answer?.metadata?.status).toBe("failed")
  }
})

test("a date in retry-after is honoured, and more patience than can be had is not", async () => {
  const past = answerWith(503, "", { "retry-after": new Date(Date.now() - 60_000).toUTCString() })
  expect((await live(past)).asked.length).toBe(3)
  expect((await live(answerWith(429, "", { "retry-after": "3600" }))).asked.length).toBe(1)
})

test("nobody there", async () => {
  config().baseUrl = "http://127.0.0.1:9/inference/v1"
  upstream.script = stream(text("unused"), finish())
  const request = ask("Hello there")
  await (await send(request)).response?.text()
  config().baseUrl = upstream.url
  const [question, answer] = await stored(request.id)
  expect(textOf(question)).toBe("Hello there")
  expect(answer?.metadata).toMatchObject({ status: "failed", error: { code: "upstream:unreachable", retryable: true } })
  await nextTurnWorks(request.id)
})

const HELLO = text("Hel") + text("lo 👋 wörld")
const GIVEN = "Hello 👋 wörld"
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
])("%s keeps what came and says so", async (_, script, kept, code) => {
  const { answer, text: said, error, asked } = await live(script)
  expect(said).toBe(kept)
  expect(answer?.metadata?.status).toBe("failed")
  expect(error).toMatchObject({ code, retryable: true })
  expect(error?.message).toMatch(SENTENCE)
  expect(asked.length, "never again once an answer has begun").toBe(1)
  expect(answer?.parts.every((part) => !("toolCallId" in part) || part.state === "output-error")).toBe(true)
})

const role = chunk({ role: "assistant", content: "" })

test.each<[what: string, script: Script, code: string, retryable: boolean, times: number]>([
  ["without a word for it", stream(event({ error: { message: "Broke" } })), "upstream:server_error", true, 2],
  ["with a status", stream(event({ error: { message: "x", code: 401 } })), "upstream:auth", false, 1],
  ["with a type", stream(event({ error: { type: "overloaded_error" } })), "upstream:overloaded", true, 3],
  ["behind the role", stream(": ping\n\n", role, event({ error: "capacity" })), "upstream:overloaded", true, 3],
  ["by name", stream("event: error\ndata: Rate limit reached\n\n"), "upstream:rate_limit", true, 3],
])("an error before the first word, %s, is a refusal of its status", async (_, script, code, retryable, times) => {
  const { error, asked } = await live(script)
  expect(error).toMatchObject({ code, retryable })
  expect(error?.message).toMatch(SENTENCE)
  expect(asked.length).toBe(times)
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
])("%s is an answer", async (_, script, said, finishReason) => {
  const { answer, text: read } = await live(script)
  expect(read).toBe(said)
  expect(answer?.metadata).toMatchObject({ status: "complete", finishReason, usage: { input: 10, output: 5 } })
})

test("a first token that is late is waited for, one that never comes is not", async () => {
  config().limits.firstTokenMs = 1_500
  upstream.script = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders()
    setTimeout(() => response.end(HELLO + finish()), 400)
  }
  const patient = ask("Hello there")
  await (await send(patient)).response?.text()
  expect(textOf((await stored(patient.id))[1])).toBe(GIVEN)
  config().limits.firstTokenMs = 200
  for (const silent of [() => {}, (response: Parameters<Script>[0]) => response.writeHead(200).flushHeaders()]) {
    const { answer, error } = await live(silent)
    expect(answer?.metadata?.status).toBe("failed")
    expect(error).toMatchObject({ code: "upstream:timeout", retryable: true })
    await expect.poll(() => upstream.left).toBe(1)
  }
})

test("silence in mid-stream ends the answer and keeps what came", async () => {
  config().limits.silenceMs = 400
  const { text: said, error } = await live((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write(HELLO)
  })
  expect(said).toBe(GIVEN)
  expect(error).toMatchObject({ code: "upstream:timeout", retryable: true })
  await expect.poll(() => upstream.left).toBe(1)
})

/** The first question is answered with a call, what follows with text. */
const callThen = (first: string): Script => {
  let times = 0
  return (response, asked) =>
    stream(times++ === 0 ? first : text("So be it."), finish(times === 1 ? "tool_calls" : "stop"))(response, asked)
}

const toolParts = (answer: ChatMessage | undefined) => answer?.parts.filter((part) => "toolCallId" in part) ?? []

test.each([
  ["arguments that are no JSON", call("c1", "get_weather", '{"location": Par')],
  ["arguments of another shape", call("c1", "get_weather", '{"place": 7}')],
  ["no arguments", call("c1", "get_weather", null) + call("c2", "get_weather", "", 1)],
  ["an unknown tool", call("c1", "launch_rocket", "{}")],
])("%s: the model is told, and answers all the same", async (_, first) => {
  const { answer, asked, text: said } = await live(callThen(first))
  expect(said).toBe("So be it.")
  expect(answer?.metadata?.status).toBe("complete")
  const parts = toolParts(answer)
  expect(parts.length).toBeGreaterThan(0)
  for (const part of parts) expect(part).toMatchObject({ state: "output-error" })
  const results = asked[1]?.messages.filter(({ role }) => role === "tool") ?? []
  expect(results.length).toBe(parts.length)
})

test("a model that never stops calling is stopped", async () => {
  const { toolSteps } = config().limits
  const { asked, answer, error } = await live((response, request) =>
    stream(call(`c${upstream.asked.length}`, "launch_rocket", "{}"), finish("tool_calls"))(response, request),
  )
  expect(asked.length).toBe(toolSteps)
  expect(asked.at(-1)?.tool_choice).toBe("none")
  expect(toolParts(answer).length).toBe(toolSteps - 1)
  expect(error).toMatchObject({ code: "upstream:no_answer", retryable: true })
})

test("a thousand calls in one step are answered each, and the model is asked once more", async () => {
  const calls = Array.from({ length: 1_000 }, (_, n) => call(`c${n}`, "launch_rocket", "{}", n)).join("")
  const { asked, answer, text: said } = await live(callThen(calls))
  expect(asked.length).toBe(2)
  expect(toolParts(answer).length).toBe(1_000)
  expect(said).toBe("So be it.")
}, 120_000)

test.each<[what: string, script: Script, kept: number]>([
  [
    "1,024 tool calls in one step",
    stream(
      HELLO,
      Array.from({ length: 1_100 }, (_, n) => call(`c${n}`, "launch_rocket", "{}", n)).join(""),
      finish("tool_calls"),
    ),
    1_024,
  ],
  [
    "400,000 characters in one tool call",
    stream(HELLO, call("c", "x", "{"), call("c", "x", "y".repeat(400_001)), finish()),
    1,
  ],
  ["2,000 parts", stream(HELLO, (chunk({ reasoning: "r" }) + text("t")).repeat(1_100), finish()), 0],
])(
  "the limit of %s ends an answer, which keeps what came and says so",
  async (what, script, kept) => {
    const { answer, asked, text: said, error } = await live(script)
    expect(error).toMatchObject({
      code: "upstream:limit",
      message: `This answer reached the limit of ${what}. What came is kept.`,
    })
    expect(answer?.metadata).toMatchObject({ status: "failed", finishReason: "length" })
    expect(said.startsWith(GIVEN)).toBe(true)
    expect(toolParts(answer).length).toBe(kept)
    expect(toolParts(answer).every((part) => "state" in part && part.state === "output-error")).toBe(true)
    expect(asked.length).toBe(1)
  },
  120_000,
)

test("ten megabytes are streamed and stored whole", async () => {
  const piece = `${"0123456789".repeat(99)}\nwörter 👋`
  const pieces = Array.from({ length: 10_000 }, (_, n) => `${n} ${piece}`)
  const { answer, text: said } = await live((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    let next = 0
    const write = () => {
      while (next < pieces.length) if (!response.write(text(pieces[next++] ?? ""))) return response.once("drain", write)
      return response.end(finish())
    }
    write()
  })
  expect(said.length).toBeGreaterThan(10_000_000)
  expect(said === pieces.join(""), "to the letter").toBe(true)
  expect(answer?.metadata?.status).toBe("complete")
}, 120_000)

test("a limit that is used up before the first word is said to be the limit", async () => {
  const { answer, error } = await live(stream(chunk({ role: "assistant", content: "" }), finish("length")))
  expect(answer?.metadata?.status).toBe("failed")
  expect(error).toMatchObject({ code: "upstream:length", message: expect.stringMatching(/limit of 32,768 tokens/) })
})
