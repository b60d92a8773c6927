import { expect, test } from "vitest"
import { fillTemplate, variablesOf } from "@/lib/presets/template"

test("variables are found once each, in order, with their defaults", () => {
  expect(variablesOf("Translate {{text}} from {{ from | English }} into {{to|German}}, {{text}} again")).toEqual([
    { name: "text", initial: "" },
    { name: "from", initial: "English" },
    { name: "to", initial: "German" },
  ])
})

test("the first default of a name applies, wherever it is", () => {
  expect(variablesOf("{{a}} {{a|one}} {{a|two}}")).toEqual([{ name: "a", initial: "one" }])
})

test.each(["{{}}", "{ {a} }", "{{a", "{{{{}}}}", "{{-a}}", `{{${"x".repeat(61)}}}`])("%s has no variable", (text) => {
  expect(variablesOf(text)).toEqual([])
  expect(fillTemplate(text, new Map([["a", "x"]]))).toBe(text)
})

test("values are inserted verbatim, including $ and braces; empty ones use the default", () => {
  const values = new Map(Object.entries({ a: "$& {{b}}", b: " ", größe: "7" }))
  expect(fillTemplate("{{a}} and {{b|second}} and {{größe}}", values)).toBe("$& {{b}} and second and 7")
  expect(fillTemplate("{{constructor}}{{toString|t}}{{__proto__}}", values)).toBe("t")
})
