/** What is drawn of a chart, in pixels of its box, and what its kinds have in common. Pure. */
import { scaleLinear } from "d3-scale"
import { tickText } from "@/components/charts/values"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

export const HEIGHT = 288
/** Colors that tell series apart; then they begin again. */
export const COLORS = 8

export interface Tick {
  at: number
  text: string
}

/** Something drawn. `stop`: the place that it belongs to, when it is one alone. A path may be moved by `x` and `y`. */
export type Mark =
  | { as: "path"; d: string; x?: number; y?: number; color: number; fill?: boolean; stop?: number }
  | { as: "rect"; x: number; y: number; width: number; height: number; color: number; strength?: number; stop?: number }
  | { as: "dot"; x: number; y: number; color: number; stop?: number }

/** A place that can be looked at: by the pointer near it, and by keys in their order. */
export interface Stop {
  x: number
  y: number
  title: string
  rows: { name: string; value: string; color: number | null }[]
}

export interface Drawing {
  width: number
  /** The part within the axes; all of it where there are none. */
  plot: { left: number; top: number; right: number; bottom: number }
  marks: Mark[]
  stops: Stop[]
  xTicks: Tick[]
  yTicks: Tick[]
  /** How many stops are one row: up and down lead from row to row. */
  perRow: number
  /** Series that the legend names. */
  legend: { name: string; color: number }[]
  /** Near means beside (a line's points), or around. */
  near: "x" | "both"
}

export const plotOf = (spec: ChartSpec, width: number, left: number) => ({
  left,
  top: 12,
  right: width - 12,
  bottom: HEIGHT - (spec.xTitle ? 44 : 26),
})

/** Room for the longest of these texts, in letters of 11 pixels. */
export const roomFor = (texts: string[], most: number) =>
  Math.min(most, Math.max(...texts.map(({ length }) => length), 1) * 6.4 + 14)

export function yAxis(values: number[], fromZero: boolean, spec: ChartSpec, locale: string) {
  const low = Math.min(...values, ...(fromZero ? [0] : []))
  const high = Math.max(...values, ...(fromZero ? [0] : []))
  const flat = low === high
  const scale = scaleLinear()
    .domain(flat ? [low - Math.abs(low || 1), high + Math.abs(high || 1)] : [low, high])
    .nice(5)
  const ticks = scale.ticks(5)
  const texts = ticks.map((tick) => tickText(tick, spec.unit ?? "", locale))
  const left = roomFor(texts, 96) + (spec.yTitle ? 18 : 0)
  const yTicks = (bottom: number, top: number) => {
    scale.range([bottom, top])
    return ticks.map((tick, at) => ({ at: scale(tick), text: texts[at] ?? "" }))
  }
  return { scale, left, yTicks }
}

export const known = (values: (number | null)[]) => values.filter((value) => value !== null)

export const legendOf = (series: ChartSpec["series"]) =>
  series.length > 1 ? series.map(({ name }, index) => ({ name, color: index % COLORS })) : []

/** As many names of categories as have room, the longer cut. */
export function thinned(texts: string[], middle: (at: number) => number, { left, right }: Drawing["plot"]): Tick[] {
  const longest = Math.min(16, Math.max(...texts.map(({ length }) => length), 1))
  const each = Math.max(1, Math.ceil((texts.length * (longest * 6.4 + 12)) / Math.max(right - left, 1)))
  return texts.flatMap((text, at) => (at % each === 0 ? [{ at: middle(at), text: shortened(text, 16) }] : []))
}

export const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Without those that would be written over the one before. */
export function apart(ticks: Tick[]): Tick[] {
  const kept: Tick[] = []
  for (const tick of ticks) {
    const before = kept.at(-1)
    if (!before || tick.at - before.at >= (tick.text.length + before.text.length) * 3.2 + 10) kept.push(tick)
  }
  return kept
}
