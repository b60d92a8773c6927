import { expect, test } from "vitest"
import { suggestionsAt } from "@/components/schemas/text/suggestions"

/** The completions offered at `|`, and the text after accepting the first that matches. */
function at(marked: string, wanted?: string) {
  const position = marked.indexOf("|")
  const text = marked.replace("|", "")
  const found = suggestionsAt(text, position)
  const labels = found?.options.map(({ label }) => label) ?? null
  const option = found?.options.find(({ label }) => label === wanted)
  const taken =
    found && option
      ? text.slice(0, found.from) +
        option.insert.slice(0, option.caret) +
        "|" +
        option.insert.slice(option.caret) +
        text.slice(found.to)
      : null
  return { labels, taken }
}

test("suggests schema keywords, except existing ones and those of other types", () => {
  const { labels, taken } = at('{ "type": "string", | }', "maxLength")
  expect(labels).toContain("pattern")
  expect(labels).not.toContain("type")
  expect(labels).not.toContain("properties")
  expect(taken).toBe('{ "type": "string", "maxLength": | }')
  // Names of `Object.prototype` members are not types.
  expect(at('{ "type": "constructor", | }').labels).toContain("properties")
  expect(at("{|}", "properties").taken).toBe('{"properties": {|}}')
  expect(at("{ pro| }", "properties").taken).toBe('{ "properties": {|} }')
})

test("completes a partial name, in quotes, with and without a value", () => {
  expect(at('{ "ty|" }', "type").taken).toBe('{ "type": "|" }')
  expect(at('{ "ty|": "string" }', "type").taken).toBe('{ "type"|: "string" }')
})

test("works in schemas of fields, lists, definitions, and rows", () => {
  for (const text of [
    '{ "properties": { "a": { | } } }',
    '{ "anyOf": [ { | } ] }',
    '{ "$defs": { "x": { | } } }',
    '{ "items": { | } }',
    '{ "items": { "properties": { "a": { "additionalProperties": { | } } } } }',
  ])
    expect(at(text).labels, text).toContain("type")
})

test("suggests nothing for user-defined names and in examples", () => {
  expect(at('{ "properties": { | } }').labels).toBeNull()
  expect(at('{ "default": { | } }').labels).toBeNull()
  expect(at('{ "description": "|" }').labels).toBeNull()
})

test("suggests types, formats and booleans", () => {
  expect(at('{ "type": "|" }').labels).toContain("integer")
  expect(at('{ "type": | }', "object").taken).toBe('{ "type": "object"| }')
  expect(at('{ "type": ["string", "|"] }').labels).toContain("null")
  expect(at('{ "properties": { "a": { "format": "d|" } } }', "date-time").taken).toBe(
    '{ "properties": { "a": { "format": "date-time"| } } }',
  )
  expect(at('{ "additionalProperties": | }').labels).toEqual(["true", "false"])
})

test("suggests references to definitions of the document, escaped", () => {
  expect(at('{ "$ref": "|", "$defs": { "a": {}, "b/c": {} } }').labels).toEqual(["#/$defs/a", "#/$defs/b~1c", "#"])
})

test("suggests field names missing from required", () => {
  expect(at('{ "properties": { "a": {}, "b": {} }, "required": ["a", "|"] }').labels).toEqual(["b"])
  expect(at('{ "properties": { "a": {}, "b": {} }, "required": [|] }').labels).toEqual(["a", "b"])
})

test("invalid or empty JSON gives no suggestions and never throws", () => {
  const text = '{ "type": "object", "properties": { "a": { "type": ["string", null], "enum": [1, {"x": true}] } }, }'
  for (let cut = 0; cut <= text.length; cut++) expect(() => suggestionsAt(text.slice(0, cut), cut)).not.toThrow()
  expect(suggestionsAt("", 0)).toBeNull()
})
