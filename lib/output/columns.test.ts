import { expect, test } from "vitest"
import { cellAsText, columnsOfSchema, valueAt, withValueAt } from "@/lib/output/columns"

const names = (schema: object) => columnsOfSchema({ ...schema }).map(({ name, type }) => [name, type])

test("fields become columns, nested ones with dots; references and nullable types are resolved", () => {
  const schema = {
    $defs: { place: { type: "object", properties: { city: { type: "string" }, zip: { type: ["string", "null"] } } } },
    type: "object",
    properties: {
      name: { type: "string" },
      home: { $ref: "#/$defs/place" },
      work: { anyOf: [{ $ref: "#/$defs/place" }, { type: "null" }] },
      tags: { type: "array", items: { type: "string" } },
      any: {},
    },
  }
  expect(names(schema)).toEqual([
    ...[
      ["name", "string"],
      ["home.city", "string"],
      ["home.zip", "string"],
      ["work.city", "string"],
    ],
    ...[
      ["work.zip", "string"],
      ["tags", "array"],
      ["any", null],
    ],
  ])
})

test("a schema without fields is one column; a recursive one terminates", () => {
  expect(names({ type: "array" })).toEqual([["value", "array"]])
  expect(names({})).toEqual([["value", null]])
  const self = { type: "object", properties: { next: { $ref: "#" }, n: { type: "number" } } }
  expect(columnsOfSchema(self).length).toBeLessThanOrEqual(200)
  expect(names({ $ref: "#" })).toEqual([["value", null]])
  expect(names({ $ref: "#/nowhere" })).toEqual([["value", null]])
})

test("values are read and replaced by path, and nothing else is touched", () => {
  const value = { a: { b: 1, c: 2 }, d: 3 }
  expect(valueAt(value, ["a", "b"])).toBe(1)
  expect([valueAt(value, ["a", "x"]), valueAt(value, ["d", "e"]), valueAt(value, ["toString"])]).toEqual([
    ...[undefined, undefined, undefined],
  ])
  expect(JSON.stringify(withValueAt(value, ["a", "b"], 9))).toBe('{"a":{"b":9,"c":2},"d":3}')
  expect(withValueAt({ a: null }, ["a", "b"], 1)).toEqual({ a: { b: 1 } })
  expect(withValueAt("x", [], 1)).toBe(1)
  expect(value).toEqual({ a: { b: 1, c: 2 }, d: 3 })
})

test("a cell shows a value as text", () => {
  expect([["a", "b"], 1, true, null, undefined, { a: 1 }, [{ a: 1 }]].map(cellAsText)).toEqual([
    ...["a; b", "1", "true", "", "", '{"a":1}', '[{"a":1}]'],
  ])
})
