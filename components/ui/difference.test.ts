import { diffWordsWithSpace } from "diff"
import { expect, test } from "vitest"
import { joined } from "@/components/ui/difference"

const shown = (old: string, made: string) =>
  joined(diffWordsWithSpace(old, made)).map(
    ({ value, added, removed }) => `${added ? "+" : removed ? "-" : "="}${value}`,
  )

test("adjacent changes are merged, regardless of whitespace between them", () => {
  expect(shown("It has 3 gates.", "IT HAS 3 GATES.")).toEqual(["-It has", "+IT HAS", "= 3 ", "-gates", "+GATES", "=."])
  expect(shown("a b c", "a c")).toEqual(["=a ", "-b ", "=c"])
  expect(shown("a c", "a b c")).toEqual(["=a ", "+b ", "=c"])
})

test("the diff preserves both texts completely", () => {
  const pairs = [
    ["", "x"],
    ["x", ""],
    ["one two\nthree", "one  2 three\n"],
    ["a b c d", "d c b a"],
  ] as const
  for (const [old, made] of pairs) {
    const pieces = joined(diffWordsWithSpace(old, made))
    expect(pieces.flatMap(({ value, added }) => (added ? [] : [value])).join("")).toBe(old)
    expect(pieces.flatMap(({ value, removed }) => (removed ? [] : [value])).join("")).toBe(made)
  }
})
