import { describe, expect, test } from "vitest"
import { toDataclass, toPydantic } from "@/lib/output/code/python"
import { shapesOf } from "@/lib/output/code/shapes"
import { toTypeScript, toZod } from "@/lib/output/code/typescript"
import { parsePasted } from "@/lib/output/paste/paste"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { checkSchema, validateOutput } from "@/lib/output/validate"

function schemaOf(text: string): Record<string, unknown> {
  const pasted = parsePasted(text)
  if (!pasted || "problem" in pasted) throw new Error(`not read: ${JSON.stringify(pasted)}`)
  expect(checkSchema(pasted.schema)).toEqual([])
  return pasted.schema
}

const tree = {
  type: "object",
  properties: { value: { type: "integer" }, children: { type: "array", items: { $ref: "#" } } },
  required: ["value"],
  additionalProperties: false,
}
const nested = {
  type: "object",
  properties: {
    kind: { enum: ["a", "b"] },
    note: { type: ["string", "null"] },
    lines: {
      type: "array",
      items: { type: "object", properties: { n: { type: "number" } }, required: ["n"], additionalProperties: false },
    },
    more: { type: "object", additionalProperties: { type: "boolean" } },
  },
  required: ["kind", "note", "lines"],
  additionalProperties: false,
}

/** Languages, and what each can't express: limits and formats. */
const WRITERS = [
  ["TypeScript", toTypeScript],
  ["Zod", toZod],
  ["dataclass", toDataclass],
  ["Pydantic", toPydantic],
] as const

describe.each(WRITERS)("what is copied as %s and pasted back", (language, write) => {
  test.each([
    ["tree", tree, { value: 1, children: [{ value: 2, children: [] }] }, { value: 1, children: [{ value: "x" }] }],
    [
      "nested",
      nested,
      { kind: "a", note: null, lines: [{ n: 1.5 }], more: { x: true } },
      { kind: "c", note: "", lines: [] },
    ],
    [
      "list",
      { type: "array", items: nested },
      [{ kind: "b", note: "x", lines: [] }],
      [{ kind: "b", lines: [{ n: "x" }] }],
    ],
    ...SCHEMA_TEMPLATES.map(({ name, schema }) => [name, schema, null, { nothing: 1 }] as const),
  ] as const)("accepts the same values: %s", (name, schema, good, bad) => {
    const again = schemaOf(write(shapesOf(schema, name)))
    const valid = (value: unknown) =>
      validateOutput(JSON.stringify(value), { type: "json_schema", name, schema: again }).valid
    if (good) expect(valid(good)).toBe(true)
    // A dataclass doesn't forbid extra fields.
    if (language !== "dataclass" || name === "tree") expect(valid(bad)).toBe(false)
  })
})

test("TypeScript as commonly written", () => {
  expect(
    schemaOf(`
import type { X } from "y"
/** An order. */
export interface Order extends Base {
  /** Its number. */
  readonly id: string;
  "odd name"?: number | null,
  status: "open" | 'paid' | null
  lines: Array<{ sku: string; count?: number }>
  pair: [string, n?: number]
  when: Date // when it came
  tags: readonly string[]
  parent?: Order | undefined
  color: Color
  extra: Partial<Base> & { z: true }
  map: Record<string, Base>
}
type Base = { base: boolean }
enum Color { Red = "red", Blue = "blue" }
`),
  ).toEqual({
    type: "object",
    description: "An order.",
    properties: {
      base: { type: "boolean" },
      id: { type: "string", description: "Its number." },
      "odd name": { type: ["number", "null"] },
      status: { enum: ["open", "paid", null] },
      lines: {
        type: "array",
        items: {
          type: "object",
          properties: { sku: { type: "string" }, count: { type: "number" } },
          required: ["sku"],
          additionalProperties: false,
        },
      },
      pair: { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], minItems: 2, items: false },
      when: { type: "string", format: "date-time" },
      tags: { type: "array", items: { type: "string" } },
      parent: { $ref: "#" },
      color: { $ref: "#/$defs/Color" },
      extra: {
        type: "object",
        properties: { base: { type: "boolean" }, z: { const: true } },
        required: ["z"],
        additionalProperties: false,
      },
      map: { type: "object", additionalProperties: { $ref: "#/$defs/Base" } },
    },
    required: ["base", "id", "status", "lines", "pair", "when", "tags", "color", "extra", "map"],
    additionalProperties: false,
    $defs: {
      Base: {
        type: "object",
        properties: { base: { type: "boolean" } },
        required: ["base"],
        additionalProperties: false,
      },
      Color: { enum: ["red", "blue"] },
    },
  })
})

test("Zod as commonly written", () => {
  expect(
    schemaOf(`
import { z } from 'zod'
const Line = z.object({ sku: z.string().min(1).max(20), count: z.number().int().positive().default(1) })
export const Order = z.object({
  id: z.string().uuid(),
  email: z.email().optional(),
  status: z.enum(["open", "paid"]).describe("How far it is"),
  lines: z.array(Line).nonempty(),
  total: z.coerce.number().nullable(),
  code: z.string().regex(/^[A-Z]{3}\\/\\d+$/),
  either: z.union([z.string(), z.literal(3)]),
  by: z.lazy(() => Line).nullish(),
}).strict()
type Order = z.infer<typeof Order>
`),
  ).toMatchObject({
    properties: {
      id: { type: "string", format: "uuid" },
      email: { type: "string", format: "email" },
      status: { enum: ["open", "paid"], description: "How far it is" },
      lines: { type: "array", items: { $ref: "#/$defs/Line" }, minItems: 1 },
      total: { type: ["number", "null"] },
      either: { anyOf: [{ type: "string" }, { const: 3 }] },
      by: { anyOf: [{ $ref: "#/$defs/Line" }, { type: "null" }] },
    },
    required: ["id", "status", "lines", "total", "code", "either"],
    additionalProperties: false,
    $defs: {
      Line: {
        properties: {
          sku: { type: "string", minLength: 1, maxLength: 20 },
          count: { type: "integer", exclusiveMinimum: 0, default: 1 },
        },
        required: ["sku"],
      },
    },
  })
})

test("Python as commonly written", () => {
  expect(
    schemaOf(`
from enum import Enum
from typing import Optional, Literal, Annotated
from pydantic import BaseModel, Field, EmailStr
import datetime as dt

class Color(str, Enum):
    RED = "red"
    BLUE = "blue"

class Base(BaseModel):
    id: int  # its number

class Person(Base):
    """Somebody."""
    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., min_length=1, description="As on the "
        "passport")
    age: Optional[int] = Field(None, ge=0, le=150)
    mail: EmailStr | None = None
    color: Color = Color.RED
    born: dt.date
    level: Literal["a", 3]
    tags: list[Annotated[str, Field(max_length=9)]] = Field(default_factory=list, max_length=3)
    boss: Optional["Person"] = None
    class_: str = Field(alias="class")

    def hello(self) -> str:
        return "x"
`),
  ).toEqual({
    type: "object",
    description: "Somebody.",
    properties: {
      id: { type: "integer" },
      name: { type: "string", minLength: 1, description: "As on the passport" },
      age: { type: "integer", minimum: 0, maximum: 150 },
      mail: { type: "string", format: "email" },
      color: { $ref: "#/$defs/Color" },
      born: { type: "string", format: "date" },
      level: { enum: ["a", 3] },
      tags: { type: "array", items: { type: "string", maxLength: 9 }, maxItems: 3 },
      boss: { $ref: "#" },
      class: { type: "string" },
    },
    required: ["id", "name", "born", "level", "class"],
    additionalProperties: false,
    $defs: { Color: { enum: ["red", "blue"] } },
  })
})

test("an example in JSON, and rows", () => {
  expect(schemaOf('[{"id":1,"at":"2026-11-30","price":2},{"id":2,"price":2.5,"x":null}]')).toEqual({
    type: "array",
    items: {
      type: "object",
      properties: {
        id: { type: "integer" },
        at: { type: "string", format: "date" },
        price: { type: "number" },
        x: { type: "null" },
      },
      required: ["id", "price"],
      additionalProperties: false,
    },
  })
  expect(schemaOf('name;"phone; home";born;n\nAnn;0711;2026-11-30;1\n"Bo ""B""";;2026-12-01;2,5\n')).toEqual({
    type: "array",
    items: {
      type: "object",
      properties: {
        name: { type: "string" },
        "phone; home": { type: "string" },
        born: { type: "string", format: "date" },
        n: { type: "string" },
      },
      required: ["name", "born", "n"],
      additionalProperties: false,
    },
  })
})

test("a schema or a sentence is none of these; an object with a type member is an example", () => {
  for (const text of [
    '{"type":"object"}',
    '{"properties":{}}',
    '{"$ref":"#"}',
    '{"enum":[1]}',
    '{"type":"objekt"}',
    '{"type":"array","items":{}}',
    "Hello, you.",
    "",
    "{",
    "[1",
  ])
    expect(parsePasted(text)).toBeNull()
  expect(parsePasted('{"type":"string","name":"x","age":3}')).toMatchObject({ kind: "json" })
})

test("unreadable input is reported with its line", () => {
  expect(parsePasted("interface A {\n  a: string\n  b: keyof B\n}")).toMatchObject({
    kind: "typescript",
    problem: { line: 3, found: "B" },
  })
  expect(parsePasted("interface A { b: Other }")).toMatchObject({ problem: { missing: "Other" } })
  expect(parsePasted("const A = z.object({ a: z.string(), b: other() })")).toMatchObject({ kind: "zod" })
  expect(parsePasted("class A(BaseModel):\n    a: str\n    b: Callable[[int], str]")).toMatchObject({
    kind: "python",
    problem: { line: 3 },
  })
})

test("enums count on from a number; Object.prototype names are ordinary names", () => {
  const schemaIn = (text: string) => {
    const read = parsePasted(text)
    return read && "schema" in read ? read.schema : read
  }
  expect(schemaIn("enum A { X = 5, Y, Z = -1, W }")).toEqual({ enum: [5, 6, -1, 0] })
  expect(schemaIn('enum A { X = "x", Y = "y", }')).toEqual({ enum: ["x", "y"] })
  expect(schemaIn("enum A { X = 1 << 2 }")).toMatchObject({ problem: { line: 1, found: "<" } })
  const inherited = schemaIn("interface A { __proto__: string }\ninterface B extends A { b: string }")
  expect(Object.keys(Object(inherited).properties)).toEqual(["__proto__", "b"])
})

test("parsing terminates for any input", () => {
  const texts = [
    "interface A {".repeat(2_000),
    "type A = ((((",
    "z.object({a:z.",
    "class A(:\n x",
    'class A:\n  """',
    "type A = `",
    "const A = z.object({ get x() {",
    `z.object(${"(".repeat(100_000)}`,
    `type A = ${"(".repeat(100_000)}`,
    "[".repeat(100_000) + "]".repeat(100_000),
  ]
  for (const text of texts) expect(() => parsePasted(text)).not.toThrow()
})
