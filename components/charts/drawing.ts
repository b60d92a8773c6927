/** A chart's drawing in pixels of its box, and helpers shared by all kinds. Pure. */
import { scaleLinear } from "d3-scale"
import { tickText } from "@/components/charts/values"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

export const HEIGHT = 288
/** Number of distinct series colors before they repeat. */
export const COLORS = 8

export interface Tick {
  at: number
  text: string
}

/** A drawn shape. `stop`: the stop it belongs to, if only one. A path may be offset by `x` and `y`. */
export type Mark =
  | { as: "path"; d: string; x?: number; y?: number; color: number; fill?: boolean; stop?: number }
  | { as: "rect"; x: number; y: number; width: number; height: number; color: number; strength?: number; stop?: number }
  | { as: "dot"; x: number; y: number; color: number; stop?: number }

/** A position that can be inspected: with a nearby pointer, or by keyboard in order. */
export interface Stop {
  x: number
  y: number
  title: string
  rows: { name: string; value: string; color: number | null }[]
}

export interface Drawing {
  width: number
  /** The area within the axes; the whole box without axes. */
  plot: { left: number; top: number; right: number; bottom: number }
  marks: Mark[]
  stops: Stop[]
  xTicks: Tick[]
  yTicks: Tick[]
  /** Stops per row: up and down move between rows. */
  perRow: number
  /** Series named in the legend. */
  legend: { name: string; color: number }[]
  /** Whether nearness is horizontal only (a line's points) or in both directions. */
  near: "x" | "both"
}

export const plotOf = (spec: ChartSpec, width: number, left: number) => ({
  left,
  top: 12,
  right: width - 12,
  bottom: HEIGHT - (spec.xTitle ? 44 : 26),
})

/** Width for the longest of these texts, at a font size of 11 pixels. */
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

/** As many category labels as fit, with long ones truncated. */
export function fitLabels(texts: string[], middle: (at: number) => number, { left, right }: Drawing["plot"]): Tick[] {
  const longest = Math.min(16, Math.max(...texts.map(({ length }) => length), 1))
  const each = Math.max(1, Math.ceil((texts.length * (longest * 6.4 + 12)) / Math.max(right - left, 1)))
  return texts.flatMap((text, at) => (at % each === 0 ? [{ at: middle(at), text: shortened(text, 16) }] : []))
}

export const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Drops ticks that would overlap the previous one. */
export function apart(ticks: Tick[]): Tick[] {
  const kept: Tick[] = []
  for (const tick of ticks) {
    const before = kept.at(-1)
    if (!before || tick.at - before.at >= (tick.text.length + before.text.length) * 3.2 + 10) kept.push(tick)
  }
  return kept
}
