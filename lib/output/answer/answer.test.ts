import { describe, expect, it } from "vitest"
import type { ChatMessage, OutputRequest } from "@/lib/messages/types"
import { editedText, effectiveText, withEdits } from "@/lib/output/answer/edits"
import { QuotableText } from "@/lib/output/answer/find-quote"
import { quotedRequest, unwrapped } from "@/lib/output/answer/quoted"
import { repairedText, repairPlan, settleRepair } from "@/lib/output/answer/repair"
import { validateOutput } from "@/lib/output/validate"

const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    total: { type: "number" },
    at: { type: "string", format: "date" },
    items: { type: "array", items: { $ref: "#/$defs/item" } },
  },
  required: ["name", "total"],
  additionalProperties: false,
  $defs: { item: { type: "object", properties: { price: { type: "number" } }, required: ["price"] } },
}
const request: OutputRequest = { type: "json_schema", name: "test", schema }
const planOf = (text: string, asked = request) => repairPlan(text, asked, validateOutput(text, asked).problems)

describe("repairing an answer", () => {
  it("requests only the invalid values, with a schema of their own", () => {
    const { places, asks, told } = planOf('{"name":"Ann","at":"soon","items":[{"price":1},{"price":"two"}]}')
    expect(places.toSorted()).toEqual(["/at", "/items/1/price", "/total"])
    expect(asks).toMatchObject({
      schema: {
        properties: { "/at": { format: "date" }, "/items/1/price": { type: "number" }, "/total": { type: "number" } },
        additionalProperties: false,
      },
    })
    expect(told.join("\n")).toContain('- /at is "soon": must be a date')
    expect(told.join("\n")).not.toContain("Ann")
  })

  it("requests the enclosing value when something is extra, and everything when the whole answer is invalid", () => {
    expect(planOf('{"name":"Ann","total":1,"more":2}').places).toEqual([""])
    expect(planOf("I can't do that.").places).toEqual([""])
    expect(planOf('{"name":"Ann","name":"Bo","total":1}').places).toEqual([""])
  })

  it("inserts the new values in place and preserves every other digit", () => {
    const text = '{"name":"Ann","id":9007199254740993,"n":1.0,"total":"x"}'
    const came = '```json\n{"/total": 12.50, "/name": "Bo"}\n```'
    expect(JSON.parse(repairedText(text, ["/total"], came) ?? "")).toMatchObject({ name: "Ann", total: 12.5 })
    expect(repairedText(text, ["/total"], came)).toContain('"id": 9007199254740993,\n  "n": 1.0,\n  "total": 12.50')
    expect(repairedText('{"a":{}}', ["/a/__proto__"], '{"/a/__proto__":{"x":1}}')).toContain('"__proto__": {')
    for (const nothing of ["", '{"/total": 12', "no", "[1]", '{"/name":"Bo"}'])
      expect(repairedText(text, ["/total"], nothing)).toBeNull()
  })

  it("leaves the answer unchanged when nothing usable was returned", () => {
    const parts = (came: string): ChatMessage["parts"] => [
      { type: "text", text: '{"total":"x"}' },
      { type: "data-repair", data: { of: "019360d4-7d90-7000-8000-000000000000", places: ["/total"], state: "asked" } },
      { type: "text", text: came },
    ]
    expect(settleRepair(parts("no"), true)).toMatchObject([{ text: '{"total":"x"}' }, { data: { state: "failed" } }])
    expect(settleRepair(parts('{"/total":1}'), false)).toMatchObject([
      { text: '{"total":"x"}' },
      { data: { state: "failed" } },
    ])
    expect(settleRepair(parts('{"/total":1}'), true)).toMatchObject([
      { text: '{\n  "total": 1\n}' },
      { data: { state: "done" } },
    ])
  })
})

describe("edited values", () => {
  const text = '{"name":"Ann","total":1.50,"items":[{"price":1}]}'

  it("are stored alongside the answer, whose other digits are preserved", () => {
    const applied = withEdits(text, null, [
      { path: "/name", json: '"Bo"', was: null },
      { path: "/at", json: '"2026-11-30"', was: null },
    ])
    if (!("values" in applied)) throw new Error("refused")
    expect(editedText(text, applied)).toContain('"name": "Bo",\n  "total": 1.50')
    expect(JSON.parse(editedText(text, applied)).at).toBe("2026-11-30")
    const parts: ChatMessage["parts"] = [
      { type: "text", text },
      { type: "data-edits", data: applied },
    ]
    expect(JSON.parse(effectiveText(parts)).name).toBe("Bo")
  })

  it("are reverted by null, or by the model's own value", () => {
    const stored = { values: [{ path: "/name", json: '"Bo"' }] }
    expect(withEdits(text, stored, [{ path: "/name", json: null, was: '"Bo"' }])).toEqual({ values: [] })
    expect(withEdits(text, stored, [{ path: "/name", json: '"Ann"', was: '"Bo"' }])).toEqual({ values: [] })
  })

  it("are rejected when another tab edited first, and when their path does not exist", () => {
    const stored = { values: [{ path: "/name", json: '"Bo"' }] }
    expect(withEdits(text, stored, [{ path: "/name", json: '"Cy"', was: null }])).toEqual({ refused: "conflict" })
    // An edit to a different field of the same answer doesn't conflict.
    expect(withEdits(text, stored, [{ path: "/total", json: "2", was: null }])).toHaveProperty("values")
    for (const [path, json] of [
      ["/nowhere/deep", "1"],
      ["/items/5", "1"],
      ["", "1"],
      ["/total", "NaN"],
      ["/total", "1 2"],
    ])
      expect(withEdits(text, null, [{ path: path ?? "", json: json ?? "", was: null }])).toEqual({ refused: "invalid" })
  })
})

describe("a quote in a source", () => {
  const find = (source: string, quote: string) => {
    const found = new QuotableText(source).find(quote)
    return found && source.slice(found.start, found.start + found.length)
  }

  it.each([
    ["blanks and lines", "Total\n  due:\t12.50 EUR", "Total due: 12.50 EUR"],
    ["hyphenation", "an exam-\n  ple of it", "an example of it"],
    ["a hyphen of the word", "a well-\nknown man", "a well-known man"],
    ["soft hyphens", "an exam\u00ADple", "an example"],
    ["ligatures", "the ﬁrst oﬃce", "the first office"],
    ["quotation marks", "he said “yes”, it’s", 'he said "yes", it\'s'],
    ["dashes", "2019–2024", "2019-2024"],
    ["marks apart from their letters", "Jose\u0301 Mu\u0308ller", "José Müller"],
  ])("is found despite %s", (_, source, quote) => {
    expect(find(source, quote)).toBe(source.slice(source.indexOf(source.trim()[0] ?? "")))
  })

  it.each([
    ["another case", "Ann Miller", "ann miller"],
    ["a part of a number", "12.50", "12"],
    ["the end of a number", "1,5", "5"],
    ["a part of a word", "Millerstown", "Miller"],
    ["a letter without its mark", "Jose\u0301", "Jose"],
    ["one letter more", "Ann Miler", "Ann Miller"],
    ["words left out", "Ann and Bo Miller", "Ann Miller"],
    ["no letters at all", "a, b", ", "],
  ])("isn't found with %s", (_, source, quote) => {
    expect(find(source, quote)).toBeNull()
  })

  it("is searched in linear time", () => {
    const source = "a-\n".repeat(200_000)
    expect(new QuotableText(source).find("b")).toBeNull()
  })
})

describe("an answer with quotes", () => {
  it("is requested with one schema that keeps the original references", () => {
    const asked = quotedRequest({ ...request, quotes: true })
    const text =
      '{"extracted":{"name":"Ann","total":1,"items":[{"price":"x"}]},"quotes":[{"path":"/name","quote":"Ann"}]}'
    expect(validateOutput(text, asked).problems.map(({ path }) => path)).toEqual(["/extracted/items/0/price"])
    const tree: OutputRequest = {
      type: "json_schema",
      name: "tree",
      quotes: true,
      schema: { type: "object", properties: { n: { $ref: "#" }, x: { type: "number" } } },
    }
    const wrong = '{"extracted":{"n":{"n":{"x":"no"}}},"quotes":[]}'
    expect(validateOutput(wrong, quotedRequest(tree)).problems.map(({ path }) => path)).toEqual(["/extracted/n/n/x"])
    const named = (schema: object): OutputRequest => ({
      type: "json_schema",
      name: "n",
      quotes: true,
      schema: { ...schema },
    })
    const item = { $anchor: "item", type: "object", properties: { x: { type: "number" } } }
    for (const schema of [
      { type: "object", properties: { n: { $ref: "#item" } }, $defs: { item } },
      { $id: "https://a.test/s", type: "object", properties: { n: { $ref: "#/$defs/item" } }, $defs: { item } },
      { $id: "https://a.test/s", type: "object", properties: { n: { $ref: "#/properties/m" }, m: item } },
    ])
      expect(
        validateOutput('{"extracted":{"n":{"x":"no"}},"quotes":[]}', quotedRequest(named(schema))).problems,
      ).toMatchObject([{ path: "/extracted/n/x" }])
    expect(quotedRequest(request)).toBe(request)
  })

  it("is unwrapped as far as it has arrived", () => {
    const text =
      '{ "extracted": {"a": 9007199254740993, "b": [1, 2]}, "quotes": [{"path":"/a","quote":"9"},{"path":1}]}'
    expect(unwrapped(text)).toEqual({
      answer: '{"a": 9007199254740993, "b": [1, 2]}',
      quotes: [{ path: "/a", quote: "9" }],
      whole: true,
    })
    for (let length = 0; length < text.length; length++) {
      const { answer = "" } = unwrapped(text.slice(0, length)) ?? {}
      expect('{"a": 9007199254740993, "b": [1, 2]}'.startsWith(answer)).toBe(true)
    }
    expect(unwrapped('{"a":1}')).toBeNull()
  })
})
