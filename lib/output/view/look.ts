/**
 * How a single value is displayed. The schema is used only if the value is complete and of that type; otherwise it is
 * shown as plain text. Pure; safe to import in the browser.
 */
import { JsonNumber, JsonObject } from "@/lib/output/json-source"
import { jsonText } from "@/lib/output/rows"
import {
  amountSource,
  type Currencies,
  currencyOf,
  moneyText,
  NO_CURRENCIES,
  numberText,
} from "@/lib/output/view/amounts"
import { isMomentFormat, type MomentFormat, momentText } from "@/lib/output/view/moments"
import { isIdentifierName } from "@/lib/output/view/names"
import { allows, type Shape } from "@/lib/output/view/shape"

export type Look =
  | { kind: "missing" | "null" }
  | { kind: "text"; text: string }
  | { kind: "number" | "money"; text: string; source: string }
  | { kind: "boolean"; value: boolean }
  | { kind: "moment"; format: MomentFormat; text: string; source: string }
  | { kind: "link" | "email"; text: string; href: string }
  | { kind: "option"; text: string }
  /** A list or an object where there is no room for its children. */
  | { kind: "json"; text: string }

export interface LookOptions {
  locale: string
  /** The member's name. */
  name?: string
  /** Still being written. */
  open?: boolean
  currencies?: Currencies
}

/** Maximum number of characters of JSON in a cell. */
const MAX_JSON = 2_000

/** How to display a value, given its schema. */
export function lookOf(value: unknown, shape: Shape, { locale, name = "", open, currencies }: LookOptions): Look {
  if (value === undefined) return { kind: "missing" }
  if (value === null) return { kind: "null" }
  if (typeof value === "boolean") return { kind: "boolean", value }
  if (value instanceof JsonObject || Array.isArray(value)) return { kind: "json", text: cut(jsonText(value)) }
  if (value instanceof JsonNumber) {
    const { source } = value
    if (open) return { kind: "text", text: source }
    const money = moneyLook(value, shape, { locale, name, currencies })
    return money ?? { kind: "number", text: numberText(source, locale, isIdentifierName(name)), source }
  }
  const text = String(value)
  if (open || typeof value !== "string") return { kind: "text", text }
  return stringLook(text, shape, { locale, name, currencies })
}

const cut = (text: string) => (text.length > MAX_JSON ? `${text.slice(0, MAX_JSON).toWellFormed()}…` : text)

function moneyLook(value: unknown, shape: Shape, { locale, name = "", currencies = NO_CURRENCIES }: LookOptions) {
  const source = amountSource(value, shape)
  const currency = source === null ? null : currencyOf(name, shape, currencies)
  const text = source !== null && currency ? moneyText(source, currency, locale) : null
  return text === null || source === null ? null : ({ kind: "money", text, source } as const)
}

function stringLook(text: string, shape: Shape, options: LookOptions): Look {
  if (shape.options && allows(shape, text)) return { kind: "option", text }
  const { format } = shape
  if (!format || !allows(shape, text)) return { kind: "text", text }
  if (isMomentFormat(format)) {
    const shown = momentText(format, text, options.locale)
    return shown === null ? { kind: "text", text } : { kind: "moment", format, text: shown, source: text }
  }
  const money = moneyLook(text, shape, options)
  if (money) return money
  if (format === "email" && isEmail(text)) return { kind: "email", text, href: `mailto:${encodeURIComponent(text)}` }
  // Whether the link is safe is decided at render time, as for links in Markdown.
  if ((format === "uri" || format === "url") && /^https?:/i.test(text)) return { kind: "link", text, href: text }
  return { kind: "text", text }
}

const isEmail = (text: string) =>
  /^[^\s@<>()[\]\\,;:"?&=%]+@[^\s@<>()[\]\\,;:"?&=%]+\.[^\s@<>()[\]\\,;:"?&=%]+$/.test(text)
