import { expect, test } from "vitest"
import { newestLeafUnder, pathTo, siblingsOf } from "@/lib/chat/tree"

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
