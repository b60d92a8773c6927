import { expect, test } from "vitest"
import { MAX_SCHEMA_CHARS } from "@/lib/limits"
import type { OutputRequest } from "@/lib/messages/types"
import { outputInstructions } from "@/lib/output/prompt"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { checkSchema, preparedSchemas, validateOutput } from "@/lib/output/validate"

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

test("a matching answer is valid", () => {
  expect(validateOutput('{"name":"John","age":30}', person)).toEqual({ valid: true, problems: [] })
})

test("each problem is reported with its path", () => {
  const { valid, problems } = validateOutput('{"age":"old","tags":["a","c"],"x/y":1}', person)
  expect(valid).toBe(false)
  expect(problems.map(({ path, message }) => ({ path, message }))).toEqual(
    expect.arrayContaining([
      { path: "", message: "“name” is missing" },
      { path: "/age", message: "must be a number, not text" },
      { path: "/tags/1", message: 'must be one of "a", "b"' },
      { path: "/x~1y", message: "isn't in the schema" },
    ]),
  )
})

test("truncated JSON, invalid JSON, and two JSON values are told apart", () => {
  expect(validateOutput('{"name":"Jo', person).problems[0]?.message).toMatch(/cut off after 11 characters/)
  expect(validateOutput('{"name":"Jo"}\n{"name":"Ann"}', person).problems[0]?.message).toMatch(
    /Not valid JSON at character 15/,
  )
  expect(validateOutput("I can't do that.", person).problems[0]?.message).toMatch(/Not valid JSON at character 1 /)
  expect(validateOutput("  ", person).problems[0]?.message).toBe("The answer is empty.")
})

test("plain JSON requires an object or a list", () => {
  expect(validateOutput("[1]", { type: "json" }).valid).toBe(true)
  expect(validateOutput("7", { type: "json" }).valid).toBe(false)
})

test("formats are checked", () => {
  expect(validateOutput('{"d":"tomorrow"}', request({ properties: { d: { format: "date" } } })).valid).toBe(false)
  expect(validateOutput('{"d":"2026-11-23"}', request({ properties: { d: { format: "date" } } })).valid).toBe(true)
})

test("a pattern that explodes in a backtracking engine does not here", () => {
  const evil = request({ properties: { s: { type: "string", pattern: "^(a+)+$" } } })
  expect(validateOutput('{"s":"aaa"}', evil).valid).toBe(true)
  expect(validateOutput(JSON.stringify({ s: `${"a".repeat(5_000)}!` }), evil).valid).toBe(false)
})

test.each([
  ["^(?=.*[A-Z])(?=.*\\d).+$", "aB1", "ab1"],
  ["^(?!test).*$", "best", "tests"],
  ["(?<=€)\\d+$", "€5", "$5"],
  ["^(['\"]).*\\1$", "'a'", "'a\""],
  ["^(?<q>.).*\\k<q>$", "aba", "abc"],
])("a lookaround or backreference pattern behaves as in JavaScript: %s", (pattern, good, bad) => {
  const schema = { type: "string", pattern }
  expect(checkSchema(schema)).toEqual([])
  expect(validateOutput(JSON.stringify(good), request(schema)).valid).toBe(true)
  expect(validateOutput(JSON.stringify(bad), request(schema)).valid).toBe(false)
})

test("a schema is compiled once, and the cache is bounded", () => {
  const schemaOf = (n: number) => ({ type: "object", properties: { [`member${n}`]: { type: "integer" } } })
  const before = preparedSchemas()
  for (let n = 0; n < 20; n++) expect(validateOutput("{}", request(schemaOf(1))).valid).toBe(true)
  expect(checkSchema(schemaOf(1))).toEqual([])
  expect(preparedSchemas()).toBe(Math.min(32, before + 1))
  for (let n = 0; n < 100; n++) validateOutput("{}", request(schemaOf(n)))
  expect(preparedSchemas()).toBe(32)
  expect(validateOutput('{"member1":"x"}', request(schemaOf(1))).problems).toHaveLength(1)
})

test("two patterns in one schema are kept apart", () => {
  const two = request({ properties: { a: { pattern: "^a+$" }, b: { pattern: "^b+$" } } })
  expect(validateOutput('{"a":"aa","b":"bb"}', two).valid).toBe(true)
  expect(validateOutput('{"a":"aa","b":"aa"}', two).problems.map(({ path }) => path)).toEqual(["/b"])
})

test("patterns use JavaScript syntax", () => {
  const schema = request({ type: "string", pattern: "^(?<code>[\\u0041-\\u005A]+)\\/\\d{2}$" })
  expect(validateOutput('"AB/12"', schema).valid).toBe(true)
  expect(validateOutput('"ab/12"', schema).problems[0]?.message).toContain("must match the pattern ^(?<code>")
})

test("an answer nested a hundred thousand levels deep is reported as impossible to check", () => {
  const lists = request({ $defs: { a: { items: { $ref: "#/$defs/a" } } }, $ref: "#/$defs/a" })
  const { problems } = validateOutput("[".repeat(100_000) + "]".repeat(100_000), lists)
  expect(problems[0]?.message).toBe("The answer couldn't be checked: it's nested too deeply.")
})

test("at most fifty problems are reported", () => {
  const numbers = request({ type: "array", items: { type: "number" } })
  const { valid, problems } = validateOutput(JSON.stringify(Array(300).fill("x")), numbers)
  expect(valid).toBe(false)
  expect(problems).toHaveLength(50)
  expect(problems[49]).toMatchObject({ path: "/49", message: "must be a number, not text" })
})

test.each([
  [{ type: "integer" }, "1.5", "must be a whole number, not 1.5"],
  [{ type: ["string", "null"] }, "[]", "must be text or null, not a list"],
  [{ type: "object" }, "null", "must be an object, not null"],
  [{ const: "a" }, '"b"', 'must be "a"'],
  [{ minimum: 3 }, "2", "must be at least 3"],
  [{ exclusiveMaximum: 3 }, "3", "must be less than 3"],
  [{ multipleOf: 5 }, "7", "must be a multiple of 5"],
  [{ minLength: 1 }, '""', "must have at least 1 character"],
  [{ maxItems: 2 }, "[1,2,3]", "must have at most 2 items"],
  [{ minProperties: 1 }, "{}", "must have at least 1 property"],
  [{ uniqueItems: true }, "[1,2,1]", "items 1 and 3 are the same"],
  [{ format: "email" }, '"x"', "must be an email address"],
  [{ not: { type: "string" } }, '"x"', "matches something the schema excludes"],
  [{ contains: { const: 1 } }, "[2]", "has none of the items the schema requires"],
  [{ dependentRequired: { a: ["b"] } }, '{"a":1}', "“b” is missing; “a” requires it"],
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  [{ if: { required: ["a"] }, then: { required: ["b"] } }, '{"a":1}', "“b” is missing"],
])("a problem is described in plain words: %j", (schema, text, message) => {
  const { problems } = validateOutput(text, request(schema))
  expect(problems.at(-1)).toMatchObject({ path: "", message })
})

test("an error in the schema is reported with its path", () => {
  expect(checkSchema({ properties: { "a/b": { type: "nonsense" } } })).toMatchObject([
    { path: "/properties/a~1b/type", message: expect.stringMatching(/^must be one of "array", .*"string"\.$/) },
  ])
})

test("an older schema that does not name its draft is accepted", () => {
  const tuple = { type: "array", items: [{ type: "string" }], additionalItems: false }
  expect(checkSchema(tuple)).toEqual([])
  expect(validateOutput('["a"]', request(tuple)).valid).toBe(true)
  expect(validateOutput('["a", 1]', request(tuple)).valid).toBe(false)
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
  ["expression too large", { type: "string", pattern: "((a{0,900}){0,900}){0,900}" }],
  ["can't resolve", { $ref: "#/nowhere" }],
  ["nested more than", JSON.parse(`${'{"items":'.repeat(30_000)}{}${"}".repeat(30_000)}`)],
  ["nested more than", JSON.parse(`${'{"items":'.repeat(40)}{}${"}".repeat(40)}`)],
  ["characters", { description: "x".repeat(MAX_SCHEMA_CHARS) }],
])("an unusable schema is rejected with a reason: %s", (reason, schema) => {
  expect(checkSchema(schema)[0]?.message).toContain(reason)
})

test("local references work, including recursive ones", () => {
  const tree = {
    type: "object",
    properties: { children: { type: "array", items: { $ref: "#" } } },
    required: ["children"],
  }
  expect(checkSchema(tree)).toEqual([])
  expect(validateOutput('{"children":[{}]}', request(tree)).problems).toMatchObject([
    { path: "/children/0", message: "“children” is missing" },
  ])
})

test("the templates are valid schemas, and each is included in its prompt", () => {
  for (const { name, schema } of SCHEMA_TEMPLATES) {
    expect(checkSchema(schema)).toEqual([])
    expect(outputInstructions({ type: "json_schema", name, schema })).toContain(JSON.stringify(schema))
  }
})

test("names from Object.prototype are ordinary names", () => {
  const names = ["constructor", "__proto__", "toString"]
  const schema = JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"},"constructor":{"type":"string"}},"required":["constructor","__proto__","toString"],"additionalProperties":false}',
  )
  expect(checkSchema(schema)).toEqual([])
  expect(validateOutput("{}", request(schema)).problems.map(({ message }) => message)).toEqual(
    names.map((name) => `“${name}” is missing`),
  )
  expect(
    validateOutput('{"constructor":1,"__proto__":"x","toString":0}', request(schema)).problems.map(({ path }) => path),
  ).toEqual(["/__proto__", "/constructor", "/toString"])
})

test("a subschema with an identifier of its own is resolved by it, and no other URL is", () => {
  const schema = {
    $id: "https://example.com/order",
    properties: { item: { $ref: "item" }, count: { $ref: "item#count" } },
    $defs: { item: { $id: "item", type: "string", $defs: { n: { $anchor: "count", type: "integer" } } } },
  }
  expect(checkSchema(schema)).toEqual([])
  expect(validateOutput('{"item":1,"count":"x"}', request(schema)).problems.map(({ path }) => path)).toEqual([
    "/item",
    "/count",
  ])
  expect(checkSchema({ ...schema, $defs: {} })[0]?.message).toContain("outside the schema")
})

test("references that lead back to themselves terminate", () => {
  const endless = { $ref: "#/$defs/a", $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: { $ref: "#/$defs/a" } } }
  expect(validateOutput("{}", request(endless)).problems[0]?.message).toContain("form an endless loop")
})

test.each([
  ["^\\p{Letter}+$", "Łódź", "a1"],
  ["^\\p{Script=Greek}+$", "αβγ", "abc"],
  ["^\\s$", "\u00a0", "x"],
  ["^[^\\s]+$", "ab", "a\u2003b"],
])("characters are Unicode code points: %s", (pattern, good, bad) => {
  const schema = { type: "string", pattern }
  expect(checkSchema(schema)).toEqual([])
  expect(validateOutput(JSON.stringify(good), request(schema)).valid).toBe(true)
  expect(validateOutput(JSON.stringify(bad), request(schema)).valid).toBe(false)
})

test("multipleOf uses decimal arithmetic, as prices need", () => {
  const cents = request({ multipleOf: 0.01 })
  for (const price of ["19.99", "0.07", "1e2", "4.35", "1234567.89"])
    expect(validateOutput(price, cents).valid).toBe(true)
  expect(validateOutput("0.005", cents).valid).toBe(false)
})
