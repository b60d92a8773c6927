import { describe, expect, it } from "vitest"
import { JsonNumber, JsonObject, readJson } from "@/lib/output/json-source"
import { currenciesOf, NO_CURRENCIES } from "@/lib/output/view/amounts"
import { lookOf } from "@/lib/output/view/look"
import { isAmountName, labelOf } from "@/lib/output/view/names"
import { ANY, type Schema, shapeOf } from "@/lib/output/view/shape"

const shape = (schema: Schema, value?: unknown) => shapeOf(schema, schema, value)
const look = (value: unknown, schema: Schema, options: Partial<Parameters<typeof lookOf>[2]> = {}) =>
  lookOf(value, shape(schema), { locale: "en", ...options })
const number = (source: string) => new JsonNumber(source)

describe("how a value looks", () => {
  it.each([
    ["date", "2026-11-30", "Nov 30, 2026", "30. Nov. 2026"],
    ["date", "2024-02-29", "Feb 29, 2024", "29. Feb. 2024"],
    ["time", "14:30:00Z", "2:30 PM UTC", "14:30 UTC"],
    ["time", "09:05:07", "9:05:07 AM", "9:05:07"],
    ["date-time", "2026-11-30T23:30:00-08:00", "Nov 30, 2026, 11:30 PM UTC−08:00", "30. Nov. 2026, 23:30 UTC−08:00"],
  ])("formats a %s for the reader's locale, never shifted to another day: %s", (format, text, en, de) => {
    const shown = (locale: string) => {
      const found = look(text, { type: "string", format }, { locale })
      return "text" in found ? found.text.replace(/\u202f/g, " ") : found.kind
    }
    expect([shown("en"), shown("de")]).toEqual([en, de])
  })

  it.each([
    ["date", "2026-02-30"],
    ["date", "2026-13-01"],
    ["date", "0000-01-01"],
    ["date", "2026-1-3"],
    ["date", "yesterday"],
    ["date", " 2026-11-30"],
    ["time", "25:00:00Z"],
    ["date-time", "2026-11-30"],
    ["date-time", "2026-02-30T10:00:00Z"],
    ["email", "ann"],
    ["email", "ann@example.com?bcc=all@example.com"],
    ["uri", "javascript:alert(1)"],
    ["uri", "data:text/html,x"],
  ])("shows an invalid %s as plain text: %s", (format, text) => {
    expect(look(text, { type: "string", format })).toEqual({ kind: "text", text })
  })

  it("keeps every digit of a number, and never formats a year as a count", () => {
    const shown = (source: string, options = {}) => look(number(source), { type: "number" }, options)
    expect(shown("9007199254740993")).toMatchObject({ kind: "number", text: "9,007,199,254,740,993" })
    expect(shown("1234567.1000", { locale: "de" })).toMatchObject({ text: "1.234.567,1000" })
    expect(shown("2026")).toMatchObject({ text: "2026" })
    expect(shown("20261130", { name: "invoiceNumber" })).toMatchObject({ text: "20261130" })
    for (const source of ["1e400", "-0", "1E-7", "0.123456789012345678901234567890"])
      expect(shown(source)).toMatchObject({ text: source })
  })

  it("treats a number as money only if its name and a nearby currency, or the schema, say so", () => {
    const usd = new Map([["", "USD"]])
    const money = (name: string, options = {}, schema: Schema = { type: "number" }, source = "12.5") =>
      look(number(source), schema, { name, currencies: usd, ...options }).kind
    for (const name of ["total", "unitPrice", "tax_amount", "grandTotal", "net", "subtotal"])
      expect(money(name), name).toBe("money")
    for (const name of ["total_hours", "totalItems", "taxPercent", "quantity", "age", "participantsTotal", "x", "rate"])
      expect(money(name), name).toBe("number")
    expect(money("total", { currencies: NO_CURRENCIES })).toBe("number")
    expect(money("total", {}, { type: "number", description: "in cents" })).toBe("number")
    expect(money("paid", { currencies: NO_CURRENCIES }, { type: "number", "x-currency": "EUR" })).toBe("money")
    expect(money("x", {}, { type: "number", format: "money" })).toBe("money")
    expect(look(number("12.345"), { type: "number" }, { name: "total", currencies: usd })).toMatchObject({
      text: "$12.345",
    })
    expect(look(number("9007199254740993"), {}, { name: "total", currencies: usd })).toMatchObject({
      text: "$9,007,199,254,740,993.00",
    })
    expect(look(number("12"), {}, { name: "total", currencies: new Map([["", "JPY"]]) })).toMatchObject({ text: "¥12" })
    expect(look(number("1e3"), {}, { name: "total", currencies: usd }).kind).toBe("number")
    expect(look("12.50", { type: "string" }, { name: "total", currencies: usd })).toMatchObject({ kind: "text" })
  })

  it("takes the currency from a complete member, and from none if two differ", () => {
    const of = (json: string, open = false) => {
      const { value } = readJson(json)
      return value instanceof JsonObject ? currenciesOf(value, NO_CURRENCIES, open).get("") : "none"
    }
    expect(of('{"currency":"EUR","total":1}')).toBe("EUR")
    expect(of('{"price_currency":"EUR"}')).toBeUndefined()
    for (const wrong of ['"euro"', '"eur"', '"XQQ"', "null", "5", '"EUR","currency":"USD"'])
      expect(of(`{"currency":${wrong}}`), wrong).toBeUndefined()
    expect(of('{"currency":"EUR"', true)).toBeUndefined()
  })

  it("shows incomplete values, and values of a type other than the schema's, as they are", () => {
    expect(look("2026-11-30", { type: "string", format: "date" }, { open: true }).kind).toBe("text")
    expect(look(number("12"), { type: "number" }, { open: true })).toEqual({ kind: "text", text: "12" })
    expect(look("true", { type: "boolean" })).toEqual({ kind: "text", text: "true" })
    expect(look(number("20261130"), { type: "string", format: "date" }).kind).toBe("number")
    expect(look("2026-11-30", { type: "integer", format: "date" }).kind).toBe("text")
    expect(look("c", { enum: ["a", "b"] })).toEqual({ kind: "text", text: "c" })
    expect(look("a", { enum: ["a", "b"] })).toEqual({ kind: "option", text: "a" })
    expect(look(null, { type: "string" }).kind).toBe("null")
    expect(look(undefined, { type: "string" }).kind).toBe("missing")
  })
})

describe("the schema at a path", () => {
  const root: Schema = {
    $defs: {
      money: { type: "number", title: "Money" },
      node: { type: "object", properties: { child: { $ref: "#/$defs/node" } } },
    },
  }
  it("follows references and nullable alternatives", () => {
    expect(shapeOf(root, { $ref: "#/$defs/money" }).title).toBe("Money")
    const nullable = shapeOf(root, { anyOf: [{ $ref: "#/$defs/money" }, { type: "null" }] })
    expect([nullable.title, [...(nullable.types ?? [])]]).toEqual(["Money", ["number"]])
    expect(shapeOf({ type: "object", properties: { a: { $ref: "#" } } }, { $ref: "#" }).members.has("a")).toBe(true)
  })

  it("uses an alternative only when no other is possible", () => {
    const schema: Schema = {
      oneOf: [
        { properties: { kind: { const: "a" }, x: { type: "string", format: "date" } } },
        { properties: { kind: { const: "b" }, y: { type: "number" } } },
      ],
    }
    const value = (json: string) => readJson(json).value
    expect([...shape(schema, value('{"kind":"b"}')).members.keys()]).toEqual(["kind", "y"])
    expect(shape(schema, value("{}")).members.size).toBe(0)
  })

  it("terminates with references that are circular or unresolved", () => {
    const circle: Schema = {
      $defs: { a: { $ref: "#/$defs/b" }, b: { allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/a" }] } },
    }
    expect(shapeOf(circle, { $ref: "#/$defs/a" }).types).toBeNull()
    for (const $ref of ["#/nowhere", "https://example.com/x", "#/__proto__", "#/constructor/name", "#/%E0%A4%A"])
      expect(shapeOf(circle, { $ref }), $ref).toEqual({
        ...ANY,
        title: undefined,
        description: undefined,
        format: undefined,
      })
  })
})

describe("names", () => {
  it.each([
    ["unitPrice", "Unit price"],
    ["tax_id", "Tax ID"],
    ["IBAN", "IBAN"],
    ["fußnote", "Fußnote"],
    ["a b/c", "a b/c"],
    ["$ref", "$ref"],
    ["__proto__", "__proto__"],
    ["", ""],
  ])("%s is labeled %s", (name, label) => {
    expect(labelOf(name)).toBe(label)
  })

  it("for amounts are told apart from those for counts", () => {
    expect(["price", "total", "total paid", "order_total"].every(isAmountName)).toBe(true)
    expect(["total count", "order", "number of fees", ""].some(isAmountName)).toBe(false)
  })
})
