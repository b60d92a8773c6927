import { expect, test } from "vitest"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { chunk, data, END, fn, fragment, head, read, stop, text } from "@/lib/ai/wire/read.fixture"
import { WireReader } from "@/lib/ai/wire/reader"

const HELLO = { text: "Hello world", finish: "stop", error: undefined }

test.each<[what: string, odd: string]>([
  ["an empty data line", "data:\n\n"],
  ["an empty data line with a space", "data: \n\n"],
  ["an empty object", data({})],
  ["an empty list", data([])],
  ["a ping", "event: ping\ndata: {}\n\n"],
  ["a ping with a type", data({ type: "ping" })],
  ["a word", "data: ping\n\n"],
  ["null", "data: null\n\n"],
  ["a comment", ": OPENROUTER PROCESSING\n\n"],
  ["a keep-alive that is no line of the protocol", "keep-alive\n\n"],
  ["blank lines", "\n\n\n\n"],
  ["an id and a retry", "id: 7\nretry: 10\n\n"],
  ["usage without choices", data({ usage: { prompt_tokens: 1 } })],
  ["no choices", data({ ...head, choices: [] })],
  ["null for choices", data({ ...head, choices: null })],
  ["null for an error", data({ ...head, choices: [], error: null })],
  ["null for a delta", data({ ...head, choices: [{ index: 0, delta: null }] })],
  ["no delta", data({ ...head, choices: [{ index: 0 }] })],
  ["null for a choice", data({ ...head, choices: [null] })],
  ["a second choice", data({ ...head, choices: [{ index: 1, delta: { content: "no" } }] })],
  ["another role", data(chunk({ role: "model" }))],
  ["an empty list of calls", data(chunk({ tool_calls: [] }))],
  ["null for calls", data(chunk({ tool_calls: null, function_call: null, refusal: null, audio: null }))],
  ["a finish reason of nothing", data(chunk({}, { finish_reason: "" }))],
  ["a number for an id", data({ ...chunk({}), id: 7, created: "now", model: null })],
  ["usage of words", data({ ...chunk({}), usage: { prompt_tokens: "many" } })],
])("%s among the text has no effect", (_, odd) => {
  for (const length of [1, 7, 10_000])
    expect(read(`${odd}${text("Hello")}${odd}${text(" world")}${odd}${END}`, length)).toMatchObject(HELLO)
})

test.each<[what: string, stream: string]>([
  ["no id, no time, no model, no index", data({ choices: [{ delta: { content: "Hello world" } }] }) + END],
  ["an error of null beside it", data({ ...chunk({ content: "Hello world" }), error: null }) + END],
  ["no space behind the colon", (text("Hello") + text(" world") + END).replaceAll("data: ", "data:")],
  ["two spaces behind it", (text("Hello") + text(" world") + END).replaceAll("data: ", "data:  ")],
  ["windows line ends", (text("Hello") + text(" world") + END).replaceAll("\n", "\r\n")],
  ["line ends of old", (text("Hello") + text(" world") + END).replaceAll("\n", "\r")],
  ["no blank lines", (text("Hello") + text(" world") + END).replaceAll("\n\n", "\n")],
  ["no line end at the end", (text("Hello world") + END).trimEnd()],
  [
    "an event over several lines",
    `data: ${JSON.stringify(chunk({ content: "Hello world" }), null, 1).replaceAll("\n", "\ndata: ")}\n\n${END}`,
  ],
  ["comments in an event", `: a\n${text("Hello")}: b\n${text(" world")}${END}`],
  ["an event with a name", `event: message\nid: 1\n${text("Hello world")}${END}`],
  [
    "JSON lines",
    [chunk({ content: "Hello" }), chunk({ content: " world" }), chunk({}, { finish_reason: "stop" })]
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(""),
  ],
  ["several events in a list", data([chunk({ content: "Hello" }), chunk({ content: " world" })]) + END],
  [
    "a list of parts",
    data(
      chunk({
        content: [
          { type: "text", text: "Hello" },
          { type: "text", text: " world" },
        ],
      }),
    ) + END,
  ],
  ["a list of strings", data(chunk({ content: ["Hello", " world"] })) + END],
  ["a part that is no list", data(chunk({ content: { type: "text", text: "Hello world" } })) + END],
  [
    "a message in place of a delta",
    data({ ...head, choices: [{ index: 0, message: { content: "Hello world" } }] }) + END,
  ],
  ["a completion of old", data({ ...head, choices: [{ index: 0, text: "Hello world" }] }) + END],
  ["an index that is text", data({ ...head, choices: [{ index: "0", delta: { content: "Hello world" } }] }) + END],
  ["words behind the end", `${text("Hello world")}${END}${text("!")}data: {"broken\n\ngarbage`],
  ["an end with text", data(chunk({ content: "Hello world" }, { finish_reason: "stop" })) + data("[DONE]")],
  ["an end without [DONE]", text("Hello world") + stop],
  [
    "whole JSON",
    JSON.stringify({
      ...head,
      choices: [{ message: { role: "assistant", content: "Hello world" }, finish_reason: "stop" }],
    }),
  ],
  [
    "whole JSON over several lines",
    JSON.stringify({ ...head, choices: [{ message: { content: "Hello world" }, finish_reason: "stop" }] }, null, 2),
  ],
])("%s: parsed", (_, stream) => {
  for (const length of [1, 13, 100_000]) expect(read(stream, length)).toMatchObject(HELLO)
})

test.each<[what: string, delta: object]>([
  ["reasoning_content", { reasoning_content: "hm" }],
  ["reasoning", { reasoning: "hm" }],
  ["both", { reasoning_content: "hm", reasoning: "hm" }],
  ["an empty one beside the other", { reasoning_content: "", reasoning: "hm" }],
  ["thinking", { thinking: "hm" }],
  ["details", { reasoning: null, reasoning_details: [{ type: "reasoning.text", text: "hm" }] }],
  ["a part of thinking", { content: [{ type: "thinking", thinking: [{ type: "text", text: "hm" }] }] }],
  ["beside empty text", { content: "", reasoning: "hm", role: "assistant" }],
])("%s is thinking", (_, delta) => {
  expect(read(data(chunk(delta)) + text("Hello world") + END)).toMatchObject({ ...HELLO, thinking: "hm" })
})

test.each<[what: string, event: object | string, said: string]>([
  ["an object", { error: { message: "Broke", code: 500 } }, "Broke"],
  ["a text", { error: "Broke" }, "Broke"],
  ["a bare message", { message: "Broke" }, "Broke"],
  ["an object that calls itself so", { object: "error", message: "Broke", code: 400 }, "Broke"],
  ["a type that says so", { type: "error", error: { type: "overloaded_error", message: "Broke" } }, "Broke"],
  ["a detail", { detail: [{ loc: ["body"], msg: "Broke" }] }, "Broke"],
  ["a list", [{ error: { code: 429, message: "Broke" } }], "Broke"],
  [
    "beside an empty delta",
    { ...chunk({ content: "" }, { finish_reason: "error" }), error: { message: "Broke" } },
    "Broke",
  ],
  ["one without words", { error: { code: 7 } }, ""],
])("an error mid-stream, %s, keeps what arrived and reports the server's message", (_, event, said) => {
  expect(read(text("Hello") + data(event) + data("[DONE]"))).toMatchObject({ text: "Hello", error: said })
})

test("an event named error, and llama.cpp's error line", () => {
  expect(read(`${text("Hello")}event: error\ndata: Broke\n\n`).error).toBe("Broke")
  expect(read(`${text("Hello")}error: {"code":500,"message":"Broke"}\n\n`).error).toBe("Broke")
})

test("[DONE] without a finish reason ends an answer; a stream without either does not", () => {
  expect(read(text("Hello") + data("[DONE]"))).toMatchObject({ text: "Hello", finish: "unknown", done: true })
  expect(read(data("[DONE]"))).toMatchObject({ finish: null })
  expect(read(text("Hello"))).toMatchObject({ text: "Hello", finish: null, done: false })
})

test.each([
  ["eos", "stop"],
  ["END_TURN", "stop"],
  ["max_tokens", "length"],
  ["MAX_TOKENS", "length"],
  ["model_length", "length"],
  ["SAFETY", "content_filter"],
  ["sensitive", "content_filter"],
  ["error", "error"],
  ["abort", "abort"],
  ["something_new", "something_new"],
])("finish reason %s is %s", (reason, finish) => {
  expect(read(text("a") + data(chunk({}, { finish_reason: reason })))).toMatchObject({ finish })
})

test("token counts given as strings or next to unknown fields are read", () => {
  const counted = { prompt_tokens: "7", completion_tokens: 3, prompt_tokens_details: { cached_tokens: 2, x: null } }
  expect(read(text("a") + data({ usage: counted }) + END).usage).toEqual({
    ...{ prompt_tokens: 7, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 2 } },
  })
})

test.each(["<html><body>Login</body></html>", "{}", '{"object":"list","data":[]}', "upstream connect error"])(
  "%s is not an answer",
  (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: "upstream:garbage" }))
  },
)

const limits = {
  characters: 100,
  parts: 5,
  callsAStep: 3,
  argumentCharacters: 20,
  argumentLevels: 4,
  argumentValues: 6,
}

test.each<[what: string, stream: string, kept: string]>([
  ["characters", text("x".repeat(70)) + text("y".repeat(70)), "x".repeat(70) + "y".repeat(30)],
  ["parts", (text("a") + data(chunk({ reasoning: "r" }))).repeat(5), "aaa"],
  [
    "tool calls in one step",
    text("a") + Array.from({ length: 9 }, (_, n) => fragment({ index: n, ...fn("x", "") })).join(""),
    "a",
  ],
  ["characters in one tool call", text("a") + fragment({ index: 0, ...fn("x", "z".repeat(21)) }), "a"],
  ["values in one tool call", text("a") + fragment({ index: 0, ...fn("x", '{"a":[1,2,3,4,5,6') }), "a"],
  [
    "levels of nesting in one tool call",
    text("a") + fragment({ index: 0, ...fn("x", '{"a":[') }) + fragment({ index: 0, ...fn(null, "[[[") }),
    "a",
  ],
])("too many %s end an answer with an error message, and what arrived is kept", (what, stream, kept) => {
  let said = ""
  const reader = new WireReader((item) => {
    if ("kind" in item && item.kind === "text") said += item.text
  }, new AnswerBudget(limits))
  const message = expect.stringMatching(
    new RegExp(`reached the limit of \\d+ ${what}\\. The answer so far is kept\\.$`),
  )
  expect(() => reader.feed(stream)).toThrow(expect.objectContaining({ code: "upstream:limit", message }))
  expect(said).toBe(kept)
})

test("logprobs are passed to the SDK after the text, for text but not for thinking", () => {
  const passed: string[] = []
  const reader = new WireReader((item) => passed.push("kind" in item ? item.text : item.data), new AnswerBudget())
  const likely = (token: string) => ({ logprobs: { content: [{ token, logprob: -1 }] } })
  reader.feed(data(chunk({ reasoning_content: "hm" }, likely("hm"))) + data(chunk({ content: "Yes" }, likely("Yes"))))
  expect(passed.map((item) => (item.startsWith("{") ? JSON.parse(item).choices[0].logprobs : item))).toEqual([
    "hm",
    "Yes",
    likely("Yes").logprobs,
  ])
})
