/** Amounts and times as a grid tells them. Pure. */

/** US dollars: cents and more where it is much, more places where it is little. */
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

/** Seconds in the unit that people would say. */
export function spanOf(seconds: number): Span {
  if (seconds < 90) return { unit: "seconds", count: Math.max(1, Math.round(seconds)) }
  if (seconds < 90 * 60) return { unit: "minutes", count: Math.round(seconds / 60) }
  return { unit: "hours", count: Math.round(seconds / 3_600) }
}

/** A spend limit as it is typed, in US dollars above zero, with a point or a comma; null: none, undefined: no amount. */
export function spendLimitOf(text: string): number | null | undefined {
  if (text.trim() === "") return null
  const amount = Number(text.trim().replace(/^\$/, "").replace(",", "."))
  return Number.isFinite(amount) && amount > 0 ? amount : undefined
}
