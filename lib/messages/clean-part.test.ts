import { expect, test } from "vitest"
import { cleanedPart } from "@/lib/messages/clean-part"

const place = {
  before: "The old town stands on a hill.\n\n",
  old: "It has three gates and a wall.",
  after: "\n\nBelow it runs the river.",
}

test.each([
  ["It has a wall.", "It has a wall."],
  ["\n It has a wall. \n", "It has a wall."],
  ["“It has a wall.”", "It has a wall."],
  ["```\nIt has a wall.\n```", "It has a wall."],
  ["```markdown\nIt has a wall.\n```\n", "It has a wall."],
  ["<part>\nIt has a wall.\n</part>", "It has a wall."],
  ["The old town stands on a hill.\n\nIt has a wall.\n\nBelow it runs the river.", "It has a wall."],
  ["stands on a hill.\n\nIt has a wall.", "It has a wall."],
  ["It has a wall.\n\nBelow it runs the", "It has a wall."],
  ['"Gate", "wall", he said, "enough"', '"Gate", "wall", he said, "enough"'],
  ["```python\nprint('wall')\n```", "```python\nprint('wall')\n```"],
])("%j becomes %j", (came, part) => expect(cleanedPart(came, place)).toBe(part))

test("a part of a code block loses the fence a model puts around it, whatever its language", () => {
  const code = { before: "```python\nx = 1\n", old: "y = 2\n", after: "z = 3\n```" }
  expect(cleanedPart("```python\ny = 3\n```", code)).toBe("y = 3\n")
})

test("a part that had a fence or quotation marks keeps them", () => {
  expect(cleanedPart("```js\nb\n```", { before: "", old: "```js\na\n```", after: "" })).toBe("```js\nb\n```")
  expect(cleanedPart("“yes”", { before: "", old: "“no”", after: "" })).toBe("“yes”")
})

test("whitespace at the ends of the part is kept from the answer", () => {
  expect(cleanedPart("two", { before: "a", old: "  one\n", after: "b" })).toBe("  two\n")
  expect(cleanedPart("two", { before: "a", old: " ", after: "b" }).trim()).toBe("two")
})

test("text the part itself starts with is not treated as repetition", () => {
  const again = { before: "again and again. ", old: "again and again. More.", after: "" }
  expect(cleanedPart("again and again. Less.", again)).toBe("again and again. Less.")
})

test("if everything was repeated, the text is kept as it came", () => {
  expect(cleanedPart("The old town stands on a hill.", place)).toBe("The old town stands on a hill.")
})
