import { expect, test } from "vitest"
import type { OutputRequest } from "@/lib/chat/types"
import { parsePartial } from "@/lib/output/partial"
import { outputInstructions } from "@/lib/output/prompt"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { checkSchema, MAX_SCHEMA_CHARS, validateOutput } from "@/lib/output/validate"

const request = (schema: Record<string, unknown>): OutputRequest => ({ type: "json_schema", name: "test", schema })
const person = request({
  type: "object",
  properties: {
    name: { type: "string" },
    age: { type: "number" },
    tags: { type: "array", items: { enum: ["a", "b"] } },
  },
  required: ["name", "age"],
  additionalProperties: false,
})

test("an answer that fits is valid", () => {
  expect(validateOutput('{"name":"John","age":30}', person)).toEqual({ valid: true, problems: [] })
})

test("each problem is named at its place", () => {
  const { valid, problems } = validateOutput('{"age":"old","tags":["a","c"],"x/y":1}', person)
  expect(valid).toBe(false)
  expect(problems).toEqual(
    expect.arrayContaining([
      { path: "", message: "“name” is missing" },
      { path: "/age", message: "must be number" },
      { path: "/tags/1", message: 'must be one of "a", "b"' },
      { path: "/x~1y", message: "is not part of the schema" },
    ]),
  )
})

test("cut JSON and words around JSON are told apart", () => {
  expect(validateOutput('{"name":"Jo', person).problems[0]?.message).toMatch(/cut off after 11 characters/)
  expect(validateOutput('{"name":"Jo"} Hope that helps', person).problems[0]?.message).toMatch(
    /not JSON at character 15/,
  )
  expect(validateOutput("  ", person).problems[0]?.message).toBe("The answer is empty.")
})

test("plain JSON wants an object or a list", () => {
  expect(validateOutput("[1]", { type: "json" }).valid).toBe(true)
  expect(validateOutput("7", { type: "json" }).valid).toBe(false)
})

test("formats are checked", () => {
  expect(validateOutput('{"d":"tomorrow"}', request({ properties: { d: { format: "date" } } })).valid).toBe(false)
  expect(validateOutput('{"d":"2026-11-23"}', request({ properties: { d: { format: "date" } } })).valid).toBe(true)
})

test("a pattern that explodes on a backtracking engine does not here", () => {
  const evil = request({ properties: { s: { type: "string", pattern: "^(a+)+$" } } })
  expect(validateOutput('{"s":"aaa"}', evil).valid).toBe(true)
  expect(validateOutput(JSON.stringify({ s: `${"a".repeat(5_000)}!` }), evil).valid).toBe(false)
})

test("two patterns of one schema are two patterns", () => {
  const two = request({ properties: { a: { pattern: "^a+$" }, b: { pattern: "^b+$" } } })
  expect(validateOutput('{"a":"aa","b":"bb"}', two).valid).toBe(true)
  expect(validateOutput('{"a":"aa","b":"aa"}', two).problems.map(({ path }) => path)).toEqual(["/b"])
})

test("draft-07 and 2020-12 both work", () => {
  const draft7 = {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "array",
    items: [{ type: "string" }],
    additionalItems: false,
  }
  expect(validateOutput('["a", 1]', request(draft7)).valid).toBe(false)
  const draft2020 = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "array",
    prefixItems: [{ type: "string" }],
    items: false,
  }
  expect(validateOutput('["a", 1]', request(draft2020)).valid).toBe(false)
  expect(validateOutput('["a"]', request(draft2020)).valid).toBe(true)
})

test.each([
  ["outside the schema", { properties: { a: { $ref: "https://example.com/x" } } }],
  ["must be", { type: "nonsense" }],
  ["missing closing", { type: "string", pattern: "(" }],
  ["can't resolve", { $ref: "#/nowhere" }],
  ["asynchronous", { $async: true }],
  ["nested deeper", JSON.parse(`${'{"items":'.repeat(40)}{}${"}".repeat(40)}`)],
  ["characters", { description: "x".repeat(MAX_SCHEMA_CHARS) }],
])("a schema that can't be used says why: %s", (reason, schema) => {
  expect(checkSchema(schema)[0]?.message).toContain(reason)
})

test("local references work, also recursive ones", () => {
  const tree = {
    type: "object",
    properties: { children: { type: "array", items: { $ref: "#" } } },
    required: ["children"],
  }
  expect(checkSchema(tree)).toEqual([])
  expect(validateOutput('{"children":[{}]}', request(tree)).problems).toEqual([
    { path: "/children/0", message: "“children” is missing" },
  ])
})

test("the templates are schemas, and each stands in its prompt", () => {
  for (const { name, schema } of SCHEMA_TEMPLATES) {
    expect(checkSchema(schema)).toEqual([])
    expect(outputInstructions({ type: "json_schema", name, schema })).toContain(JSON.stringify(schema))
  }
})

test("a value forms while its text arrives", async () => {
  expect(await parsePartial("")).toEqual({ value: undefined, state: "empty" })
  expect(await parsePartial('{"name":"Jo')).toEqual({ value: { name: "Jo" }, state: "forming" })
  expect(await parsePartial('{"name":"John"}')).toEqual({ value: { name: "John" }, state: "whole" })
  expect((await parsePartial("no json")).state).toBe("broken")
})
