/** Progress of a grid: counts, cost, and an estimate from what was measured so far. */
import { raw } from "@/lib/db/client"
import { findGrid, type GridRecord } from "@/lib/db/grids/grids"
import { dateOf } from "@/lib/db/raw"
import type { AnswerState, GridProgress, PlaceProgress } from "@/lib/grids/contract/grid"

/** Time span used for measuring the current speed. */
const LATELY_MS = 60_000

const none = (): PlaceProgress => ({
  counts: { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 },
  ...{ withProblems: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpriced: 0 },
})

const isState = (value: unknown, counts: PlaceProgress["counts"]): value is AnswerState =>
  typeof value === "string" && Object.hasOwn(counts, value)

/** Indexed by the grid's models. */
export async function placesOf(gridId: string, models: number): Promise<PlaceProgress[]> {
  const rows = await raw().read({
    sql: `SELECT "place", "state", COUNT(*) AS "count", COUNT("problems") AS "problems", SUM("inputTokens") AS "input",
      SUM("outputTokens") AS "output", SUM("costUsd") AS "cost",
      SUM(CASE WHEN "costUsd" IS NULL AND "outputTokens" > 0 THEN 1 ELSE 0 END) AS "unpriced"
      FROM "GridAnswer" WHERE "gridId" = ? GROUP BY "place", "state"`,
    values: [gridId],
  })
  const places = Array.from({ length: models }, none)
  for (const row of rows) {
    const place = places[Number(row.place)]
    if (!place || !isState(row.state, place.counts)) continue
    place.counts[row.state] += Number(row.count)
    if (row.state === "done") place.withProblems += Number(row.problems)
    place.inputTokens += Number(row.input)
    place.outputTokens += Number(row.output)
    place.costUsd += Number(row.cost ?? 0)
    place.unpriced += Number(row.unpriced)
  }
  return places
}

/**
 * US dollars spent on a grid's answers, and how many have a known price: failures without a cost don't lower the
 * average.
 */
export async function spentOn(gridId: string): Promise<{ usd: number; answers: number }> {
  const [row] = await raw().read({
    sql: `SELECT SUM("costUsd") AS "usd", COUNT("costUsd") AS "answers" FROM "GridAnswer" WHERE "gridId" = ?`,
    values: [gridId],
  })
  return { usd: Number(row?.usd ?? 0), answers: Number(row?.answers ?? 0) }
}

/** Answers that ended within the last minute, and the milliseconds they are spread over. */
export async function lately(gridId: string, now = new Date()): Promise<{ ended: number; ms: number }> {
  const [row] = await raw().read({
    sql: `SELECT COUNT(*) AS "ended", MIN("endedAt") AS "first" FROM "GridAnswer" WHERE "gridId" = ? AND "endedAt" > ?`,
    values: [gridId, new Date(now.getTime() - LATELY_MS)],
  })
  const ended = Number(row?.ended ?? 0)
  if (!row || ended === 0 || row.first === null) return { ended: 0, ms: 0 }
  return { ended, ms: Math.max(1_000, now.getTime() - dateOf(row.first).getTime()) }
}

const sum = ({ counts }: PlaceProgress) => Object.values(counts).reduce((total, count) => total + count, 0)
const left = ({ counts }: PlaceProgress) => counts.waiting + counts.running

export const modelsIn = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : []

/** Without the text of why it is paused. The caller has checked the owner. */
export async function progressOf(grid: GridRecord): Promise<GridProgress> {
  const [places, { ended, ms }] = await Promise.all([placesOf(grid.id, modelsIn(grid.models).length), lately(grid.id)])
  const open = places.reduce((total, place) => total + left(place), 0)
  return {
    ...{ state: grid.state, upTo: grid.upTo, places, stopped: null },
    rows: Math.max(0, ...places.map(sum)),
    expectedUsd: expectedUsd(places),
    secondsLeft: grid.state === "running" && ended > 0 ? Math.ceil((open * ms) / ended / 1_000) : null,
  }
}

/**
 * Expected cost of all rows: the cost so far, plus the mean of the ended answers for each remaining one. Null while
 * nothing is known.
 */
export function expectedUsd(places: PlaceProgress[]): number | null {
  let total = 0
  for (const place of places) {
    const { counts, unpriced, costUsd } = place
    const priced = counts.done + counts.failed - unpriced
    if (left(place) > 0 && (priced <= 0 || costUsd === 0)) return null
    total += costUsd + (priced > 0 ? (costUsd / priced) * left(place) : 0)
  }
  return total
}

/** For a grid of this user; null if there is none (anymore). */
export async function progressFor(userId: string, id: string): Promise<GridProgress | null> {
  const grid = await findGrid(id, userId)
  return grid && progressOf(grid)
}
