import { expect, test } from "vitest"
import { locateJsonError } from "@/lib/output/json-position"

const WHOLE = String.raw`{"a": [1, -2.5e+3, {"b": null}], "ü\"\u00e9\n": "x\\", "t": true, "f": false, "e": [], "o": {}}`

test("JSON truncated anywhere is reported as cut off", () => {
  expect(() => JSON.parse(WHOLE)).not.toThrow()
  for (let length = 1; length < WHOLE.length; length++) {
    const text = WHOLE.slice(0, length)
    expect(locateJsonError(text).message, text).toBe(
      `The JSON is cut off after ${length} characters: …${text.slice(-30)}`,
    )
  }
})

test.each([
  ["Sure! Here is it: {}", 1, "⟨S⟩"],
  ["```json\n{}\n```", 1, "⟨`⟩"],
  ['{"a":1} Hope that helps', 9, '…{"a":1} ⟨H⟩'],
  ['{"a":1}\n\n{"b":2}', 10, "⟨{⟩"],
  ['{\n  "a": 1,\n}', 13, "⟨}⟩"],
  ["[1,,2]", 4, "⟨,⟩"],
  ["[1 2]", 4, "⟨2⟩"],
  ["{'a':1}", 2, "⟨'⟩"],
  ["{a:1}", 2, "⟨a⟩"],
  ['{"a" 1}', 6, "⟨1⟩"],
  ['{"a":1]', 7, "⟨]⟩"],
  ["[NaN]", 2, "⟨N⟩"],
  ["[01]", 2, "⟨0⟩"],
  ["[1.]", 2, "⟨1⟩"],
  ["🙂", 1, "⟨🙂⟩"],
])("invalid JSON is shown at its position: %j", (text, character, found) => {
  const { message } = locateJsonError(text)
  expect(message).toContain(`Not valid JSON at character ${character} (`)
  expect(message).toContain(found)
})

test("the line number is reported", () => {
  expect(locateJsonError('{\n\n"a": x}').message).toContain("(line 3)")
})

test("a megabyte of an unfinished string is scanned in linear time", () => {
  const text = `["${"\\n text ".repeat(130_000)}`
  const before = process.cpuUsage()
  expect(locateJsonError(text).message).toContain("cut off after 1,040,002 characters")
  // CPU time: wall-clock time would include other processes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
})
