/** Converts forecast data to chart lines. Pure. */
import { degrees, type Units } from "@/components/tools/get_weather/units"
import type { WeatherOutput } from "@/lib/ai/tools/get_weather/types"

type Hours = WeatherOutput["hours"]

/** Translations from `weather` in the message catalog. */
type Wording = (name: "noHours" | "dry" | "rain" | "range", values?: Record<string, string | number>) => string

interface Point {
  x: number
  y: number
}

/** The area for the line: the full width, from `top` down to `bottom`. */
export interface LineBox {
  width: number
  top: number
  bottom: number
}

/** The position of each hour: centered in its share of the width, and by its temperature between the extremes. */
export function temperaturePoints(hours: Hours, { width, top, bottom }: LineBox): Point[] {
  const temperatures = hours.map(({ temperatureC }) => temperatureC)
  const min = Math.min(...temperatures)
  const range = Math.max(...temperatures) - min
  const share = width / hours.length
  return temperatures.map((temperature, index) => ({
    x: round((index + 0.5) * share),
    // A day without change is a line in the middle, avoiding a division by zero.
    y: round(range === 0 ? (top + bottom) / 2 : bottom - ((temperature - min) / range) * (bottom - top)),
  }))
}

const round = (value: number) => Math.round(value * 10) / 10

/** A smooth SVG path through the points without overshooting (horizontal tangents at the midpoints). */
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

/** Index of the first highest and the first lowest hour. */
export function extremes(hours: Hours): { warmest: number; coldest: number } {
  let warmest = 0
  let coldest = 0
  hours.forEach(({ temperatureC }, index) => {
    if (temperatureC > (hours[warmest]?.temperatureC ?? -Infinity)) warmest = index
    if (temperatureC < (hours[coldest]?.temperatureC ?? Infinity)) coldest = index
  })
  return { warmest, coldest }
}

/** `14:00` or `2:00 PM` from a local ISO time; already in the place's time zone, so no conversion. */
export const clock = (time: string, locale: string): string =>
  new Date(`${time.slice(0, 16)}Z`)
    .toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" })
    // Servers and browsers use different space characters here.
    .replace(/\s/g, " ")

/** The weekday of a local date: `Tue`. */
export const dayName = (date: string, locale: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString(locale, { weekday: "short", timeZone: "UTC" })

/** A text description of the chart for screen readers. */
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

/** The kind of sky for a WMO code 4677, as documented by Open-Meteo for the codes it uses. */
export function skyFromWmoCode(code: number): Sky {
  if (code <= 1) return "clear"
  if (code === 2) return "partly"
  if (code === 3) return "cloudy"
  if (code === 45 || code === 48) return "fog"
  if (code >= 51 && code <= 57) return "drizzle"
  if ((code >= 71 && code <= 77) || code === 85 || code === 86) return "snow"
  if (code >= 95) return "storm"
  return code >= 61 ? "rain" : "cloudy"
}
