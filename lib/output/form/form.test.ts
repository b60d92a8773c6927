import { expect, test } from "vitest"
import {
  addField,
  moveField,
  removeField,
  renameField,
  setChoices,
  setKeyword,
  setKind,
  setNullable,
  setRequired,
} from "@/lib/output/form/edit"
import { type FormField, formOf, KINDS } from "@/lib/output/form/fields"
import { compact, sourceOf, textOf } from "@/lib/output/form/source"
import type { JsonObject } from "@/lib/output/json-source"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

function read(text: string): JsonObject {
  const root = sourceOf(text)
  if (!root) throw new Error("no JSON object")
  return root
}
const fieldNamed = (root: JsonObject, ...names: string[]): FormField => {
  const found = names.reduce<FormField | undefined>(
    (field, name) => field?.fields.find((one) => one.name === name) ?? field?.item ?? undefined,
    formOf(root),
  )
  if (!found) throw new Error(`no ${names}`)
  return found
}

const RICH = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "x-owner": { "10": 1.50, "2": 12345678901234567890 },
  "properties": {
    "10": { "type": "string", "minLength": 2 },
    "2": { "type": "number", "minimum": 1.0, "exclusiveMaximum": 5 },
    "__proto__": { "type": ["string", "null"], "format": "date" },
    "maybe": { "description": "or none", "anyOf": [{ "type": "integer", "maximum": 9 }, { "type": "null" }] },
    "rows": { "type": "array", "maxItems": 3, "items": { "type": "object", "properties": { "a": { "type": "boolean" } }, "minProperties": 1 } },
    "kind": { "type": "string", "enum": ["a", "b"] },
    "ref": { "$ref": "#/$defs/x" },
    "uuid": { "type": "string", "format": "uuid" }
  },
  "required": ["10", "rows"],
  "$defs": { "x": { "type": "string" } }
}`

test("a schema is read as fields in order, and what the form can't show is listed", () => {
  const { kind, fields, unshown } = formOf(read(RICH))
  expect([kind, unshown]).toEqual(["group", ["x-owner", "$defs"]])
  expect(fields.map((field) => [field.name, field.kind, field.required, field.nullable, field.unshown])).toEqual([
    ["10", "text", true, false, []],
    ["2", "number", false, false, ["exclusiveMaximum"]],
    ["__proto__", "date", false, true, []],
    ["maybe", "integer", false, true, []],
    ["rows", "table", true, false, ["minProperties"]],
    ["kind", "choice", false, false, []],
    ["ref", "other", false, false, ["$ref"]],
    ["uuid", "text", false, false, ["format"]],
  ])
  expect(fields[3]?.more).toEqual({ maximum: "9" })
  expect(fields[4]?.fields.map(({ name }) => name)).toEqual(["a"])
})

test("an edit changes only its own place: order, digits, and what the form doesn't show are preserved", () => {
  const root = read(RICH)
  const holder = fieldNamed(root).holder ?? []
  const there = renameField(renameField(root, holder, "10", "ten"), holder, "ten", "10")
  expect(compact(there)).toBe(compact(root))
  expect(compact(there)).toContain('"x-owner":{"10":1.50,"2":12345678901234567890}')
  const edited = setKeyword(root, fieldNamed(root, "2").body, "description", "a number")
  expect(compact(edited)).toBe(
    compact(root).replace('"exclusiveMaximum":5', '"exclusiveMaximum":5,"description":"a number"'),
  )
  expect(compact(removeField(addField(root, holder, "new"), holder, "new"))).toBe(compact(root))
  expect(compact(moveField(moveField(root, holder, 0, 3), holder, 3, 0))).toBe(compact(root))
  for (const name of ["10", "2", "__proto__", "kind"]) {
    const field = fieldNamed(root, name)
    const turned = setNullable(root, field, !field.nullable)
    expect(compact(setNullable(turned, fieldNamed(turned, name), field.nullable))).toBe(compact(root))
  }
})

test("an empty or duplicate name changes nothing; required follows a rename", () => {
  const root = read(RICH)
  expect(renameField(root, [], "10", "2")).toBe(root)
  expect(renameField(root, [], "10", "")).toBe(root)
  const renamed = renameField(root, [], "rows", "lines")
  expect(JSON.parse(compact(renamed)).required).toEqual(["10", "lines"])
  const gone = JSON.parse(compact(removeField(root, [], "rows")))
  expect([gone.required, "rows" in gone.properties]).toEqual([["10"], false])
  expect(JSON.parse(compact(setRequired(root, [], "2", true))).required).toEqual(["10", "rows", "2"])
})

test("anyOf with null becomes the plain type when null is removed", () => {
  const root = read(RICH)
  const bare = setNullable(root, fieldNamed(root, "maybe"), false)
  expect(JSON.parse(compact(bare)).properties.maybe).toEqual({ type: "integer", maximum: 9, description: "or none" })
})

test.each(KINDS)("a field changed to %s is read back as that, and keeps its description", (kind) => {
  const root = setKeyword(
    setKeyword(read(RICH), ["properties", "10"], "description", "ten"),
    ["properties", "10"],
    "x-mine",
    7,
  )
  const made = setKind(root, fieldNamed(root, "10"), kind)
  const field = fieldNamed(made, "10")
  expect([field.kind, field.description, field.required]).toEqual([kind, "ten", true])
  expect(field.unshown).toEqual(["x-mine"])
})

test("a group keeps its fields when changed to a table and back; a list keeps its item type", () => {
  const root = read(RICH)
  const group = setKind(root, fieldNamed(root, "rows"), "group")
  expect(fieldNamed(group, "rows").fields.map(({ name }) => name)).toEqual(["a"])
  const table = setKind(group, fieldNamed(group, "rows"), "table")
  expect(fieldNamed(table, "rows")).toMatchObject({ kind: "table", fields: [{ name: "a", kind: "boolean" }] })
  const list = setKind(root, fieldNamed(root, "2"), "list")
  expect(fieldNamed(list, "2").item?.kind).toBe("number")
})

test("enum values of a nullable field keep null", () => {
  const root = read(RICH)
  const nullable = setNullable(root, fieldNamed(root, "kind"), true)
  const changed = setChoices(nullable, fieldNamed(nullable, "kind"), ["x"])
  expect(JSON.parse(compact(changed)).properties.kind).toEqual({ type: ["string", "null"], enum: ["x", null] })
})

test.each(SCHEMA_TEMPLATES.map(({ name, schema }) => [name, schema] as const))(
  "the form shows the entire template %s",
  (_, schema) => {
    const root = read(JSON.stringify(schema))
    const left: string[] = []
    const visit = ({ name, kind, unshown, fields, item }: FormField) => {
      if (kind === "other" || unshown.length > 0) left.push(`${name} ${kind} ${unshown}`)
      for (const one of [...fields, ...(item ? [item] : [])]) visit(one)
    }
    visit(formOf(root))
    expect(left).toEqual([])
    expect(JSON.parse(textOf(root))).toEqual(schema)
  },
)

test.each(["", "[]", "3", "{", '{"a":1} x', "[".repeat(200)])("%s can't be shown as a form", (text) => {
  expect(sourceOf(text)).toBeNull()
})

test("a schema nested deeper than a hundred levels is left to the text editor", () => {
  expect(sourceOf(`${'{"a":'.repeat(101)}1${"}".repeat(101)}`)).toBeNull()
  expect(sourceOf(`${'{"items":'.repeat(90)}1${"}".repeat(90)}`)).not.toBeNull()
})
