import { expect, test } from "vitest"
import { comparedWith, newestLeafUnder, pathTo, siblingsOf } from "@/lib/chat/tree"

//  a ─ b ─ c
//      └ d ─ e
//  f (another root)
const messages = [
  { id: "a", parentId: null },
  { id: "b", parentId: "a" },
  { id: "c", parentId: "b" },
  { id: "d", parentId: "b" },
  { id: "e", parentId: "d" },
  { id: "f", parentId: null },
]
const ids = (path: { id: string }[]) => path.map(({ id }) => id).join("")

test("the path runs from the root to the leaf", () => {
  expect(ids(pathTo(messages, "e"))).toBe("abde")
  expect(ids(pathTo(messages, "c"))).toBe("abc")
  expect(pathTo(messages, null)).toEqual([])
  expect(pathTo(messages, "nothing")).toEqual([])
})

test("a circle does not hang", () => {
  const circle = [
    { id: "x", parentId: "y" },
    { id: "y", parentId: "x" },
  ]
  expect(ids(pathTo(circle, "x"))).toBe("yx")
  expect(newestLeafUnder(circle, "x")).toBe("x")
})

test("a branch is entered at its newest leaf", () => {
  expect(newestLeafUnder(messages, "a")).toBe("e")
  expect(newestLeafUnder(messages, "c")).toBe("c")
})

test("siblings are told for the shown messages only, oldest first", () => {
  expect(siblingsOf(messages, pathTo(messages, "c"))).toEqual({ a: ["a", "f"], c: ["c", "d"] })
})

test("compared answers come by their places, until one of them is gone on from", () => {
  const node = (id: string, parentId: string | null, place: number | null) => ({
    id,
    parentId,
    comparisonId: place === null ? null : "c",
    comparisonPlace: place,
  })
  const [question, other, second, first] = [
    node("q", null, null),
    node("o", "q", null),
    node("s", "q", 1),
    node("f", "q", 0),
  ]
  const all = [question, other, second, first].filter((one) => one !== undefined)
  expect(ids(comparedWith(all, second))).toBe("fs")
  expect(comparedWith(all, other)).toEqual([])
  expect(comparedWith(all, undefined)).toEqual([])
  expect(comparedWith([...all, node("n", "f", null)], second)).toEqual([])
})
