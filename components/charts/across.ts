/** Positions labels along the x axis. Pure. */
import { scaleBand, scaleLinear, scalePoint, scaleUtc } from "d3-scale"
import type { Drawing, Tick } from "@/components/charts/drawing"
import { type AxisKind, timeOf } from "@/components/charts/values"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

export interface AxisScale {
  /** The center of the nth label; `start` and `step`: its share of the width. */
  middle: (at: number) => number
  start: (at: number) => number
  step: number
  ticks?: (locale: string) => Tick[]
}

export function xScale(
  labels: NonNullable<ChartSpec["labels"]>,
  kind: AxisKind,
  { left, right }: Drawing["plot"],
  bars: boolean,
): AxisScale {
  const places = labels.map((_, at) => at)
  if (bars) {
    const band = scaleBand<number>(places, [left, right]).paddingInner(0.25).paddingOuter(0.15)
    const start = (at: number) => band(at) ?? left
    return { start, step: band.bandwidth(), middle: (at) => start(at) + band.bandwidth() / 2 }
  }
  if (kind === "category") {
    const point = scalePoint<number>(places, [left + 12, right - 12])
    const middle = (at: number) => point(at) ?? left
    return { middle, start: middle, step: point.step() }
  }
  const numbers = labels.map((label) => (kind === "time" ? timeOf(label) : Number(label)))
  const domain = [Math.min(...numbers), Math.max(...numbers)]
  const count = Math.max(2, Math.floor((right - left) / 90))
  if (kind === "time") {
    const scale = scaleUtc(domain, [left + 6, right - 6])
    const middle = (at: number) => scale(numbers[at] ?? 0)
    return { middle, start: middle, step: 0, ticks: (locale) => timeTicks(scale, count, locale) }
  }
  const scale = scaleLinear(domain, [left + 6, right - 6])
  const middle = (at: number) => scale(numbers[at] ?? 0)
  const ticks = (locale: string) =>
    wholeTicks(scale.ticks(count), numbers).map((tick) => ({
      at: scale(tick),
      text: tick.toLocaleString(locale, { useGrouping: false, maximumSignificantDigits: 8 }),
    }))
  return { middle, start: middle, step: 0, ticks }
}

/** For whole numbers, such as years, there are no ticks in between. */
const wholeTicks = (ticks: number[], numbers: number[]) =>
  numbers.every(Number.isInteger) ? ticks.filter(Number.isInteger) : ticks

const DAY = 86_400_000

function timeTicks(scale: ReturnType<typeof scaleUtc<number>>, count: number, locale: string): Tick[] {
  const ticks = scale.ticks(count)
  const [first, second] = ticks
  const step = first && second ? second.getTime() - first.getTime() : DAY
  const options: Intl.DateTimeFormatOptions =
    step < DAY
      ? { hour: "2-digit", minute: "2-digit" }
      : step < 27 * DAY
        ? { day: "numeric", month: "short" }
        : step < 360 * DAY
          ? { month: "short", year: "numeric" }
          : { year: "numeric" }
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" })
  return ticks.map((tick) => ({ at: scale(tick), text: format.format(tick) }))
}
