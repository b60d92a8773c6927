import { expect, test } from "vitest"
import { parseParts } from "@/lib/messages/parts"

test("the raw input of a call that failed is its input, also in rows of before", () => {
  const call = { type: "tool-get_weather", toolCallId: "1", state: "output-error", errorText: "no" }
  expect(parseParts([{ ...call, rawInput: "{broken" }])).toEqual([{ ...call, input: "{broken" }])
  expect(parseParts([{ ...call, input: { a: 1 }, rawInput: "x" }])).toEqual([{ ...call, input: { a: 1 } }])
  expect(parseParts([{ ...call, input: {} }])).toEqual([{ ...call, input: {} }])
})

test("what is no part that is known is left out", () => {
  expect(parseParts([null, "text", { type: "text" }, { type: "unheard-of" }, { type: "text", text: "a" }])).toEqual([
    { type: "text", text: "a" },
  ])
  expect(parseParts({})).toEqual([])
})
