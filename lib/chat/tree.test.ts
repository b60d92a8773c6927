import { expect, test } from "vitest"
import { choicesOn, choiceTimestamp, chosenLeafUnder, comparedWith, pathTo, siblingsOf } from "@/lib/chat/tree"

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
/** Added one after the other; chosen at these times. */
const dated = (chosen: Record<string, number> = {}) =>
  messages.map((message, index) => {
    const at = chosen[message.id]
    return { ...message, createdAt: new Date(index), chosenAt: at === undefined ? null : new Date(at) }
  })
const ids = (path: { id: string }[]) => path.map(({ id }) => id).join("")

test("the path leads from the root to the leaf", () => {
  expect(ids(pathTo(messages, "e"))).toBe("abde")
  expect(ids(pathTo(messages, "c"))).toBe("abc")
  expect(pathTo(messages, null)).toEqual([])
  expect(pathTo(messages, "empty")).toEqual([])
})

test("a cycle does not hang", () => {
  const circle = [
    { id: "x", parentId: "y" },
    { id: "y", parentId: "x" },
  ]
  expect(ids(pathTo(circle, "x"))).toBe("yx")
  expect(
    chosenLeafUnder(
      circle.map((node) => ({ ...node, createdAt: new Date(0), chosenAt: null })),
      "x",
    ),
  ).toBe("x")
})

test("a branch without a choice is entered at its newest leaf, as for rows of an older version", () => {
  expect(chosenLeafUnder(dated(), "a")).toBe("e")
  expect(chosenLeafUnder(dated(), "c")).toBe("c")
  const sameMoment = dated().map((message) => ({ ...message, createdAt: new Date(0) }))
  expect(chosenLeafUnder(sameMoment, "a")).toBe("e")
})

test("a branch is entered where it was last read", () => {
  expect(chosenLeafUnder(dated({ c: 10 }), "a")).toBe("c")
  expect(chosenLeafUnder(dated({ c: 10, d: 11 }), "a")).toBe("e")
  // At the same moment as the other one was added.
  expect(chosenLeafUnder(dated({ c: 3 }), "a")).toBe("c")
  const later = { id: "g", parentId: "b", createdAt: new Date(12), chosenAt: null }
  expect(chosenLeafUnder([...dated({ c: 10 }), later], "a"), "what was added since is newer").toBe("g")
})

test("showing a message chooses it, and its ancestors that have siblings", () => {
  expect(choicesOn(messages, "e")).toEqual(["a", "d"])
  expect(choicesOn(messages, "f")).toEqual(["f"])
  expect(choiceTimestamp(dated({ c: 50 }), 20), "a clock that was put back").toEqual(new Date(51))
  expect(choiceTimestamp(dated(), 20)).toEqual(new Date(20))
})

test("siblings are listed for the shown messages only, oldest first", () => {
  expect(siblingsOf(messages, pathTo(messages, "c"))).toEqual({ a: ["a", "f"], c: ["c", "d"] })
})

test("compared answers are ordered by position until the conversation continues from one", () => {
  const node = (id: string, parentId: string | null, place: number | null) => ({
    id,
    parentId,
    comparisonId: place === null ? null : "c",
    comparisonPlace: place,
    decidedAt: null as Date | null,
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
  const decided = all.map((one) => ({ ...one, decidedAt: new Date() }))
  expect(comparedWith(decided, decided[2]), "one was kept").toEqual([])
})
