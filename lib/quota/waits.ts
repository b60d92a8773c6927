/** When something is free again, in words. Days and months are UTC's, as the database counts them. */
import { dayOf } from "@/lib/db/quota"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"

const DAY_S = 86_400

/** Seconds until the next day begins. */
export const untilTomorrow = (now: Date): number => (Date.parse(dayOf(now)) + DAY_S * 1_000 - now.getTime()) / 1_000

/** Seconds until the next month begins. */
export const untilNextMonth = (now: Date): number =>
  (Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) - now.getTime()) / 1_000

/** A time of so many seconds as people say it, rounded up: “50 seconds”, “3 hours”. */
export function waitOf(seconds: number): Sentence {
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole <= 90) return sentence("wait", { unit: "seconds", count: whole })
  if (whole <= 90 * 60) return sentence("wait", { unit: "minutes", count: Math.ceil(whole / 60) })
  if (whole <= 36 * 3_600) return sentence("wait", { unit: "hours", count: Math.ceil(whole / 3_600) })
  return sentence("wait", { unit: "days", count: Math.ceil(whole / DAY_S) })
}
