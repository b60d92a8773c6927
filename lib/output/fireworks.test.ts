import { expect, test } from "vitest"
import { fireworksNotes } from "@/lib/output/fireworks"
import { mended } from "@/lib/output/form/mend"
import { compact, sourceOf } from "@/lib/output/form/source"

const notesOf = (schema: Record<string, unknown>) => fireworksNotes(schema).map(({ path, is }) => `${path} ${is}`)

test("supported keywords need no note", () => {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "T",
    type: "object",
    properties: {
      a: { type: "string", minLength: 1, maxLength: 3, description: "d" },
      b: { type: "array", items: { anyOf: [{ type: "null" }, { $ref: "#/$defs/x" }] }, minItems: 1, maxItems: 2 },
      c: { oneOf: [{ enum: ["x"] }], allOf: [{ type: "string" }] },
    },
    required: ["a"],
    additionalProperties: false,
    $defs: { x: { type: ["integer", "null"] } },
  }
  expect(notesOf(schema)).toEqual([])
})

test("each unsupported keyword is reported with its path, also in lists, definitions, and names with slashes", () => {
  const schema = {
    type: "object",
    additionalProperties: false,
    properties: {
      "a/b": { type: "string", format: "date", pattern: "^x" },
      n: { type: "number", minimum: 0, exclusiveMaximum: 4, multipleOf: 2 },
      t: { type: "array", prefixItems: [{ const: 1 }], uniqueItems: true },
      r: { $ref: "https://example.com/other.json" },
      f: { not: { type: "null", deep: 1 } },
    },
    $defs: { x: { if: {}, nullable: true, type: "string" } },
  }
  expect(notesOf(schema)).toEqual([
    "/properties/a~1b/format unpromised",
    "/properties/a~1b/pattern bestEffort",
    "/properties/n/minimum unpromised",
    "/properties/n/exclusiveMaximum unpromised",
    "/properties/n/multipleOf unpromised",
    "/properties/t/prefixItems unpromised",
    "/properties/t/prefixItems/0/const unpromised",
    "/properties/t/uniqueItems unpromised",
    "/properties/r/$ref remote",
    "/properties/f/not unpromised",
    "/properties/f/not/deep unknown",
    "/$defs/x/if unpromised",
    "/$defs/x/nullable nullable",
  ])
})

test("literal values are not treated as schemas: examples, defaults, enum", () => {
  const value = { properties: { format: { minimum: 1 } } }
  expect(notesOf({ type: "string", enum: [value], default: value, examples: [value] })).toEqual([])
})

test.each([
  [
    { type: "object", properties: {} },
    { type: "object", properties: {}, additionalProperties: false },
  ],
  [{ properties: { a: {} } }, { type: "object", properties: { a: {} } }],
  [
    { type: "string", const: "x", title: "T" },
    { type: "string", enum: ["x"], title: "T" },
  ],
  [{ type: "string", nullable: true }, { type: ["string", "null"] }],
  [
    { type: "string", nullable: true, enum: ["a"] },
    { type: ["string", "null"], enum: ["a", null] },
  ],
])("%j is fixed to %j", (schema, wanted) => {
  const root = sourceOf(JSON.stringify({ type: "object", additionalProperties: false, properties: { p: schema } }))
  const note = fireworksNotes(JSON.parse(compact(root))).find(({ mend }) => mend)
  if (!root || !note) throw new Error("nothing to mend")
  expect(JSON.parse(compact(mended(root, note))).properties.p).toEqual(wanted)
})

test("a schema with a cycle of thousands, or equally deep, terminates", () => {
  let deep: Record<string, unknown> = { format: "x" }
  for (let depth = 0; depth < 5_000; depth++) deep = { items: deep }
  expect(notesOf(deep)).toEqual([])
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`p${n}`, { format: "date" }]))
  expect(notesOf({ type: "object", properties: wide })).toHaveLength(100)
})
