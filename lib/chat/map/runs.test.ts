import { expect, test } from "vitest"
import { runsOf } from "@/lib/chat/map/runs"

const node = (id: string, parentId: string | null) => ({ id, parentId, createdAt: new Date(0) })
const drawn = (...pairs: [string, string | null][]) =>
  runsOf(pairs.map(([id, parent]) => node(id, parent))).map(
    ({ parent, messages }) => `${parent ?? ""}>${messages.map(({ id }) => id).join("")}`,
  )

test("messages without a fork form one run, and each run follows its parent", () => {
  expect(drawn(["a", null], ["b", "a"], ["c", "b"])).toEqual([">abc"])
  expect(drawn(["a", null], ["b", "a"], ["c", "a"], ["d", "c"], ["e", "d"], ["f", "d"])).toEqual([
    ...[">a", "a>b", "a>cd"],
    ...["c>e", "c>f"],
  ])
})

test("several roots, orphans, and cycles", () => {
  expect(drawn(["a", null], ["b", null], ["c", "gone"])).toEqual([">a", ">b", ">c"])
  expect(drawn(["a", null], ["x", "y"], ["y", "x"])).toEqual([">a"])
  expect(drawn()).toEqual([])
})

test("5,000 messages with 400 forks produce few runs", () => {
  const pairs: [string, string | null][] = Array.from({ length: 5_000 }, (_, n) => [`m${n}`, n ? `m${n - 1}` : null])
  for (let n = 0; n < 400; n++) pairs.push([`s${n}`, `m${n * 12}`])
  const runs = runsOf(pairs.map(([id, parent]) => node(id, parent)))
  expect(runs).toHaveLength(801)
  expect(runs.reduce((sum, { messages }) => sum + messages.length, 0)).toBe(5_400)
})
