import { expect, test } from "vitest"
import { resultOf, unwrapped } from "@/lib/grids/outcome"

const fine = { valid: true, problems: [] }
const wrong = { valid: false, problems: [{ path: "/a", message: "no" }] }

test("an answer is a value, with what is wrong with it, or the sentence of why there is none", () => {
  expect(resultOf('<think>{"x":1}</think>Sure: {"a":1} Bye.', "stop", fine)).toEqual({
    ...{ state: "done", result: { value: { a: 1 } }, problems: null },
  })
  expect(resultOf("null", "stop", fine)).toMatchObject({ state: "done", result: { value: null } })
  expect(resultOf('{"a":"x"}', "stop", wrong)).toMatchObject({ state: "done", problems: wrong.problems })
  expect(resultOf('{"a":1', "length", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/cut" } })
  expect(resultOf("I can't.", "stop", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/no_json" } })
  expect(resultOf(" ", "stop", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/empty" } })
  expect(resultOf("", "content-filter", wrong)).toMatchObject({
    state: "failed",
    error: { key: "grid:answer/filtered" },
  })
  for (const stored of [null, 5, "x", {}]) expect(unwrapped(stored)).toBeUndefined()
})
