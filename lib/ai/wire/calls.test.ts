import { expect, test } from "vitest"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { chunk, data, fn, fragment, read } from "@/lib/ai/wire/read.fixture"
import { WireReader } from "@/lib/ai/wire/reader"

test.each<[what: string, fragments: string, calls: { name: string; args: string }[]]>([
  [
    "by index",
    fragment({ index: 0, id: "a", ...fn("x", "") }) +
      fragment({ index: 0, ...fn(null, '{"n":') }) +
      fragment({ index: 0, ...fn(null, "1}") }),
    [{ name: "x", args: '{"n":1}' }],
  ],
  [
    "arguments that are an object",
    fragment({ index: 0, id: "a", ...fn("x", { n: 1 }) }),
    [{ name: "x", args: '{"n":1}' }],
  ],
  ["arguments of null", fragment({ index: 0, id: "a", ...fn("x", null) }), [{ name: "x", args: "" }]],
  ["arguments of nothing", fragment({ index: 0, id: "a", ...fn("x", "") }), [{ name: "x", args: "" }]],
  [
    "no index",
    fragment({ id: "a", ...fn("x", "{}") }) + fragment({ id: "b", ...fn("y", "{}") }),
    [
      { name: "x", args: "{}" },
      { name: "y", args: "{}" },
    ],
  ],
  [
    "no id",
    fragment({ index: 0, ...fn("x", "{}") }) + fragment({ index: 1, ...fn("x", "{}") }),
    [
      { name: "x", args: "{}" },
      { name: "x", args: "{}" },
    ],
  ],
  [
    "neither",
    fragment(fn("x", "{}")) + fragment(fn("x", '{"n":2}')),
    [
      { name: "x", args: "{}" },
      { name: "x", args: '{"n":2}' },
    ],
  ],
  ["neither, in pieces", fragment(fn("x", '{"n"')) + fragment(fn(null, ":2}")), [{ name: "x", args: '{"n":2}' }]],
  [
    "the same id twice",
    fragment({ index: 0, id: "a", ...fn("x", "{}") }) + fragment({ index: 1, id: "a", ...fn("x", "{}") }),
    [
      { name: "x", args: "{}" },
      { name: "x", args: "{}" },
    ],
  ],
  [
    "an index of 0 for each",
    fragment({ index: 0, id: "a", ...fn("x", "{}") }) + fragment({ index: 0, id: "b", ...fn("x", "{}") }),
    [
      { name: "x", args: "{}" },
      { name: "x", args: "{}" },
    ],
  ],
  [
    "a name with each piece",
    fragment({ index: 0, id: "a", ...fn("x", '{"n"') }) + fragment({ index: 0, id: "a", ...fn("x", ":2}") }),
    [{ name: "x", args: '{"n":2}' }],
  ],
  [
    "an empty name with each piece",
    fragment({ index: 0, id: "a", ...fn("x", '{"n"') }) +
      fragment({ index: 0, id: "", function: { name: "", arguments: ":2}" } }),
    [{ name: "x", args: '{"n":2}' }],
  ],
  [
    "the name behind the id",
    fragment({ index: 0, id: "a", function: { arguments: "" } }) + fragment({ index: 0, ...fn("x", "{}") }),
    [{ name: "x", args: "{}" }],
  ],
  [
    "in turns",
    fragment({ index: 0, id: "a", ...fn("x", '{"n"') }) +
      fragment({ index: 1, id: "b", ...fn("y", '{"m"') }) +
      fragment({ index: 0, ...fn(null, ":1}") }) +
      fragment({ index: 1, ...fn(null, ":2}") }),
    [
      { name: "x", args: '{"n":1}' },
      { name: "y", args: '{"m":2}' },
    ],
  ],
  ["arguments of null as text", fragment({ index: 0, id: "a", ...fn("x", "null") }), [{ name: "x", args: "" }]],
  ["arguments of None", fragment({ index: 0, id: "a", ...fn("x", "None") }), [{ name: "x", args: "" }]],
  ["arguments that are a list of nothing", fragment({ index: 0, id: "a", ...fn("x", []) }), [{ name: "x", args: "" }]],
  ["arguments of blanks", fragment({ index: 0, id: "a", ...fn("x", "  ") }), [{ name: "x", args: "" }]],
  [
    "arguments that are a text of JSON",
    fragment({ index: 0, id: "a", ...fn("x", JSON.stringify('{"n":1}')) }),
    [{ name: "x", args: '{"n":1}' }],
  ],
  [
    "arguments in a fence, in pieces",
    fragment({ index: 0, id: "a", ...fn("x", "```json\n{") }) + fragment({ index: 0, ...fn(null, '"n":1}\n```') }),
    [{ name: "x", args: '{"n":1}' }],
  ],
  [
    "an empty object first",
    fragment({ index: 0, id: "a", ...fn("x", {}) }) + fragment({ index: 0, ...fn(null, '{"n":1}') }),
    [{ name: "x", args: '{"n":1}' }],
  ],
  [
    "the same call again as a whole",
    fragment({ index: 0, id: "a", ...fn("x", { n: 1 }) }).repeat(2),
    [{ name: "x", args: '{"n":1}' }],
  ],
  ["an index that is text", fragment({ index: "0", id: "a", ...fn("x", "{}") }), [{ name: "x", args: "{}" }]],
  ["an index that begins at 1", fragment({ index: 1, id: "a", ...fn("x", "{}") }), [{ name: "x", args: "{}" }]],
  ["a call that is no list", data(chunk({ tool_calls: { id: "a", ...fn("x", "{}") } })), [{ name: "x", args: "{}" }]],
  ["a number for an id", fragment({ index: 0, id: 7, ...fn("x", "{}") }), [{ name: "x", args: "{}" }]],
  ["a call of old", data(chunk({ function_call: { name: "x", arguments: "{}" } })), [{ name: "x", args: "{}" }]],
])("tool calls, %s", (_, fragments, calls) => {
  for (const reason of ["tool_calls", "stop", "eos", "something"]) {
    const out = read(fragments + data(chunk({}, { finish_reason: reason })))
    expect(Object.values(out.calls)).toEqual(calls)
    // The SDK only runs calls after a finish reason it knows.
    expect(out).toMatchObject({ finish: "tool_calls", error: undefined })
  }
})

test("non-object arguments are kept as they are, and a truncated call keeps its partial arguments", () => {
  const args = (value: unknown, reason = "tool_calls") =>
    Object.values(
      read(fragment({ index: 0, id: "a", ...fn("x", value) }) + data(chunk({}, { finish_reason: reason }))).calls,
    )[0]?.args
  expect(args(5)).toBe("5")
  expect(args("location: Paris")).toBe("location: Paris")
  expect(args('{"n', "length")).toBe('{"n')
})

test("arguments in many small fragments are merged into few, so that reparsing stays cheap", () => {
  let events = 0
  const reader = new WireReader(() => events++, new AnswerBudget())
  reader.feed(fragment({ index: 0, id: "a", ...fn("x", "{") }))
  for (let n = 0; n < 20_000; n++) reader.feed(fragment({ index: 0, ...fn(null, "aaaa") }))
  reader.end(false)
  expect(events).toBeLessThan(25)
})
