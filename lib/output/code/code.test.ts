import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import Database from "better-sqlite3"
import { transformSync } from "esbuild"
import { describe, expect, test } from "vitest"
import { toDataclass, toPydantic } from "@/lib/output/code/python"
import { type Shapes, shapesOf } from "@/lib/output/code/shapes"
import { toSql } from "@/lib/output/code/sql"
import { toTypeScript, toZod } from "@/lib/output/code/typescript"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

const template = (name: string) => SCHEMA_TEMPLATES.find((one) => one.name === name)?.schema ?? {}

const order = {
  title: "order",
  description: 'An "order" of */ a shop',
  type: "object",
  additionalProperties: false,
  required: ["id", "class", "lines", "first name", "by"],
  properties: {
    id: { type: "string", format: "uuid" },
    class: { enum: ["a", "b", 3, null] },
    "first name": { type: "string", minLength: 1, description: "As on the card" },
    first_name: { type: ["string", "null"] },
    by: { anyOf: [{ $ref: "#/$defs/person" }, { type: "null" }] },
    on: { type: "string", format: "date" },
    lines: {
      type: "array",
      items: {
        type: "object",
        required: ["what", "price"],
        properties: {
          what: { type: "string" },
          price: { type: "number", minimum: 0 },
          tags: { items: { type: "string" } },
        },
      },
    },
    extra: { type: "object", additionalProperties: { type: "integer" } },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "boolean" }], items: false },
  },
  $defs: {
    person: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, boss: { $ref: "#/$defs/person" } },
      additionalProperties: false,
    },
  },
}
const goodOrder = {
  id: "6f1c2f0e-8f1c-4a53-9b5e-2a4a8b1f3c11",
  class: 3,
  "first name": "Ann",
  first_name: null,
  by: { name: "Bo", boss: { name: "Cy" } },
  on: "2026-11-30",
  lines: [{ what: "tea", price: 2.5, tags: ["hot"] }],
  extra: { n: 1 },
  pair: ["x", true],
}
const tree = {
  type: "object",
  required: ["value"],
  properties: { value: { type: "integer" }, children: { type: "array", items: { $ref: "#" } } },
}

interface Case {
  name: string
  schema: Record<string, unknown>
  good: unknown
  bad: unknown
}

const CASES: Case[] = [
  { name: "order", schema: order, good: goodOrder, bad: { ...goodOrder, lines: [{ what: 1, price: 2 }] } },
  {
    name: "tree",
    schema: tree,
    good: { value: 1, children: [{ value: 2, children: [] }] },
    bad: { value: 1, children: [{ value: "x" }] },
  },
  {
    name: "list of people",
    schema: { type: "array", items: template("person") },
    good: [{ name: "Ann" }],
    bad: [{ name: 1 }],
  },
  {
    name: "receipt",
    schema: template("receipt"),
    good: { merchant: "M", currency: "EUR", items: [{ description: "a", price: 1 }], total: 1 },
    bad: { merchant: "M", currency: "EUR", items: [{ price: 1 }], total: 1 },
  },
  { name: "choice", schema: { enum: ["yes", "no"] }, good: "yes", bad: "maybe" },
  {
    name: "put together",
    schema: { allOf: [template("person"), { properties: { level: { type: "integer" } }, required: ["level"] }] },
    good: { name: "Ann", level: 3 },
    bad: { name: "Ann" },
  },
]

const ODD_NAMES = {
  type: "object",
  properties: Object.fromEntries(
    ["class", "class_", "1st", "a b", "a-b", "ä", "", "model_x", "_id", "日本", "list", "str", "field", "date"].map(
      (name) => [name, { type: "string" }],
    ),
  ),
}

const rootOf = ({ root }: Shapes) => (root.kind === "named" ? root.name : "unknown")

/** Whether TypeScript reports errors in each of the programs, by name. */
function complaints(programs: Record<string, string>): Record<string, boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-types-"))
  const files = Object.entries(programs).map(([name, text], index) => {
    const file = path.join(folder, `${index}.ts`)
    writeFileSync(file, text)
    return { name, file }
  })
  const tsc = path.resolve("node_modules/typescript/bin/tsc")
  const options = ["--strict", "--noEmit", "--target", "es2022", "--ignoreConfig", "--pretty", "false"]
  const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...files.map(({ file }) => file)], {
    encoding: "utf8",
    cwd: folder,
  })
  rmSync(folder, { recursive: true })
  return Object.fromEntries(files.map(({ name, file }) => [name, stdout.includes(`${path.basename(file)}(`)]))
}

const shapesIn = ({ schema, name }: Case) => shapesOf(schema, name)

test("TypeScript accepts valid values and rejects invalid ones", () => {
  const program = (one: Case, value: unknown) =>
    `${toTypeScript(shapesIn(one))}\nexport const value: ${rootOf(shapesIn(one))} = ${JSON.stringify(value)}\n`
  const programs = CASES.flatMap((one) => [
    [`${one.name}: good`, program(one, one.good)],
    [`${one.name}: bad`, program(one, one.bad)],
  ])
  const odd = toTypeScript(shapesOf(ODD_NAMES, "2 odd names"))
  expect(complaints({ ...Object.fromEntries(programs), odd })).toEqual({
    ...Object.fromEntries(programs.map(([name = ""]) => [name, name.endsWith("bad")])),
    odd: false,
  })
})

describe.each(CASES)("$name", ({ name, schema, good, bad }) => {
  const shapes = shapesOf(schema, name)

  test("Zod accepts valid values and rejects invalid ones", () => {
    const root = zodModule(shapes)
    expect(root?.safeParse(good)).toMatchObject({ success: true })
    expect(root?.safeParse(bad)).toMatchObject({ success: false })
  })

  test("Python loads the dataclasses and resolves their field types", () => {
    const check = `
import dataclasses, typing
for made in [one for one in list(globals().values()) if dataclasses.is_dataclass(one)]:
    typing.get_type_hints(made)
    print(made.__name__, len(dataclasses.fields(made)))
`
    const said = execFileSync("python3", ["-c", toDataclass(shapes) + check], { encoding: "utf8" })
    for (const declaration of shapes.declarations)
      if ("fields" in declaration) expect(said).toContain(`${declaration.name} ${declaration.fields.length}\n`)
  })

  test("Python loads the Pydantic models; where Pydantic is installed, they accept valid values and reject invalid ones", () => {
    const check = `
import json, sys
import pydantic
given = json.loads(sys.stdin.read())
adapter = getattr(pydantic, "TypeAdapter", None)
if adapter is None: print("good"), print("bad")
else:
    root = adapter(${rootOf(shapes)})
    root.validate_python(given["good"]); print("good")
    try: root.validate_python(given["bad"])
    except pydantic.ValidationError: print("bad")
`
    // Stubs for when Pydantic isn't installed: the code must still be valid Python.
    const stand = `
import sys, types
try: import pydantic
except ImportError:
    made = types.ModuleType("pydantic")
    made.BaseModel = type("BaseModel", (), {})
    made.AnyUrl = str
    made.ConfigDict = made.Field = lambda *a, **k: None
    sys.modules["pydantic"] = made
`
    const code = toPydantic(shapes).replace("from __future__ import annotations\n", "")
    const said = execFileSync("python3", ["-c", `from __future__ import annotations\n${stand}${code}${check}`], {
      encoding: "utf8",
      input: JSON.stringify({ good, bad }),
    })
    expect(said).toBe("good\nbad\n")
  })

  test("SQLite creates the tables", () => {
    const database = new Database(":memory:")
    database.exec(toSql(shapes))
    const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get()
    expect(tables).toMatchObject({ n: name === "order" || name === "receipt" ? 2 : 1 })
    database.close()
  })
})

test("names that are invalid in a language are adapted and stay distinct", () => {
  const shapes = shapesOf(ODD_NAMES, "2 odd names")
  expect(rootOf(shapes)).toBe("T2OddNames")
  expect(
    execFileSync("python3", ["-c", `${toDataclass(shapes)}\nT2OddNames()\nprint("ok")`], { encoding: "utf8" }),
  ).toBe("ok\n")
  const database = new Database(":memory:")
  database.exec(toSql(shapes))
  database.close()
})

/** Forty definitions that each reference the next one twice: expanded, about 10^12 schemas. */
function doubled(of: (next: object) => object) {
  const names = Array.from({ length: 40 }, (_, n) => `d${n}`)
  const $defs = Object.fromEntries(names.map((name, n) => [name, of({ $ref: `#/$defs/${names[n + 1] ?? "end"}` })]))
  return { $ref: "#/$defs/d0", $defs: { ...$defs, end: { type: "string" } } }
}

const zodModule = (shapes: Shapes) => {
  const { code } = transformSync(toZod(shapes), { loader: "ts", format: "cjs" })
  const module: { exports: Record<string, { shape: object; safeParse(value: unknown): { success: boolean } }> } = {
    exports: {},
  }
  new Function("require", "module", code)(createRequire(import.meta.url), module)
  return module.exports[rootOf(shapes)]
}

test("no type or field name shadows what the program needs", () => {
  const schema = {
    title: "JSON",
    type: "object",
    properties: {
      ...JSON.parse('{"__proto__": {"type": "string"}}'),
      code: { type: "string", pattern: "^a" },
      none: { enum: [] },
      list: { enum: [[1], [2]] },
      RegExp: { title: "RegExp", type: "object", properties: { a: { type: "string" } } },
    },
  }
  const root = zodModule(shapesOf(schema, "x"))
  expect(Object.hasOwn(root?.shape ?? {}, "__proto__")).toBe(true)
  expect(root?.safeParse({ code: "ab", list: [2], RegExp: {} })).toMatchObject({ success: true })
  for (const wrong of [{ code: "b" }, { list: [3] }, { none: 1 }])
    expect(root?.safeParse(wrong)).toMatchObject({ success: false })
})

test("a Python field named like a type or a field helper shadows neither", () => {
  const shapes = shapesOf(
    {
      type: "object",
      description: "ends here\u0000 or \u0085 here",
      properties: {
        Customer: {
          title: "Customer",
          type: "object",
          properties: { name: { type: "string", description: "a\u0000b" } },
        },
        Field: { type: "string" },
        last: { type: "number", minimum: 1, description: "seen" },
      },
    },
    "bill",
  )
  const dataclass = `${toDataclass(shapes)}
import typing
print(typing.get_type_hints(Bill)["Customer_"] == typing.Optional[Customer])`
  expect(execFileSync("python3", ["-c", dataclass], { encoding: "utf8" })).toBe("True\n")
  expect(toPydantic(shapes)).toContain('    Customer_: Customer | None = Field(default=None, alias="Customer")')
  expect(toPydantic(shapes)).toContain('    Field_: str | None = Field(default=None, alias="Field")')
})

test("code is generated for any schema", () => {
  for (const schema of [
    {},
    { $ref: "#" },
    { $ref: "#/nowhere" },
    { $ref: "#/%E0%A4%A" },
    { type: "nonsense" },
    { properties: 3, required: 7 },
    { anyOf: [] },
    { enum: [] },
    { allOf: [{ $ref: "#" }] },
    { properties: { a: { minimum: Number.POSITIVE_INFINITY } } },
    doubled((next) => ({ allOf: [next, next] })),
    doubled((next) => ({ type: "object", properties: { a: next, b: next } })),
    JSON.parse(`${'{"items":'.repeat(2_000)}{}${"}".repeat(2_000)}`),
  ])
    for (const made of [toTypeScript, toZod, toDataclass, toPydantic, toSql])
      expect(made(shapesOf(schema, "x"))).toMatch(/\bX\b|"x"/)
})
