/** Formats amounts and durations for grids. Pure. */

/** US dollars: two decimals for large amounts, more for small ones. */
export function usd(amount: number, locale: string): string {
  const digits = amount >= 1 || amount === 0 ? 2 : 4
  return new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" },
    ...{ minimumFractionDigits: 2, maximumFractionDigits: digits },
  }).format(amount)
}

export interface Span {
  unit: "seconds" | "minutes" | "hours"
  count: number
}

/** Seconds in a natural unit. */
export function spanOf(seconds: number): Span {
  if (seconds < 90) return { unit: "seconds", count: Math.max(1, Math.round(seconds)) }
  if (seconds < 90 * 60) return { unit: "minutes", count: Math.round(seconds / 60) }
  return { unit: "hours", count: Math.round(seconds / 3_600) }
}

/** Parses a spend limit in US dollars above zero, with a decimal point or comma; null: none, undefined: invalid. */
export function spendLimitOf(text: string): number | null | undefined {
  if (text.trim() === "") return null
  const amount = Number(text.trim().replace(/^\$/, "").replace(",", "."))
  return Number.isFinite(amount) && amount > 0 ? amount : undefined
}
