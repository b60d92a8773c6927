import { expect, test } from "vitest"
import { foldedPartIndexes, summarizeCalls } from "@/components/tools/fold-calls"

const call = (name: string, state = "output-available", output: unknown = {}) => ({
  type: `tool-${name}`,
  state,
  output,
})
const step = { type: "step-start" }
const text = { type: "text", text: "So:" }
const isShown = (name: string) => name === "get_weather"
const places = (parts: Parameters<typeof foldedPartIndexes>[0], streaming = false) =>
  foldedPartIndexes(parts, streaming, isShown)

test("consecutive finished calls are collapsed into one line, also across steps", () => {
  expect(places([step, call("a"), call("b"), step, call("a"), step, text])).toEqual([[0], [1, 2, 3, 4, 5], [6]])
})

test("while the answer streams, calls are shown individually", () => {
  expect(places([call("a"), call("b")], true)).toEqual([[0], [1]])
})

test("a single call is not collapsed, nor are calls with visible, pending or downloadable output", () => {
  expect(places([step, call("a"), step, text])).toEqual([[0], [1], [2], [3]])
  expect(places([call("a"), call("get_weather"), call("b")])).toEqual([[0], [1], [2]])
  expect(places([call("a"), call("b", "approval-requested")])).toEqual([[0], [1]])
  expect(places([call("a"), call("run_python", "output-available", { charts: [{}] })])).toEqual([[0], [1]])
})

test("the line names each tool once, with its number of calls and failures", () => {
  const { counts, failed } = summarizeCalls([call("a"), step, call("b"), call("a", "output-error")])
  expect(counts).toEqual([
    ["a", 2],
    ["b", 1],
  ])
  expect(failed).toBe(1)
})
