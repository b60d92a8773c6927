/** Streams as servers and proxies distort them: text that arrived is an answer, and anything else is not an error. */
import { expect, test } from "vitest"
import { chunk, data, END, head, read, stop, text } from "@/lib/ai/wire/read.fixture"

const HI = { text: "Hi", finish: "stop", error: undefined }
const event = (more: object) => ({ ...chunk({ content: "Hi" }), ...more })
const inChoice = (choice: unknown) => data({ ...head, choices: [choice] })
const whole = (choice: object) => JSON.stringify({ ...head, choices: [choice] })
const DONE = "data: [DONE]\n\n"

/** In one piece, character by character, and in pieces. */
const readings = (stream: string) => [100_000, 1, 13].map((length) => read(stream, length))

test.each<[what: string, stream: string]>([
  ["a byte order mark first", `\ufeff${text("Hi")}${END}`],
  ["a byte order mark before whole JSON", `\ufeff${whole({ message: { content: "Hi" }, finish_reason: "stop" })}`],
  ["a field in capitals", text("Hi").replace("data", "Data") + END],
  ["blanks before the field", `  ${text("Hi")}${END}`],
  ["a tab behind the colon", text("Hi").replace("data: ", "data:\t") + END],
  ["a field without a colon", `data\n\n${text("Hi")}${END}`],
  ["the field twice", `data: ${text("Hi")}data: ${END}`],
  [
    "two events on a line",
    `data: ${JSON.stringify(chunk({ content: "H" }))} ${JSON.stringify(chunk({ content: "i" }))}\n\n${END}`,
  ],
  ["a comment that looks like data", `:data: {"error":"x"}\n\n${text("Hi")}${END}`],
  ["line ends of three kinds", `${text("Hi").replaceAll("\n", "\r\n")}${stop.replaceAll("\n", "\r")}${DONE}`],
  ["an event over lines with Windows' ends", `data: {"choices":[{"delta":\r\ndata: {"content":"Hi"}}]}\r\n\r\n${END}`],
  ["a form feed", `\f\n${text("Hi")}${END}`],
  ["a ping with a date", `event: ping\ndata: 2026-01-01\n\n${text("Hi")}${END}`],
  ["a list over lines", `[${JSON.stringify(event({}))},\n${JSON.stringify(chunk({}, { finish_reason: "stop" }))}]`],
  ["numbers that are none", `data: {"choices":[{"delta":{"content":"Hi"},"logprobs":NaN}]}\n\n${END}`],
  ["a word in between", data({ message: "Model is loading" }) + text("Hi") + END],
  ["a success", data({ code: 200, msg: "ok" }) + text("Hi") + END],
  ["a success beside it", data(event({ code: 0, message: "success" })) + END],
  ["an error of false", data(event({ error: false })) + END],
  ["an error of nothing", data(event({ error: { message: null, code: null } })) + END],
  ["an error of 0", data({ error: { code: 0, message: "" } }) + text("Hi") + END],
  ["errors of none", data({ errors: [] }) + text("Hi") + END],
  ["an event called error that says nothing", `event: error\ndata: {}\n\n${text("Hi")}${END}`],
  ["an end of null in each", data(chunk({ content: "H" }, { finish_reason: "null" })) + text("i") + END],
  ["no list of choices", data({ ...head, choices: { delta: { content: "Hi" } } }) + END],
  ["a delta that is text", inChoice({ delta: "Hi" }) + END],
  ["a delta in a list", inChoice({ delta: [{ content: "Hi" }] }) + END],
  ["null for an index", inChoice({ index: null, delta: { content: "Hi" } }) + END],
  ["a message beside an empty delta", inChoice({ delta: { content: "" }, message: { content: "Hi" } }) + END],
  ["a message that says it again", text("Hi") + inChoice({ message: { content: "Hi" }, finish_reason: "stop" })],
  ["a value in a text", data(chunk({ content: [{ type: "text", text: { value: "Hi" } }] })) + END],
  ["what a filter found", inChoice({ delta: { content: "Hi" }, content_filter_results: { hate: {} } }) + END],
  ["half an event behind the end", `${text("Hi")}${stop}data: {"choi`],
  ["what is no JSON behind the end", `${text("Hi")}${stop}data: {bad\n\n`],
  ["a page behind the end", `${text("Hi")}${stop}<html>502</html>\n`],
  ["whole JSON, then [DONE]", `${whole({ message: { content: "Hi" }, finish_reason: "stop" })}\n${DONE}`],
  ["whole JSON behind blank lines", `\n\n  ${whole({ text: "Hi", finish_reason: "stop" })}`],
])("%s: parsed", (_, stream) => {
  for (const reading of readings(stream)) expect(reading).toMatchObject(HI)
})

test.each(["data: [done]", 'data: "[DONE]"', "data: DONE", "[DONE]", "event: done\ndata: {}", "event: end\ndata:"])(
  "%j ends the stream",
  (end) => {
    for (const reading of readings(`${text("Hi")}${end}\n\n`))
      expect(reading).toMatchObject({ text: "Hi", finish: "unknown" })
  },
)

test("complete JSON is complete even without a finish reason; a stream that just stops is not", () => {
  expect(read(whole({ message: { content: "Hi" } }))).toMatchObject({ text: "Hi", finish: "unknown" })
  expect(read(text("Hi"))).toMatchObject({ text: "Hi", finish: null })
})

test("characters that are invalid unescaped in JSON are kept", () => {
  expect(read(`data: {"choices":[{"delta":{"content":"a\tb"}}]}\n\n${END}`).text).toBe("a\tb")
  expect(read(`data: {"choices":[{"delta":{"content":"a\ndata: b"}}]}\n\n${END}`).text).toBe("a\nb")
  expect(read(data(chunk({ content: "a\u2028b\u0085c" })) + END).text).toBe("a\u2028b\u0085c")
  expect(read(data(chunk({ content: 42 })) + END).text).toBe("42")
})

test.each<[what: string, delta: object]>([
  ["reasoning_text", { reasoning_text: "hm" }],
  ["a summary", { reasoning_details: [{ type: "reasoning.summary", summary: "hm" }] }],
  ["an object", { reasoning: { content: "hm" } }],
  ["Google's mark", { content: "hm", extra_content: { google: { thought: true } } }],
])("%s is thinking", (_, delta) => {
  expect(read(data(chunk(delta)) + text("Hi") + END)).toMatchObject({ ...HI, thinking: "hm" })
})

test.each<[what: string, told: string]>([
  ["in the event", data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: "4" } })],
  ["in a choice", inChoice({ delta: {}, usage: { prompt_tokens: 3, completion_tokens: 4 } })],
  ["in a member of Groq's", data({ choices: [], x_groq: { usage: { prompt_tokens: 3, completion_tokens: 4 } } })],
  ["in other words", data({ choices: [], usage: { input_tokens: 3, output_tokens: 4 } })],
  ["in both", data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, input_tokens: 9 } })],
  ["with a number that is none", data({ usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: -1 } })],
])("tokens are counted %s", (_, told) => {
  expect(read(text("Hi") + told + END).usage).toEqual({ prompt_tokens: 3, completion_tokens: 4 })
})

test.each([
  ["FinishReason.STOP", "stop"],
  ["<|im_end|>", "stop"],
  ["stop_token", "stop"],
  ["LENGTH", "length"],
  ["FinishReason.MAX_TOKENS", "length"],
  ["max_tokens_exceeded", "length"],
  ["context_length_exceeded", "length"],
  ["content-filter", "content_filter"],
])("finish reason %s is %s", (reason, finish) => {
  expect(read(text("a") + data(chunk({}, { finish_reason: reason })))).toMatchObject({ finish })
  expect(read(text("a") + data(chunk({}, { finish_reason: { type: reason } })))).toMatchObject({ finish })
})

test("an error in a choice is reported, and a message mid-stream is an error if nothing follows it", () => {
  expect(read(text("Hi") + inChoice({ delta: {}, error: { message: "Broke" }, finish_reason: "error" })).error).toBe(
    "Broke",
  )
  expect(read(text("Hi") + data({ message: "Broke" })).error).toBe("Broke")
  expect(read(text("Hi") + data({ message: "Broke" }) + DONE).error).toBe("Broke")
})
