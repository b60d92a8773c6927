/**
 * Enforces users' quotas: answers are counted in the same transaction that stores them, so that concurrent requests
 * can't exceed the limits.
 */

import { config } from "@/lib/config"
import { isPostgres, raw, type Transaction } from "@/lib/db/client"
import type { Statement } from "@/lib/db/raw"
import { NO_LIMIT } from "@/lib/limits"

export interface AnswersTaken {
  userId: string
  count: number
  now: Date
  /** Limits for users without their own: answers per day, and US dollars per month. */
  answersPerDay: number
  spendPerMonthUsd: number
}

/** A user has no answers or no budget left. */
export class QuotaReached extends Error {
  override name = "QuotaReached"
  constructor(readonly taken: AnswersTaken) {
    super("Quota reached")
  }
}

/** A UTC day in its stored form: `2026-11-29`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
const monthOf = (date: Date): string => `${dayOf(date).slice(0, 8)}01`

const SQL = `UPDATE "User" SET
  "answersToday" = CASE WHEN "answersDay" = ? THEN "answersToday" ELSE 0 END + ?, "answersDay" = ?
  WHERE "id" = ?
  AND CASE WHEN "answersDay" = ? THEN "answersToday" ELSE 0 END + ? <= COALESCE("answersPerDay", ?)
  AND (COALESCE("spendPerMonthUsd", ?) >= ${NO_LIMIT} OR COALESCE("spendPerMonthUsd", ?) >
    (SELECT COALESCE(SUM("costUsd"), 0) FROM "UsageDay" WHERE "userId" = ? AND "day" >= ?))`

function valuesOf({ userId, count, now, answersPerDay, spendPerMonthUsd }: AnswersTaken): (string | number)[] {
  const day = dayOf(now)
  return [
    ...[day, count, day, userId, day, count, answersPerDay],
    ...[spendPerMonthUsd, spendPerMonthUsd, userId, monthOf(now)],
  ]
}

/**
 * Takes answers from today's quota, if enough are left and the monthly budget isn't spent. Fails with `QuotaReached`.
 */
export const consumeAnswers = (taken: AnswersTaken): Statement => ({
  sql: SQL,
  values: valuesOf(taken),
  must: () => new QuotaReached(taken),
})

/** Answers that all guests together have taken on a day, including rows of grids and evals. */
export async function takenByGuests(day: string): Promise<number> {
  const [row] = await raw().read({
    sql: `SELECT COALESCE(SUM("answersToday"), 0) AS "answers" FROM "User" WHERE "guest" = ? AND "answersDay" = ?`,
    values: [true, day],
  })
  return Number(row?.answers ?? 0)
}

/** Gives back answers that were taken but never requested; on a later day there is nothing to give back. */
export const refundedAnswers = ({ userId, count, now }: AnswersTaken): Statement => ({
  sql: `UPDATE "User" SET "answersToday" = "answersToday" - ? WHERE "id" = ? AND "answersDay" = ? AND "answersToday" >= ?`,
  values: [count, userId, dayOf(now), count],
})

/** The same within a Prisma transaction. */
export async function consumeAnswersIn(client: Transaction, taken: AnswersTaken): Promise<void> {
  let place = 0
  const sql = isPostgres(config().databaseUrl) ? SQL.replaceAll("?", () => `$${++place}`) : SQL
  if ((await client.$executeRawUnsafe(sql, ...valuesOf(taken))) === 0) throw new QuotaReached(taken)
}

/** The user is disabled or no longer exists. */
export class SwitchedOff extends Error {
  override name = "SwitchedOff"
}

const LIVE = `UPDATE "User" SET "guest" = "guest" WHERE "id" = ? AND "disabledAt" IS NULL`
const switchedOff = () => new SwitchedOff("The account is deactivated")

/**
 * Checks that the user may still start something, and makes a concurrent disabling wait until it is stored, so that it
 * is then found and stopped. Fails with `SwitchedOff`.
 */
export const liveUser = (userId: string): Statement => ({ sql: LIVE, values: [userId], must: switchedOff })

/** The same within a Prisma transaction. */
export async function requireLiveUser(client: Transaction, userId: string): Promise<void> {
  const sql = isPostgres(config().databaseUrl) ? LIVE.replace("?", "$1") : LIVE
  if ((await client.$executeRawUnsafe(sql, userId)) === 0) throw switchedOff()
}

export interface Use {
  /** Answers started today. */
  answers: number
  /** Cost of this month's answers in US dollars. */
  spentUsd: number
  /** The user's own limits; null: those of their kind of account. */
  own: { answersPerDay: number | null; spendPerMonthUsd: number | null; storageMb: number | null }
}

/** What a user has used of their quotas; null if there is no such user. */
export async function usedBy(userId: string, now: Date): Promise<Use | null> {
  const [row] = await raw().read({
    sql: `SELECT "answersDay", "answersToday", "answersPerDay", "spendPerMonthUsd", "storageMb",
      (SELECT COALESCE(SUM("costUsd"), 0) FROM "UsageDay" WHERE "userId" = ? AND "day" >= ?) AS "spent"
      FROM "User" WHERE "id" = ?`,
    values: [userId, monthOf(now), userId],
  })
  if (!row) return null
  return {
    answers: row.answersDay === dayOf(now) ? Number(row.answersToday) : 0,
    spentUsd: Number(row.spent),
    own: {
      answersPerDay: numberOrNull(row.answersPerDay),
      spendPerMonthUsd: numberOrNull(row.spendPerMonthUsd),
      storageMb: numberOrNull(row.storageMb),
    },
  }
}

const numberOrNull = (value: unknown) => (value === null || value === undefined ? null : Number(value))

export interface Usage {
  userId: string
  model: string
  answers: number
  inputTokens: number
  outputTokens: number
  costUsd: number
}

/** Adds an answer's usage to the user's day. */
export const addedUsage = (
  { userId, model, answers, inputTokens, outputTokens, costUsd }: Usage,
  at: Date,
): Statement => ({
  sql: `INSERT INTO "UsageDay" ("userId", "day", "model", "answers", "inputTokens", "outputTokens", "costUsd")
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("userId", "day", "model") DO UPDATE SET
    "answers" = "UsageDay"."answers" + excluded."answers",
    "inputTokens" = "UsageDay"."inputTokens" + excluded."inputTokens",
    "outputTokens" = "UsageDay"."outputTokens" + excluded."outputTokens",
    "costUsd" = "UsageDay"."costUsd" + excluded."costUsd"`,
  values: [userId, dayOf(at), model, answers, inputTokens, outputTokens, costUsd],
})

/** The same for anything that is not an answer, such as a title. */
export const recordUsage = (usage: Usage, at = new Date()): Promise<void> => raw().transact([addedUsage(usage, at)])
