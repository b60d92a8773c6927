/** The errors for requests that have to wait. */
import { AppError, type ErrorKey } from "@/lib/http/errors"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"

const DAY_S = 86_400

/** A duration in seconds in words, rounded up: “50 seconds”, “3 hours”. */
export function inTime(seconds: number): Sentence {
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole <= 90) return sentence("wait", { unit: "seconds", count: whole })
  if (whole <= 90 * 60) return sentence("wait", { unit: "minutes", count: Math.ceil(whole / 60) })
  if (whole <= 36 * 3_600) return sentence("wait", { unit: "hours", count: Math.ceil(whole / 3_600) })
  return sentence("wait", { unit: "days", count: Math.ceil(whole / DAY_S) })
}

/** `limit:reached`, with the milliseconds to wait. */
export function rateLimitError(key: Extract<ErrorKey, `limit:reached/${string}`>, waitMs: number): AppError {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1_000))
  return new AppError(key, {
    values: { wait: inTime(retryAfterS) },
    retryAfterS,
    details: { retryAfter: retryAfterS },
  })
}
