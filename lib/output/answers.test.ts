/** JSON answers as models write them: in fences and prose, with numbers and names that programs read differently. */
import { describe, expect, test } from "vitest"
import type { OutputRequest } from "@/lib/messages/types"
import { parsePartial } from "@/lib/output/partial"
import { validateOutput } from "@/lib/output/validate"

const request = (schema: Record<string, unknown>): OutputRequest => ({ type: "json_schema", name: "test", schema })
const person = request({
  type: "object",
  properties: { name: { type: "string" }, age: { type: "number" } },
  required: ["name", "age"],
  additionalProperties: false,
})

test("a value is parsed while its text arrives", () => {
  expect(parsePartial("").state).toBe("empty")
  expect(parsePartial('{"name":"Jo')).toMatchObject({ value: { members: [["name", "Jo"]] }, state: "forming" })
  expect(parsePartial('{"name":"John"}')).toMatchObject({ value: { members: [["name", "John"]] }, state: "whole" })
  expect(parsePartial("no json").state).toBe("broken")
})

test.each([
  ['```json\n{"name":"Jo","age":1}\n```'],
  ['```\n{"name":"Jo","age":1}\n```\n'],
  ['Here it is:\n\n~~~JSON\n{"name":"Jo","age":1}\n~~~\n\nHope that helps [1].'],
  ['Sure! {"name":"Jo","age":1} Hope that helps'],
  ['{"name":"Jo","age":1}\n\nHope that helps {name}.'],
  ['<think>\nSo {"a": 1}?\n</think>\n\n{"name":"Jo","age":1}'],
  ['<thinking>x</thinking>```json\n{"name":"Jo","age":1}```'],
  ['<thought>{"no":1}</thought>{"name":"Jo","age":1}'],
  ['<THINK lang="en">{"no":1}</THINK >\n{"name":"Jo","age":1}'],
  ['Let me see.\n</think>\n{"name":"Jo","age":1}'],
  ['> ```json\n{"name":"Jo","age":1}\n> ```'],
])("the JSON of an answer is found: %j", (text) => {
  expect(validateOutput(text, person)).toEqual({ valid: true, problems: [] })
  const { state, json } = parsePartial(text)
  expect([state, JSON.parse(json)]).toEqual(["whole", { name: "Jo", age: 1 }])
  for (let length = 1; length < text.length; length++)
    expect(parsePartial(text.slice(0, length)).json.length).toBeLessThanOrEqual(text.length)
})

test.each([
  ["9007199254740993", "/n", /9007199254740993 can't be stored exactly: most programs read it as 9007199254740992/],
  ["1e400", "/n", /1e400 can't be stored exactly: most programs can't read it/],
  ["12345678901234567.5", "/n", /read it as 12345678901234568$/],
  ["1e-400", "/n", /read it as 0$/],
])("a number that a double can't represent is a problem: %s", (source, path, message) => {
  for (const request of [{ type: "json" } as const, number]) {
    const { valid, problems } = validateOutput(`{"n":${source}}`, request)
    expect(valid).toBe(false)
    expect(problems[0]).toMatchObject({ path, message: expect.stringMatching(message) })
  }
})

const number = request({ properties: { n: { type: "number" } } })

test.each([
  "1",
  "-0",
  "1.0",
  "0.1",
  "1e2",
  "1E+2",
  "100",
  "0.30",
  "9007199254740992",
  "-1.5e-7",
  "1.7976931348623157e308",
  "3.14159265358979323846",
  "-2.718281828459045235360287471352662497757",
  "0.1000000000000000055511151231257827",
  "1e23",
  "0e9",
  "0.000",
  "9007199254740991",
])("%s is accepted as written", (source) => {
  expect(validateOutput(`{"n":${source}}`, number)).toEqual({ valid: true, problems: [] })
})

test("a duplicate member is a problem at its path", () => {
  expect(validateOutput('{"a":{"b":1,"b":2}}', { type: "json" }).problems).toMatchObject([
    { path: "/a/b", message: "appears twice; most programs keep the last one" },
  ])
})

test("NaN and Infinity are reported as invalid JSON", () => {
  expect(validateOutput('{"a":NaN}', { type: "json" }).problems[0]?.message).toContain("(JSON has no NaN)")
  expect(validateOutput('{"a":-Infinity}', { type: "json" }).valid).toBe(false)
})

describe.each(["constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"])(
  "a member named %s",
  (name) => {
    const text = { type: "string" }
    const properties: Record<string, unknown> = Object.fromEntries([[name, text]])
    const own = (value: unknown) => JSON.stringify(Object.fromEntries([[name, value]]))
    test("is a member like any other", () => {
      const strict = request({ type: "object", properties, required: [name], additionalProperties: false })
      expect(validateOutput(own("x"), strict)).toEqual({ valid: true, problems: [] })
      expect(validateOutput(own(1), strict).problems).toMatchObject([
        { path: `/${name}`, message: "must be text, not 1" },
      ])
      expect(validateOutput("{}", strict).problems).toMatchObject([{ path: "", message: `“${name}” is missing` }])
      expect(validateOutput("{}", request({ properties }))).toEqual({ valid: true, problems: [] })
      expect(validateOutput(own(1), request({ additionalProperties: false })).problems).toMatchObject([
        { path: `/${name}`, message: "isn't in the schema" },
      ])
    })
    test("can be compared, counted, referenced, and matched by patterns", () => {
      expect(validateOutput(own("x"), request({ const: JSON.parse(own("x")) })).valid).toBe(true)
      expect(validateOutput(`[${own(1)},${own(2)}]`, request({ uniqueItems: true })).valid).toBe(true)
      expect(validateOutput(`[${own(1)},${own(1)}]`, request({ uniqueItems: true })).valid).toBe(false)
      expect(validateOutput(JSON.stringify(name), request({ enum: [name] })).valid).toBe(true)
      expect(validateOutput(own(1), request({ propertyNames: { pattern: "^[a-zA-Z_]+$" } })).valid).toBe(true)
      const referring = { $defs: JSON.parse(own(text)), items: { $ref: `#/$defs/${name}` } }
      expect(validateOutput('["x"]', request(referring)).valid).toBe(true)
    })
  },
)
