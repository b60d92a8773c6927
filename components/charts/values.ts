/** Formats a chart's values and labels. Pure. */
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

export type AxisKind = "category" | "number" | "time"

const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/

/** A single month or year is a category, unless all labels are dates. */
export function axisKind(labels: NonNullable<ChartSpec["labels"]>): AxisKind {
  if (labels.length === 0) return "category"
  if (labels.every((label) => typeof label === "number")) return "number"
  const dates = labels.every((label) => typeof label === "string" && DATE.test(label) && !Number.isNaN(timeOf(label)))
  return dates && labels.some((label) => String(label).length > 4) ? "time" : "category"
}

/** A date's milliseconds in UTC, so that it is the same day everywhere. */
export const timeOf = (label: string | number): number => {
  const text = String(label)
  return Date.parse(text.length > 10 && !/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text)
}

export function valueText(value: number | null, unit: string, locale: string): string {
  if (value === null) return "–"
  const large = Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-6)
  return value.toLocaleString(locale, large ? { notation: "scientific", maximumFractionDigits: 4 } : DIGITS) + unit
}

const DIGITS = { maximumSignificantDigits: 10 } as const

/** For axis ticks: 1.2M rather than 1,200,000. */
export const tickText = (value: number, unit: string, locale: string): string =>
  value.toLocaleString(locale, {
    notation: Math.abs(value) >= 10_000 ? "compact" : "standard",
    maximumFractionDigits: 6,
  }) + unit

/** A label, with dates in the reader's format. */
export function labelText(label: string | number, kind: AxisKind, locale: string): string {
  if (kind === "number") return Number(label).toLocaleString(locale, { ...DIGITS, useGrouping: false })
  if (kind !== "time") return String(label)
  const text = String(label)
  const options: Intl.DateTimeFormatOptions =
    text.length > 10
      ? { dateStyle: "medium", timeStyle: "short" }
      : text.length > 7
        ? { dateStyle: "medium" }
        : { year: "numeric", month: "short" }
  return new Date(timeOf(text)).toLocaleString(locale, { ...options, timeZone: "UTC" })
}

/** The chart as table rows, header first; numbers in machine-readable form. */
export function chartToRows({ kind, labels = [], series, xTitle }: ChartSpec): string[][] {
  const number = (value: number | null | undefined) => (value == null ? "" : String(value))
  if (kind === "scatter")
    return [
      ["", xTitle ?? "x", "y"],
      ...series.flatMap(({ name, values, x = [] }) => values.map((value, at) => [name, number(x[at]), number(value)])),
    ]
  return [
    [xTitle ?? "", ...series.map(({ name }) => name)],
    ...labels.map((label, at) => [String(label), ...series.map(({ values }) => number(values[at]))]),
  ]
}
