/** Everyone's usage, summed up for administrators; deleted users are anonymous (`FORMER`). */
import { raw } from "@/lib/db/client"
import { FORMER } from "@/lib/limits"

export interface Span {
  /** First and last day, `2026-11-29`. */
  from: string
  to: string
}

export interface Sum {
  answers: number
  inputTokens: number
  outputTokens: number
  costUsd: number
}

export interface UsageRow extends Sum {
  /** The day, the model's ID, or the user's ID. */
  key: string
  /** Of a user. */
  name: string | null
  email: string | null
}

const COLUMNS = `"day", "model", "answers", "inputTokens", "outputTokens", "costUsd"`
const LINES = `(SELECT "userId", ${COLUMNS} FROM "UsageDay"
  UNION ALL SELECT '${FORMER}' AS "userId", ${COLUMNS} FROM "FormerUsageDay")`

const SUMS = `SUM(d."answers") AS "answers", SUM(d."inputTokens") AS "input", SUM(d."outputTokens") AS "output",
  SUM(d."costUsd") AS "cost"`

const BY = {
  day: { key: `d."day"`, order: `d."day"` },
  model: { key: `d."model"`, order: `SUM(d."costUsd") DESC, SUM(d."answers") DESC, d."model"` },
  person: { key: `d."userId"`, order: `SUM(d."costUsd") DESC, SUM(d."answers") DESC, d."userId"` },
} as const

export type UsageBy = keyof typeof BY

/**
 * The sums of a span of days, grouped by one of these; days in order, anything else most expensive first; at most
 * `limit`.
 */
export async function usageBy(by: UsageBy, { from, to }: Span, limit: number): Promise<UsageRow[]> {
  const { key, order } = BY[by]
  const named = by === "person"
  const rows = await raw().read({
    sql: `SELECT ${key} AS "key", ${SUMS} ${named ? `, MAX(u."name") AS "name", MAX(u."email") AS "email"` : ""}
      FROM ${LINES} d ${named ? `LEFT JOIN "User" u ON u."id" = d."userId"` : ""}
      WHERE d."day" >= ? AND d."day" <= ? GROUP BY ${key} ORDER BY ${order} LIMIT ?`,
    values: [from, to, limit],
  })
  return rows.map((row) => ({ key: String(row.key), name: textOf(row.name), email: textOf(row.email), ...sumOf(row) }))
}

export interface UsageLine extends Sum {
  day: string
  userId: string
  name: string | null
  email: string | null
  model: string
}

/** Every row of a span of days, in pages of at most `limit` after the given one. */
export async function usageLines(
  { from, to }: Span,
  { after, limit }: { after: Pick<UsageLine, "day" | "userId" | "model"> | null; limit: number },
): Promise<UsageLine[]> {
  const { day, userId, model } = after ?? { day: "", userId: "", model: "" }
  const rows = await raw().read({
    sql: `SELECT d."day", d."userId", d."model", u."name", u."email", d."answers", d."inputTokens" AS "input",
      d."outputTokens" AS "output", d."costUsd" AS "cost"
      FROM ${LINES} d LEFT JOIN "User" u ON u."id" = d."userId" WHERE d."day" >= ? AND d."day" <= ?
      AND (d."day" > ? OR (d."day" = ? AND (d."userId" > ? OR (d."userId" = ? AND d."model" > ?))))
      ORDER BY d."day", d."userId", d."model" LIMIT ?`,
    values: [from, to, day, day, userId, userId, model, limit],
  })
  return rows.map((row) => ({
    ...{ day: String(row.day), userId: String(row.userId), model: String(row.model) },
    ...{ name: textOf(row.name), email: textOf(row.email), ...sumOf(row) },
  }))
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null)

const sumOf = (row: Record<string, unknown>): Sum => ({
  answers: Number(row.answers),
  inputTokens: Number(row.input),
  outputTokens: Number(row.output),
  costUsd: Number(row.cost),
})
