/** Formats numbers with all their digits, and as money if that is certain. Pure. */
import { JsonNumber, type JsonObject } from "@/lib/output/json-source"
import { currencyScope, isAmountName, wordsOf } from "@/lib/output/view/names"
import type { Shape } from "@/lib/output/view/shape"

/** Currencies given by an object's members, keyed by the other words of the member name; "" applies to all amounts. */
export type Currencies = ReadonlyMap<string, string>

export const NO_CURRENCIES: Currencies = new Map()

const known = new Set(Intl.supportedValuesOf("currency"))
const isCurrency = (value: unknown): value is string => typeof value === "string" && known.has(value)

/**
 * Adds the currencies of this object's members to the inherited ones. Contradictory ones cancel out. `open`: the last
 * member is still being written.
 */
export function currenciesOf(object: JsonObject, around: Currencies, open: boolean): Currencies {
  const found = new Map<string, string | null>()
  for (const [index, [name, value]] of object.members.entries()) {
    const scope = currencyScope(name)
    if (!scope) continue
    const key = scope.join(" ")
    const isOpen = open && index === object.members.length - 1
    const code = isCurrency(value) && !isOpen ? value : null
    found.set(key, found.has(key) && found.get(key) !== code ? null : code)
  }
  if (found.size === 0) return around
  const all = new Map(around)
  for (const [key, code] of found)
    if (code) all.set(key, code)
    else all.delete(key)
  return all
}

const MINOR_UNITS = /\b(?:cents?|pence|minor units?|pennies)\b/i
const isMoneyFormat = (format: string | undefined) => format === "money" || format === "currency"

/** The currency of a number with this name; null if it isn't certain that it is money, or which currency. */
export function currencyOf(name: string, shape: Shape, currencies: Currencies): string | null {
  if (MINOR_UNITS.test(shape.description ?? "")) return null
  if (shape.currency) return isCurrency(shape.currency) ? shape.currency : null
  if (!isMoneyFormat(shape.format) && !isAmountName(name)) return null
  const words = wordsOf(name)
  for (let length = words.length; length > 0; length--) {
    const own = currencies.get(words.slice(0, length).join(" "))
    if (own) return own
  }
  return currencies.get("") ?? null
}

/** Decimal digits without an exponent, which `Intl` formats digit for digit. */
const PLAIN = /^-?(\d+)(?:\.(\d+))?$/
/** Integers with at least this many digits are grouped. */
const GROUPED_FROM = 5
const MAX_FRACTION = 20

/** A number formatted for the locale, keeping every digit; as written if that isn't possible. */
export function numberText(source: string, locale: string, asDigits: boolean): string {
  const [, whole = "", fraction = ""] = PLAIN.exec(source) ?? []
  if (!whole || asDigits || /^-0+(?:\.0*)?$/.test(source) || fraction.length > MAX_FRACTION) return source
  return format(source, locale, {
    useGrouping: whole.length >= GROUPED_FROM,
    minimumFractionDigits: fraction.length,
    maximumFractionDigits: fraction.length,
  })
}

/** An amount with its currency, keeping every digit; null if that isn't possible. */
export function moneyText(source: string, currency: string, locale: string): string | null {
  const [, whole = "", fraction = ""] = PLAIN.exec(source) ?? []
  if (!whole || fraction.length > MAX_FRACTION) return null
  const usual =
    new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  return format(source, locale, {
    style: "currency",
    currency,
    minimumFractionDigits: Math.max(usual, fraction.length),
    maximumFractionDigits: Math.max(usual, fraction.length),
  })
}

const formats = new Map<string, Intl.NumberFormat>()
const MAX_FORMATS = 100

/** Passes the digits to `Intl` as a string, so that none is lost. */
function format(source: string, locale: string, options: Intl.NumberFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  if (formats.size >= MAX_FORMATS) formats.clear()
  formats.set(key, made)
  return made.format(source as Intl.StringNumericLiteral)
}

/** The digits of a value that may be an amount: a number, or a numeric string if the schema hints at it. */
export function amountSource(value: unknown, shape: Shape): string | null {
  if (value instanceof JsonNumber) return value.source
  return typeof value === "string" && isMoneyFormat(shape.format) && PLAIN.test(value) ? value : null
}
