import { describe, expect, it } from "vitest"
import { readSchemaText, schemaName } from "@/components/schemas/schema-text"

describe("pasted schema", () => {
  it("is accepted when it describes an object or a list", () => {
    expect(readSchemaText('{"type":"object","properties":{}}')).toEqual({
      schema: { type: "object", properties: {} },
      problem: null,
    })
    expect(readSchemaText('{"$ref":"#/$defs/a","$defs":{"a":{}}}').problem).toBeNull()
  })

  it.each([
    ["", "empty"],
    ["{", "cut"],
    ['{"type": objekt}', "noJson"],
    ["[1]", "noObject"],
    ['"text"', "noObject"],
    ['{"name":"Ann"}', "describesNothing"],
    ['{"type":"string"}', "type"],
    [`{"type":"object","x":"${"a".repeat(64_000)}"}`, "long"],
  ])("%.20s is rejected with the reason", (text, reason) => {
    expect(readSchemaText(text)).toMatchObject({ schema: null, problem: { is: reason } })
  })

  it("reports the line of a syntax error", () => {
    expect(readSchemaText('{\n  "type": "object",\n}').problem).toEqual({ is: "noJson", line: 3 })
  })

  it("with an invalid type is left to the server, which reports it", () => {
    expect(readSchemaText('{"type":"strin"}').problem).toBeNull()
  })

  it("gets a name the API accepts", () => {
    expect(schemaName("  My schema (v2)! ")).toBe("My_schema_v2")
    expect(schemaName("é".repeat(3))).toBe("")
    expect(schemaName("a".repeat(80))).toHaveLength(64)
  })
})
