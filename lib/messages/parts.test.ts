import { expect, test } from "vitest"
import { parseParts } from "@/lib/messages/parts"

test("a failed call's raw input becomes its input, also in older rows", () => {
  const call = { type: "tool-get_weather", toolCallId: "1", state: "output-error", errorText: "no" }
  expect(parseParts([{ ...call, rawInput: "{broken" }])).toEqual([{ ...call, input: "{broken" }])
  expect(parseParts([{ ...call, input: { a: 1 }, rawInput: "x" }])).toEqual([{ ...call, input: { a: 1 } }])
  expect(parseParts([{ ...call, input: {} }])).toEqual([{ ...call, input: {} }])
})

test("unknown parts are dropped", () => {
  expect(parseParts([null, "text", { type: "text" }, { type: "unheard-of" }, { type: "text", text: "a" }])).toEqual([
    { type: "text", text: "a" },
  ])
  expect(parseParts({})).toEqual([])
})
