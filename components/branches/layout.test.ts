import { expect, test } from "vitest"
import { matching, rowAfter, rowsOf } from "@/components/branches/layout"
import type { BranchRun } from "@/lib/chat/map/map.types"

const run = (id: string, parent: string | null, more: Partial<BranchRun> = {}): BranchRun => ({
  ...{ id, last: id, parent, messages: 1, role: "user", title: id, model: null, at: "", shown: false },
  ...more,
})
const drawn = (runs: BranchRun[]) => rowsOf(runs).map(({ run: { id }, column }) => `${"  ".repeat(column)}${id}`)

test("side branches are indented, and the displayed branch continues below them", () => {
  const runs = [
    run("a", null, { shown: true }),
    ...[run("b", "a"), run("c", "a", { shown: true }), run("d", "a")],
    ...[run("e", "b"), run("f", "b"), run("g", "c"), run("h", "c", { shown: true })],
  ]
  expect(drawn(runs)).toEqual(["a", "  b", "    e", "  f", "  d", "c", "  g", "h"])
})

test("supports several roots, and a run whose parent is omitted", () => {
  expect(drawn([run("a", null), run("b", null), run("c", "gone")])).toEqual(["  a", "b"])
})

test("400 consecutive forks stay in two columns", () => {
  const runs = Array.from({ length: 400 }, (_, n) => [
    run(`m${n}`, n ? `m${n - 1}` : null, { shown: true }),
    run(`s${n}`, n ? `m${n - 1}` : null),
  ]).flat()
  const rows = rowsOf(runs)
  expect(rows).toHaveLength(800)
  expect(Math.max(...rows.map(({ column }) => column))).toBe(1)
})

test("arrow keys move up and down, in and out", () => {
  const rows = rowsOf([run("a", null), run("b", "a"), run("c", "a", { shown: true })])
  const keys = (from: number) =>
    ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "Home", "End", "x"].map((key) => rowAfter(rows, from, key))
  expect(keys(0)).toEqual([1, 0, 1, null, 0, 2, null])
  expect(keys(1)).toEqual([2, 0, null, 0, 0, 2, null])
  expect(keys(2)).toEqual([2, 1, null, 0, 0, 2, null])
})

test("a search matches all words in title and model", () => {
  const rows = rowsOf([
    run("a", null, { title: "Old Harbor", model: "x/kimi" }),
    run("b", "a", { title: "New harbor" }),
  ])
  const found = (search: string) => matching(rows, search, (id) => id).map(({ run: { id } }) => id)
  expect(found("harbor")).toEqual(["a", "b"])
  expect(found(" OLD  kimi ")).toEqual(["a"])
  expect(found("old new")).toEqual([])
})
