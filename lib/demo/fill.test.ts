import { expect, test } from "vitest"
import { fillSchema } from "@/lib/demo/fill"
import type { Json, Schema } from "@/lib/demo/schema"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { validateOutput } from "@/lib/output/validate"

const object = (properties: Schema, required = Object.keys(properties)): Schema => ({
  type: "object",
  properties,
  required,
})
const string = { type: "string" }
const integer = { type: "integer" }
const number = { type: "number" }

function filled(schema: Schema, text: string): Json {
  const json = fillSchema(schema, text)
  expect(validateOutput(json, { type: "json_schema", name: "test", schema })).toEqual({ valid: true, problems: [] })
  return JSON.parse(json)
}

test("values are taken from the text", () => {
  const text = "Extract the name and age from: John is 30 years old"
  expect(filled(object({ name: string, age: number }), text)).toEqual({ name: "John", age: 30 })
})

test.each([
  [
    "John is 30 and Mary is 25",
    [
      ["John", 30],
      ["Mary", 25],
    ],
  ],
  [
    "John is 30. Mary is 25 and Bob is 41.",
    [
      ["John", 30],
      ["Mary", 25],
      ["Bob", 41],
    ],
  ],
  [
    "Extract the people: John Miller is 30, Mary is 25",
    [
      ["John Miller", 30],
      ["Mary", 25],
    ],
  ],
])("“%s” becomes one row per person", (text, people) => {
  const schema = object({ people: { type: "array", items: object({ name: string, age: integer }) } })
  expect(filled(schema, text)).toEqual({ people: people.map(([name, age]) => ({ name, age })) })
})

test("a receipt's items, shop, date, and total are found", () => {
  const receipt = SCHEMA_TEMPLATES.find(({ name }) => name === "receipt")?.schema ?? {}
  const text = "Receipt from Corner Cafe, 2024-05-03\n2 coffees $7.00\n1 cake $4.50\nTotal: $11.50"
  expect(filled(receipt, text)).toMatchObject({
    merchant: "Corner Cafe",
    date: "2024-05-03",
    currency: "USD",
    items: [
      { description: "coffees", quantity: 2, price: 7 },
      { description: "cake", quantity: 1, price: 4.5 },
    ],
    total: 11.5,
  })
})

test("optional members are present only when the text mentions them", () => {
  const person = SCHEMA_TEMPLATES.find(({ name }) => name === "person")?.schema ?? {}
  expect(filled(person, "John Miller is 30 years old")).toEqual({ name: "John Miller", age: 30 })
  const unit = object({ unit: { enum: ["celsius", "fahrenheit"] } }, [])
  expect(filled(unit, "in fahrenheit please")).toEqual({ unit: "fahrenheit" })
  expect(filled(unit, "hello")).toEqual({})
})

test("booleans follow the text, including “not”", () => {
  const schema = object({ vegetarian: { type: "boolean" }, hot: { type: "boolean" }, vegan: { type: "boolean" } })
  expect(filled(schema, "It is not vegetarian but hot")).toEqual({ vegetarian: false, hot: true, vegan: false })
})

test("the alternative mentioned in the text is chosen", () => {
  const circle = object({ kind: { const: "circle" }, radius: number })
  const square = object({ kind: { const: "square" }, side: number })
  const schema = { $defs: { square }, oneOf: [circle, { $ref: "#/$defs/square" }] }
  expect(filled(schema, "a square with side 4")).toEqual({ kind: "square", side: 4 })
})

const node = object({ value: integer, next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } })
const everyKind: [name: string, schema: Schema][] = [
  ["integer or number", { oneOf: [integer, number] }],
  [
    "overlapping lengths",
    {
      oneOf: [
        { type: "string", maxLength: 5 },
        { type: "string", minLength: 3 },
      ],
    },
  ],
  ["unique integers", { type: "array", items: integer, uniqueItems: true, minItems: 4 }],
  [
    "all unique integers of a range",
    { type: "array", items: { type: "integer", minimum: 1, maximum: 4 }, uniqueItems: true, minItems: 4 },
  ],
  ["unique words of a list", { type: "array", items: { enum: ["a", "b", "c"] }, uniqueItems: true, minItems: 3 }],
  ["required without properties", { type: "object", required: ["a", "b"] }],
  ["required by additionalProperties", { type: "object", required: ["a"], additionalProperties: integer }],
  ["minProperties", { type: "object", minProperties: 3 }],
  [
    "minProperties by a pattern",
    { type: "object", minProperties: 2, patternProperties: { "^k[0-9]+$": integer }, additionalProperties: false },
  ],
  ["boolean sub-schemas", object({ a: true, b: false }, ["a"])],
  ["groups in a pattern", { type: "string", pattern: "^(?:ab|cd){2}-(\\d{3}|x+)[^a-z]?$" }],
  ["a class that excludes", { type: "string", pattern: "^[^a-z0-9]{2}$" }],
  ["ipv6", { type: "string", format: "ipv6" }],
  ["ipv4", { type: "string", format: "ipv4" }],
  ["uuid", { type: "string", format: "uuid" }],
  ["date-time", { type: "string", format: "date-time" }],
  ["allOf", { allOf: [object({ a: integer }), object({ b: { type: "string", minLength: 3 } })] }],
  [
    "allOf with bounds on both sides",
    {
      allOf: [
        { type: "integer", minimum: 3 },
        { minimum: 7, maximum: 7 },
      ],
    },
  ],
  [
    "a reference beside keywords",
    { $defs: { s: string }, properties: { a: { $ref: "#/$defs/s", minLength: 20 } }, required: ["a"] },
  ],
  ["a list that ends in null", { $defs: { node }, $ref: "#/$defs/node" }],
  ["a tree", object({ name: string, children: { type: "array", items: { $ref: "#" } } })],
  ["prefixItems", { type: "array", prefixItems: [string, integer], items: false, minItems: 2 }],
  ["contains", { type: "array", contains: { const: 5 }, items: integer }],
  ["exclusive bounds", { type: "integer", exclusiveMinimum: 3, exclusiveMaximum: 5 }],
  ["multipleOf", { type: "integer", multipleOf: 7, minimum: 10 }],
  ["a nullable integer", { type: ["integer", "null"] }],
  ["anything", {}],
]
test.each(everyKind)("%s: the answer is valid, with and without facts in the text", (_name, schema) => {
  for (const text of ["", "ab 5 abcd 7 7 7 word", "Ünïcode “quotes” \\ and 12.5"]) filled(schema, text)
})

test("a word of the text that matches a pattern is used", () => {
  expect(filled({ type: "string", pattern: "^[A-Z]{2}\\d{4}$" }, "order AB1234 now")).toBe("AB1234")
})

test("a schema that references itself three times stops at 2,000 values", () => {
  const self = { $ref: "#" }
  const json = fillSchema(object({ a: self, b: self, c: self }), "hello")
  expect(json.match(/"[abc]"/g)?.length ?? 0).toBeLessThanOrEqual(2_000)
})

test("a list of a billion items is not generated", () => {
  expect(fillSchema({ type: "array", items: integer, minItems: 1e9 }, "").length).toBeLessThan(50_000)
})

test("an invalid pattern is rejected with 400, and one prone to catastrophic backtracking is no problem", () => {
  expect(() => fillSchema(object({ a: { type: "string", pattern: "(" } }), "x")).toThrowError(
    expect.objectContaining({ status: 400, message: expect.stringContaining("Invalid pattern") }),
  )
  expect(filled({ type: "string", pattern: "^(a+)+$" }, `${"a".repeat(400)}!`)).toMatch(/^a+$/)
})

test("a member named pattern is an ordinary member", () => {
  expect(filled(object({ pattern: string }), "x")).toHaveProperty("pattern")
})
