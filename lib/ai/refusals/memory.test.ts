import { beforeEach, expect, test } from "vitest"
import { knownChanges, placeOf, remember } from "@/lib/ai/refusals/memory"

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.refusals"))
})

const place = (n: number) => placeOf("http://127.0.0.1:1/v1/chat/completions?x", `m${n}`)

test("a refusal is remembered for an hour", () => {
  remember(place(1), [{ kind: "tools" }, { kind: "cap", key: "max_tokens", most: 5 }], 0)
  expect(knownChanges(place(1), 3_599_999)).toEqual([{ kind: "tools" }])
  expect(knownChanges(place(2), 1)).toEqual([])
  expect(knownChanges(place(1), 3_600_001)).toEqual([])
})

test("refusals are remembered for the five hundred most recent models, a few for each", () => {
  for (let n = 0; n <= 500; n++) remember(place(n), [{ kind: "tools" }], 0)
  expect(knownChanges(place(0), 1)).toEqual([])
  expect(knownChanges(place(500), 1)).toHaveLength(1)
  for (let n = 0; n < 100; n++) remember(place(1), [{ kind: "drop", key: `k${n}` }], 0)
  expect(knownChanges(place(1), 1).length).toBeLessThan(30)
  expect(knownChanges(place(1), 1)).toContainEqual({ kind: "drop", key: "k99" })
})
