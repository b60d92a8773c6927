/** From a forecast's figures to the lines of its chart. Pure. */
import { degrees, type Units } from "@/components/tools/get_weather/units"
import type { WeatherOutput } from "@/lib/ai/tools/get_weather/types"

type Hours = WeatherOutput["hours"]

/** The sentences of `weather` in the catalogue. */
type Wording = (name: "noHours" | "dry" | "rain" | "range", values?: Record<string, string | number>) => string

interface Point {
  x: number
  y: number
}

/** Where the line may be: the whole width, and from `top` down to `bottom`. */
export interface LineBox {
  width: number
  top: number
  bottom: number
}

/** Where each hour lies: in the middle of its share of the width, and by its temperature between the extremes. */
export function temperaturePoints(hours: Hours, { width, top, bottom }: LineBox): Point[] {
  const temperatures = hours.map(({ temperatureC }) => temperatureC)
  const min = Math.min(...temperatures)
  const range = Math.max(...temperatures) - min
  const share = width / hours.length
  return temperatures.map((temperature, index) => ({
    x: round((index + 0.5) * share),
    // A day without change is a line in the middle, not a division by zero.
    y: round(range === 0 ? (top + bottom) / 2 : bottom - ((temperature - min) / range) * (bottom - top)),
  }))
}

const round = (value: number) => Math.round(value * 10) / 10

/** A line through the points as an SVG path, rounded between them without overshooting (horizontal tangents at half way). */
export function smoothPath(points: Point[]): string {
  const [first, ...rest] = points
  if (!first) return ""
  let previous = first
  let path = `M${first.x},${first.y}`
  for (const point of rest) {
    const middle = round((previous.x + point.x) / 2)
    path += `C${middle},${previous.y} ${middle},${point.y} ${point.x},${point.y}`
    previous = point
  }
  return path
}

/** Place of the first highest and the first lowest hour. */
export function extremes(hours: Hours): { warmest: number; coldest: number } {
  let warmest = 0
  let coldest = 0
  hours.forEach(({ temperatureC }, index) => {
    if (temperatureC > (hours[warmest]?.temperatureC ?? -Infinity)) warmest = index
    if (temperatureC < (hours[coldest]?.temperatureC ?? Infinity)) coldest = index
  })
  return { warmest, coldest }
}

/** `14:00` or `2:00 PM` of a local ISO time; the place's own clock, so no conversion. */
export const clock = (time: string, locale: string): string =>
  new Date(`${time.slice(0, 16)}Z`)
    .toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" })
    // Servers and browsers have different spaces here.
    .replace(/\s/g, " ")

/** `Tue`: the weekday of a local date. */
export const dayName = (date: string, locale: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString(locale, { weekday: "short", timeZone: "UTC" })

/** What the chart shows, for who can't see it. */
export function describeHours(hours: Hours, units: Units, locale: string, t: Wording): string {
  const { warmest, coldest } = extremes(hours)
  const warm = hours[warmest]
  const cold = hours[coldest]
  if (!warm || !cold) return t("noHours")
  const rain = hours.filter(({ precipitationPercent }) => (precipitationPercent ?? 0) >= 50)
  const wet =
    rain[0] === undefined
      ? t("dry")
      : t("rain", { wet: rain.length, hours: hours.length, time: clock(rain[0].time, locale) })
  const lowest = { low: degrees(cold.temperatureC, units), lowTime: clock(cold.time, locale) }
  const highest = { high: degrees(warm.temperatureC, units), highTime: clock(warm.time, locale) }
  return `${t("range", { hours: hours.length, ...lowest, ...highest })} ${wet}`
}

export type Sky = "clear" | "partly" | "cloudy" | "fog" | "drizzle" | "rain" | "snow" | "storm"

/** The kind of sky of a WMO code 4677, as Open-Meteo documents the codes that it uses. */
export function skyOf(code: number): Sky {
  if (code <= 1) return "clear"
  if (code === 2) return "partly"
  if (code === 3) return "cloudy"
  if (code === 45 || code === 48) return "fog"
  if (code >= 51 && code <= 57) return "drizzle"
  if ((code >= 71 && code <= 77) || code === 85 || code === 86) return "snow"
  if (code >= 95) return "storm"
  return code >= 61 ? "rain" : "cloudy"
}
