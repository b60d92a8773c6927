/** When limits reset. Days and months are in UTC, as the database counts them. */
import { dayOf } from "@/lib/db/quota"

const DAY_S = 86_400

/** Seconds until the next day starts. */
export const secondsUntilTomorrow = (now: Date): number =>
  (Date.parse(dayOf(now)) + DAY_S * 1_000 - now.getTime()) / 1_000

/** Seconds until the next month starts. */
export const secondsUntilNextMonth = (now: Date): number =>
  (Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) - now.getTime()) / 1_000
