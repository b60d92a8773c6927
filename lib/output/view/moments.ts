/** Formats JSON dates and times for a locale: the date and time as written, never shifted between time zones. Pure. */

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/i
const MOMENT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|z|[+-]\d{2}:\d{2})$/

export type MomentFormat = "date" | "time" | "date-time"

export const isMomentFormat = (format: string | undefined): format is MomentFormat =>
  format === "date" || format === "time" || format === "date-time"

/** `text` formatted for the locale; null if it isn't a real date or time of this format. */
export function momentText(format: MomentFormat, text: string, locale: string): string | null {
  if (format === "date") return dayText(text, locale)
  if (format === "time") return timeText(text, locale)
  const [, day = "", time = "", offset = ""] = MOMENT.exec(text) ?? []
  const [date, hour] = [dayText(day, locale), timeText(`${time}${offset}`, locale)]
  return date && hour ? `${date}, ${hour}` : null
}

function dayText(text: string, locale: string): string | null {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (!year) return null
  const at = new Date(0)
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const isReal = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  // Calendars differ in how they write years before the common era.
  if (!isReal || Number(year) < 1) return null
  return at.toLocaleDateString(locale, { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" })
}

function timeText(text: string, locale: string): string | null {
  const [, hour, minute, second, offset = ""] = TIME.exec(text) ?? []
  if (!hour || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const at = new Date(Date.UTC(2000, 0, 1, Number(hour), Number(minute), Number(second)))
  const shown = at.toLocaleTimeString(locale, {
    timeZone: "UTC",
    hour: "numeric",
    minute: "2-digit",
    ...(second !== "00" && { second: "2-digit" }),
  })
  return offset ? `${shown} ${offset.toUpperCase() === "Z" ? "UTC" : `UTC${offset.replace("-", "−")}`}` : shown
}
