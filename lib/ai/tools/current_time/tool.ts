/** `current_time`: the clocks of places, now or at another time. */
import {
  instantOf,
  isDaylightSaving,
  localTime,
  offsetText,
  type ResolvedInstant,
} from "@/lib/ai/tools/current_time/clock"
import { type TimeInput, type TimeOutput, timeInput, timeOutput } from "@/lib/ai/tools/current_time/types"
import { resolveTimeZone } from "@/lib/ai/tools/current_time/zones"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import { sentence } from "@/lib/i18n/sentences"

export default defineTool({
  name: "current_time",
  description:
    "Get the current date and time in time zones, or convert a time between them. Daylight saving time is taken into account. The person sees the clocks as a card.",
  input: timeInput,
  output: timeOutput,
  limits: { timeMs: 5_000, resultChars: 10_000, atOnce: 8 },
  may: { useNetwork: false, runUnasked: true },
  run: async (input) => timesOf(input, Date.now()),
})

/** Throws `ToolError` for an unknown zone, or a time that can't be parsed. `now`: milliseconds. */
export function timesOf({ zones, at, from }: TimeInput, now: number): TimeOutput {
  const known = zones.map((name) => ({ name, zone: zoneNamed(name) }))
  const home = from === undefined ? (known[0]?.zone ?? "UTC") : zoneNamed(from)
  const { instant, note } = at === undefined ? { instant: now, note: null } : meantBy(at, home)
  return {
    instant: new Date(instant).toISOString(),
    places: known.map(({ name, zone }) => {
      const local = localTime(zone, instant)
      return {
        name,
        zone,
        local,
        weekday: WEEKDAY.format(new Date(`${local}Z`)),
        offset: offsetText(zone, instant),
        daylightSaving: isDaylightSaving(zone, instant),
      }
    }),
    note,
  }
}

const WEEKDAY = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" })

function zoneNamed(name: string): string {
  const zone = resolveTimeZone(name)
  if (zone === null) throw new ToolError(sentence("time:no_zone", { name }))
  return zone
}

const LOCAL = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?$/
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)$/i

function meantBy(at: string, zone: string): ResolvedInstant {
  const whole = at.replace(" ", "T")
  if (WITH_OFFSET.test(at)) {
    const instant = Date.parse(whole.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"))
    if (!Number.isNaN(instant)) return { instant, note: null }
  }
  const local = LOCAL.test(at) ? Date.parse(`${whole.length === 10 ? `${whole}T00:00` : whole}Z`) : Number.NaN
  // Rejects “February 30”, which some engines parse as March 2.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(at.slice(0, 10)))
    throw new ToolError(sentence("time:no_time", { at }))
  return instantOf(zone, local)
}
