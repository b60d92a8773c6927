/** A person's quotas, and how much of them is used. */
import { requiresApiKey } from "@/lib/ai/provider"
import type { SessionUser } from "@/lib/auth/sessions"
import { storedBytes } from "@/lib/db/files"
import { type AnswersTaken, QuotaReached, SwitchedOff, type Use, usedBy } from "@/lib/db/quota"
import { AppError } from "@/lib/http/errors"
import { NO_LIMIT } from "@/lib/limits"
import type { ModelInfo } from "@/lib/models/model.types"
import { operatorSettings, type Quotas } from "@/lib/operator/settings"
import { ownKeyInUse } from "@/lib/own-key/payer"
import { secondsUntilNextMonth, secondsUntilTomorrow } from "@/lib/quota/waits"
import { inTime } from "@/lib/throttle/too-early"

const UNLIMITED: Quotas = { answersPerDay: null, spendPerMonthUsd: null, storageMb: null }

/** For people without individual quotas. Administrators have none. */
export async function defaultQuotas(user: Pick<SessionUser, "guest" | "admin">): Promise<Quotas> {
  const { guestQuotas, memberQuotas } = await operatorSettings()
  if (user.admin) return UNLIMITED
  return user.guest ? guestQuotas : memberQuotas
}

export interface Payment {
  /** The person's own key, if it pays: exactly this key must be used, even if they switch keys in the meantime. */
  key: string | undefined
  /** The answers to count when they are stored; undefined if the person's own key pays for all of them. */
  taken: AnswersTaken | undefined
}

/** Who pays for one answer of each of these models. */
export async function paymentOf(user: SessionUser, models: ModelInfo[]): Promise<Payment> {
  const key = await ownKeyInUse(user.id)
  const count = models.filter((model) => key === undefined || !requiresApiKey(model)).length
  if (count === 0) return { key, taken: undefined }
  const { answersPerDay, spendPerMonthUsd } = await defaultQuotas(user)
  return {
    key,
    taken: {
      ...{ userId: user.id, count, now: new Date() },
      answersPerDay: answersPerDay ?? NO_LIMIT,
      spendPerMonthUsd: spendPerMonthUsd ?? NO_LIMIT,
    },
  }
}

const limitOf = (own: number | null, usual: number | null): number | null => {
  const limit = own ?? usual
  return limit === null || limit >= NO_LIMIT ? null : limit
}

/** A person's limits: their own, else the defaults for their kind of account. */
export const limitsOf = (own: Use["own"], usual: Quotas): Quotas => ({
  answersPerDay: limitOf(own.answersPerDay, usual.answersPerDay),
  spendPerMonthUsd: limitOf(own.spendPerMonthUsd, usual.spendPerMonthUsd),
  storageMb: limitOf(own.storageMb, usual.storageMb),
})

export interface QuotaUsage {
  /** ISO dates on which the daily answers and the monthly spend reset. */
  nextDay: string
  nextMonth: string
  answers: number
  spentUsd: number
  storedBytes: number
  limits: Quotas
}

/** A person's usage and quotas, for display. */
export async function quotaUse(user: SessionUser, now = new Date()): Promise<QuotaUsage> {
  const [used, usual, bytes] = await Promise.all([usedBy(user.id, now), defaultQuotas(user), storedBytes(user.id)])
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString()
  return {
    nextDay: later(secondsUntilTomorrow(now)),
    nextMonth: later(secondsUntilNextMonth(now)),
    answers: used?.answers ?? 0,
    spentUsd: used?.spentUsd ?? 0,
    storedBytes: bytes,
    limits: limitsOf(used?.own ?? UNLIMITED, usual),
  }
}

/**
 * Converts a failure to count answers to an error that says when the quota resets, or that the person no longer exists;
 * other errors are returned unchanged.
 */
export async function quotaError(user: SessionUser, error: unknown): Promise<unknown> {
  if (error instanceof SwitchedOff) return new AppError("auth:required", { cause: error })
  if (!(error instanceof QuotaReached)) return error
  const { count, now } = error.taken
  const [used, usual] = await Promise.all([usedBy(user.id, now), defaultQuotas(user)])
  const { answersPerDay, spendPerMonthUsd } = limitsOf(used?.own ?? UNLIMITED, usual)
  const answers = used?.answers ?? 0
  if (answersPerDay !== null && answers + count > answersPerDay) return noAnswers(answersPerDay, answers, count, now)
  const seconds = secondsUntilNextMonth(now)
  // A quota of zero isn't replenished next month.
  if (spendPerMonthUsd === 0) return new AppError("limit:reached/no_quota")
  return new AppError("limit:reached/spend", {
    values: { usd: (spendPerMonthUsd ?? 0).toFixed(2), wait: inTime(seconds) },
    retryAfterS: seconds,
    details: { quota: "spend", limit: spendPerMonthUsd },
  })
}

function noAnswers(limit: number, used: number, count: number, now: Date): AppError {
  if (limit === 0) return new AppError("limit:reached/no_quota")
  const retryAfterS = secondsUntilTomorrow(now)
  const details = { quota: "answers", limit }
  const wait = inTime(retryAfterS)
  const left = Math.max(0, limit - used)
  return left > 0
    ? new AppError("limit:reached/answers_left", { values: { needed: count, left, wait }, retryAfterS, details })
    : new AppError("limit:reached/answers", { values: { limit, wait }, retryAfterS, details })
}

/** Remaining bytes of a person's storage quota, at least 0; null: no limit. */
export async function freeStorage(user: SessionUser): Promise<number | null> {
  const mostBytes = await storageLimit(user)
  return mostBytes === null ? null : Math.max(0, mostBytes - (await storedBytes(user.id)))
}

/** A person's storage quota in bytes; null: no limit. */
export async function storageLimit(user: SessionUser): Promise<number | null> {
  const [used, usual] = await Promise.all([usedBy(user.id, new Date()), defaultQuotas(user)])
  const { storageMb } = limitsOf(used?.own ?? UNLIMITED, usual)
  return storageMb === null ? null : storageMb * 1_000_000
}
