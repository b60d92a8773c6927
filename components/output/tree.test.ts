import { describe, expect, it } from "vitest"
import { entriesOf, kindOf, leafText } from "@/components/output/tree"
import { prettyJson, readJson } from "@/lib/output/json-source"

const value = { name: "Ann", "a/b": { "c~d": [1, { x: null }] } }

describe("JSON tree", () => {
  it("has a row for each member and item, in order", () => {
    expect(entriesOf(value).map(([key]) => key)).toEqual(["name", "a/b"])
    expect(entriesOf([true, "x"])).toEqual([
      ["0", true],
      ["1", "x"],
    ])
    expect(entriesOf("text")).toEqual([])
    expect(entriesOf(null)).toEqual([])
  })

  it("uses JSON type names", () => {
    expect([{}, [], "", 0, false, null, undefined].map(kindOf)).toEqual([
      "object",
      "array",
      "string",
      "number",
      "boolean",
      "null",
      "missing",
    ])
  })

  it.each([
    "9007199254740993",
    "1.0",
    "-0",
    "1e400",
    "1E+2",
    "0.1000000000000000055511151231257827",
    "12345678901234567890123456789",
  ])("displays and copies %s as written", (source) => {
    const { value } = readJson(`{"n":${source},"n":[${source}]}`)
    expect(entriesOf(value).map(([name, member]) => [name, kindOf(member)])).toEqual([
      ["n", "number"],
      ["n", "array"],
    ])
    expect(leafText(entriesOf(value)[0]?.[1])).toBe(source)
    expect(prettyJson(`{"n":${source},"n":[${source}, {}, []]}`)).toBe(
      `{\n  "n": ${source},\n  "n": [\n    ${source},\n    {},\n    []\n  ]\n}`,
    )
  })

  it("shows members of any name, and the partial text of an incomplete string", () => {
    const { value } = readJson('{"__proto__":{"constructor":"x"},"a":"b\\u00e9\\u00')
    expect(entriesOf(value).map(([name]) => name)).toEqual(["__proto__", "a"])
    expect(entriesOf(entriesOf(value)[0]?.[1])).toEqual([["constructor", "x"]])
    expect(entriesOf(value)[1]?.[1]).toBe("bé")
    const deep = readJson("[".repeat(200_000))
    expect(deep.state).toBe("cut")
  })

  it("reports every prefix of a text as incomplete", () => {
    const text = '{"a":[1,-2.5e3,{"b":null,"c":"x\\n"}],"d":true,"e":{}}'
    for (let length = 1; length < text.length; length++) expect(readJson(text.slice(0, length)).state).toBe("cut")
    expect(readJson(text).state).toBe("whole")
    expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text))
  })
})
