/** Everyone's usage: by day, model, and person, and as a file. */
import { z } from "zod"
import type { Cell } from "@/lib/admin/csv"
import { type Span, type UsageLine, type UsageRow, usageBy, usageLines } from "@/lib/db/people/usage"
import { dayOf } from "@/lib/db/quota"

const DAY_MS = 86_400_000
/** Maximum days in a chart, and rows in a table. */
export const MAX_DAYS = 366
const MAX_ROWS = 100

const day = z.iso.date()

/** The requested days; the last thirty by default. */
export function spanOf(from: string, to: string, now = new Date()): Span {
  const last = day.safeParse(to).data ?? dayOf(now)
  const first = day.safeParse(from).data ?? dayOf(new Date(Date.parse(last) - 29 * DAY_MS))
  if (first > last) return { from: last, to: last }
  const earliest = dayOf(new Date(Date.parse(last) - (MAX_DAYS - 1) * DAY_MS))
  return { from: first < earliest ? earliest : first, to: last }
}

const NOTHING = { answers: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, name: null, email: null }

export interface UsageReport {
  span: Span
  total: Pick<UsageRow, "answers" | "inputTokens" | "outputTokens" | "costUsd">
  /** Every day of the span, including days without usage. */
  days: UsageRow[]
  models: UsageRow[]
  people: UsageRow[]
}

/** The totals of a span of days. */
export async function usageReport(span: Span): Promise<UsageReport> {
  const [known, models, people] = await Promise.all([
    usageBy("day", span, MAX_DAYS),
    usageBy("model", span, MAX_ROWS),
    usageBy("person", span, MAX_ROWS),
  ])
  const byDay = new Map(known.map((row) => [row.key, row]))
  const days: UsageRow[] = []
  for (let at = Date.parse(span.from); at <= Date.parse(span.to); at += DAY_MS) {
    const key = dayOf(new Date(at))
    days.push(byDay.get(key) ?? { key, ...NOTHING })
  }
  const sum = (of: keyof UsageReport["total"]) => known.reduce((total, row) => total + row[of], 0)
  const total = {
    answers: sum("answers"),
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    costUsd: sum("costUsd"),
  }
  return { span, total, days, models, people }
}

const PIECE = 1_000

/** All rows of a span of days, with a header row. */
export async function* usageCsv(span: Span): AsyncGenerator<Cell[]> {
  yield ["day", "person_id", "name", "email", "model", "answers", "input_tokens", "output_tokens", "cost_usd"]
  let after: UsageLine | null = null
  for (;;) {
    const lines: UsageLine[] = await usageLines(span, { after, limit: PIECE })
    for (const one of lines)
      yield [
        ...[one.day, one.userId, one.name, one.email, one.model, one.answers, one.inputTokens, one.outputTokens],
        Math.round(one.costUsd * 1e6) / 1e6,
      ]
    after = lines.at(-1) ?? null
    if (lines.length < PIECE) return
  }
}
