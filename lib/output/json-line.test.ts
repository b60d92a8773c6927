import { expect, test } from "vitest"
import { invalidJsonLine, lineOf } from "@/lib/output/json-line"

const SCHEMA = `{
  "type": "object",
  "properties": {
    "a/b": { "type": "string" },
    "list": {
      "enum": [
        1,
        { "type": 2 },
        "}"
      ]
    }
  }
}`

test.each([
  ["", 1],
  ["/type", 2],
  ["/properties/a~1b/type", 4],
  ["/properties/list/enum", 6],
  ["/properties/list/enum/0", 7],
  ["/properties/list/enum/1/type", 8],
  ["/properties/list/enum/2", 9],
  ["/properties/list/required", 5],
  ["/nothing/there", 1],
])("%s is at line %i", (pointer, line) => expect(lineOf(SCHEMA, pointer)).toBe(line))

test("a duplicate member is located at its last occurrence", () => {
  expect(lineOf('{\n"a": 1,\n"a": 2}', "/a")).toBe(3)
})

test.each([
  ['{\n"a": 1,\n}', 3],
  ["{}\n{}", 2],
  ['{\n"a" 1}', 2],
  ['{"a": [', null],
  ["{}", null],
])("%j is invalid at line %s", (text, line) => expect(invalidJsonLine(text)).toBe(line))
