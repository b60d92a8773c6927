import { expect, test } from "vitest"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { chunk, data, END, fn, fragment, head, read, text } from "@/lib/ai/wire/read.fixture"
import { WireReader } from "@/lib/ai/wire/reader"
import { MAX_JSON_DEPTH } from "@/lib/json-shape"

/** Number of characters of a stream that the SDK gets, and the text among them. */
function passed(stream: string) {
  const events: string[] = []
  let words = ""
  const reader = new WireReader((item) => {
    if ("data" in item) events.push(item.data)
    else {
      words += item.text
      events.push(JSON.stringify(item.delta))
    }
  }, new AnswerBudget())
  reader.feed(stream)
  reader.end(false)
  return { words, events, characters: events.join("").length }
}

const times = (count: number, event: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => event(n)).join("")
const long = "x".repeat(10_000)

test.each<[what: string, stream: string, words: string]>([
  [
    "members that are new with each event",
    times(2_000, (n) => data({ ...chunk({ content: "a" }), [`k${n}`]: long })),
    "a".repeat(2_000),
  ],
  [
    "a model's name",
    times(500, (n) => data({ ...chunk({ content: "a" }), model: n ? null : long.repeat(100) })),
    "a".repeat(500),
  ],
  ["a fingerprint", times(500, () => data({ ...chunk({ content: "a" }), system_fingerprint: long })), "a".repeat(500)],
  [
    "likelihoods",
    times(900, () => data(chunk({ content: "a" }, { logprobs: { content: [{ token: long, logprob: -1 }] } }))),
    "a".repeat(900),
  ],
  ["names of tools", times(500, (n) => fragment({ index: n, id: `c${n}`, ...fn(`${long}${n}`, "{}") })), ""],
  ["ids of calls", times(500, (n) => fragment({ index: n, id: `${long}${n}`, ...fn("x", "{}") })), ""],
])("unbounded %s are dropped, the text is not", (_, stream, words) => {
  const all = passed(stream + END)
  expect(all.words).toBe(words)
  expect(all.characters).toBeLessThan(4_500_000)
  expect(all.characters).toBeLessThan(stream.length / 2)
})

test("events passed only to the SDK are capped, the text after them is not", () => {
  const all = passed(times(5_000, () => data(chunk({ content: "a" }, { foo: 1 }))) + END)
  expect(all.words).toBe("a".repeat(5_000))
  expect(all.events.filter((event) => event.includes("foo"))).toHaveLength(2_500)
})

test("metrics sent with each event are kept once, the last ones", () => {
  const metrics = (n: number) => data({ ...chunk({ content: "a" }), perf_metrics: { n, pad: long } })
  const end = JSON.parse(passed(times(200, metrics) + END).events.at(-1) ?? "")
  expect(end.perf_metrics.n).toBe(199)
})

test("a call whose id is too long still counts as a call", () => {
  const { calls } = read(
    fragment({ index: 0, id: long, ...fn("x", '{"n":') }) + fragment({ index: 0, ...fn(null, "1}") }) + END,
  )
  expect(Object.values(calls)).toEqual([{ name: "x", args: '{"n":1}' }])
  expect(Object.keys(calls)[0]?.length).toBeLessThan(100)
})

const nested = (levels: number, inner = "") => "[".repeat(levels) + inner + "]".repeat(levels)
const told = { text: "Hi", error: undefined, finish: "stop" }

test.each<[what: string, event: string]>([
  ["usage", `{"usage":{"a":${nested(MAX_JSON_DEPTH)}}}`],
  ["a list", nested(MAX_JSON_DEPTH + 1)],
  ["half a million keys", `{"choices":[],"foo":{${times(500_000, (n) => `"k${n}":1,`)}"z":1}}`],
  ["content", `{"choices":[{"index":0,"delta":{"content":${nested(100_000, '"x"')}}}]}`],
  ["a member", `{"choices":[],"foo":${nested(100_000)}}`],
  ["an error", `{"error":${'{"error":'.repeat(100_000)}1${"}".repeat(100_000)}}`],
])("%s too complex to parse is not an event: the SDK sees its beginning, and earlier content is kept", (_, event) => {
  const all = passed(text("Hi") + data(event) + END)
  expect(all.words).toBe("Hi")
  expect(all.events.find((passedOn) => passedOn === event.slice(0, 20_000))).toBeDefined()
})

test("brackets in text do not count as nesting", () => {
  expect(read(data(chunk({ content: "[".repeat(100_000) })) + END)).toMatchObject({ text: "[".repeat(100_000) })
  const args = JSON.stringify({ code: `"${"[{".repeat(10_000)}` })
  expect(Object.values(read(fragment({ index: 0, id: "a", ...fn("x", args) }) + END).calls)).toEqual([
    { name: "x", args },
  ])
  expect(
    read(text("Hi") + data({ ...head, choices: [], a: JSON.parse(nested(MAX_JSON_DEPTH - 1)) }) + END),
  ).toMatchObject(told)
})

test("arguments in a JSON string are not unpacked when nested too deep", () => {
  const args = JSON.stringify(`{"a":${nested(100_000)}}`)
  expect(Object.values(read(fragment({ index: 0, id: "a", ...fn("x", args) }) + END).calls)).toEqual([
    { name: "x", args },
  ])
})
