/** Formats an eval's figures. Pure. */
import { shortModel } from "@/components/grids/places"
import type { CellView, ColumnStats, Outcome, RunColumn } from "@/lib/evals/types"

/** A, B, … */
export const letterOf = (place: number): string => String.fromCharCode(65 + place)

/** A column's label from its model and preset. */
export const columnName = ({ model, preset }: Pick<RunColumn, "model" | "preset">): string =>
  preset ? `${shortModel(model)} · ${preset}` : shortModel(model)

/** From 0 to 1; null: nothing was checked. */
export const rateOf = ({ pass, checked }: Pick<ColumnStats, "pass" | "checked">): number | null =>
  checked > 0 ? pass / checked : null

export const percent = (rate: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(rate)

/** Milliseconds in the most readable unit. */
export function duration(ms: number, locale: string): string {
  const [value, unit] = ms < 1_000 ? [Math.round(ms), "millisecond"] : [ms / 1_000, "second"]
  const digits = ms < 1_000 || ms >= 10_000 ? 0 : 1
  const format = { style: "unit", unit, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale, format).format(value)
}

export const rounded = (value: number, locale: string): string =>
  value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })

export type Stand = Outcome | "waiting" | "running"

/** What a cell shows: the outcome, or the progress. */
export function cellStatus({ state, verdict }: Pick<CellView, "state" | "verdict">): Stand {
  if (state === "failed") return "error"
  if (state === "done") return verdict ?? "open"
  return state === "running" ? "running" : "waiting"
}
