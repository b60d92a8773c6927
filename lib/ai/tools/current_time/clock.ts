/** Clocks of time zones through `Intl`, whose rules come with Node.js. Pure. */

const MINUTE = 60_000

/** Created once per zone. */
const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat("en-US-u-hc-h23", {
    timeZone: zone,
    era: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  })
  formats.set(zone, made)
  return made
}

/** Milliseconds by which the clock of `zone` is ahead of UTC at that instant. */
export function offsetMs(zone: string, instant: number): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year)
  const clock = new Date(0)
  clock.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day))
  clock.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second))
  return clock.getTime() - Math.floor(instant / 1_000) * 1_000
}

/** Local time in the form `2026-12-24T18:00:00`. */
export const localTime = (zone: string, instant: number): string =>
  new Date(instant + offsetMs(zone, instant)).toISOString().slice(0, 19)

export function offsetText(zone: string, instant: number): string {
  const minutes = Math.round(offsetMs(zone, instant) / MINUTE)
  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0")
  return `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** Whether the clock is ahead of the zone's standard time, which is the smaller of its offsets in the year. */
export function isDaylightSaving(zone: string, instant: number): boolean {
  const year = new Date(instant).getUTCFullYear()
  const months = Array.from({ length: 12 }, (_, month) => offsetMs(zone, Date.UTC(year, month, 1)))
  return offsetMs(zone, instant) > Math.min(...months)
}

export interface ResolvedInstant {
  instant: number
  /** The clock skips this time (the instant after the jump is used), or shows it twice (the first is used). */
  note: "skipped" | "twice" | null
}

const DAY = 86_400_000

/** The instant at which the clock of `zone` shows a local time, given in milliseconds as if it were UTC. */
export function instantOf(zone: string, local: number): ResolvedInstant {
  const [before, after] = [offsetMs(zone, local - DAY), offsetMs(zone, local + DAY)]
  const fits = [...new Set([before, after])]
    .map((offset) => local - offset)
    .filter((instant) => instant + offsetMs(zone, instant) === local)
    .sort((a, b) => a - b)
  const [first, second] = fits
  if (first === undefined) return { instant: local - before, note: "skipped" }
  return { instant: first, note: second === undefined ? null : "twice" }
}
