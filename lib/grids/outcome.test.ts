import { expect, test } from "vitest"
import { resultOf, unwrapped } from "@/lib/grids/outcome"
import { copyOfPrefix, keptKey } from "@/lib/grids/scan"
import { Gathered } from "@/lib/grids/summary"

const fine = { valid: true, problems: [] }
const wrong = { valid: false, problems: [{ path: "/a", message: "no" }] }

test("an answer yields a value with its problems, or the reason why there is none", () => {
  expect(resultOf('<think>{"x":1}</think>Sure: {"a":1} Bye.', "stop", fine)).toEqual({
    ...{ state: "done", result: { value: { a: 1 } }, problems: null },
  })
  expect(resultOf("null", "stop", fine)).toMatchObject({ state: "done", result: { value: null } })
  expect(resultOf('{"a":"x"}', "stop", wrong)).toMatchObject({ state: "done", problems: wrong.problems })
  expect(resultOf('{"a":1', "length", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/cut" } })
  expect(resultOf("I can't.", "stop", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/no_json" } })
  expect(resultOf(" ", "stop", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/empty" } })
  // Can be parsed, but neither stored nor shown.
  const deep = `${"[".repeat(1_000)}${"]".repeat(1_000)}`
  expect(resultOf(deep, "stop", wrong)).toMatchObject({ state: "failed", error: { key: "grid:answer/deep" } })
  expect(resultOf("", "content-filter", wrong)).toMatchObject({
    state: "failed",
    error: { key: "grid:answer/filtered" },
  })
  for (const stored of [null, 5, "x", {}]) expect(unwrapped(stored)).toBeUndefined()
})

test("only a prefix of long values is kept, and they remain distinguishable", () => {
  const long = (end: string) => `${"x".repeat(50_000)}${end}`
  expect(copyOfPrefix(long("a"))).toHaveLength(200)
  expect(keptKey(long("a")).length).toBeLessThan(200)
  expect(keptKey(long("a"))).not.toBe(keptKey(long("b")))
  const gathered = new Gathered()
  for (const end of ["a", "b", "B"]) gathered.add(long(end))
  expect(gathered.summary()).toMatchObject({ count: 3, distinct: 2, top: [{ count: 2 }, { count: 1 }] })
})
