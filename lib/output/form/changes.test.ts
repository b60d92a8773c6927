import { expect, test } from "vitest"
import { changesOf } from "@/lib/output/form/changes"

const json = (value: unknown) => JSON.stringify(value)
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: "object",
  properties,
  required,
})

test("fields that were added, removed, changed type, or became required", () => {
  const before = object({ name: { type: "string" }, age: { type: "integer", minimum: 0 }, old: { type: "string" } }, [
    "name",
  ])
  const after = object(
    {
      name: { type: ["string", "null"], description: "whole" },
      age: { type: "number", minimum: 1 },
      items: { type: "array", items: object({ price: { type: "number" } }) },
    },
    ["age"],
  )
  expect(changesOf(json(before), json(after))).toEqual([
    { path: "name", is: "optional" },
    { path: "name", is: "nullable" },
    { path: "name", is: "keyword", keyword: "description", from: null, to: '"whole"' },
    { path: "age", is: "kind", from: "integer", to: "number" },
    { path: "age", is: "required" },
    { path: "age", is: "keyword", keyword: "minimum", from: "0", to: "1" },
    { path: "items", is: "added", kind: "table" },
    { path: "old", is: "removed", kind: "text" },
  ])
})

test("fields in tables and lists are named by their path", () => {
  const rows = (price: object) =>
    object({ items: { type: "array", items: object({ price }) }, tags: { type: "array", items: { type: "string" } } })
  const changed = rows({ type: "string", format: "date" })
  changed.properties.tags = { type: "array", items: { type: "number" } } as never
  expect(changesOf(json(rows({ type: "number" })), json(changed))).toEqual([
    { path: "items[].price", is: "kind", from: "number", to: "date" },
    { path: "tags[]", is: "kind", from: "text", to: "number" },
  ])
})

test("keywords the form doesn't show are compared as text; reordering is reported; whitespace is ignored", () => {
  const before = { type: "object", properties: { a: { $ref: "#/$defs/x" }, b: { type: "string" } }, $defs: { x: {} } }
  const after = { type: "object", properties: { b: { type: "string" }, a: { $ref: "#/$defs/y" } }, $defs: { y: {} } }
  expect(changesOf(json(before), json(after))).toEqual([
    { path: "", is: "keyword", keyword: "$defs", from: '{"x":{}}', to: '{"y":{}}' },
    { path: "", is: "order" },
    { path: "a", is: "keyword", keyword: "$ref", from: '"#/$defs/x"', to: '"#/$defs/y"' },
  ])
  expect(changesOf(json(before), JSON.stringify(before, null, 4))).toEqual([])
  expect(changesOf("{", "{}")).toBeNull()
})
