/** Attempts counted in the database: for all processes, and across restarts. */
import { raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import { dateOf, type Statement } from "@/lib/db/raw"
import { type Counted, type Limit, remainingWaitMs, type Schedule, type Tries, waitAfter } from "@/lib/throttle/tries"

/** Maximum rows; the most recent attempts are kept. */
const MAX_ROWS = 100_000
/** Attempts in this process between two cleanups. */
const LOOK_EVERY = 1_000

export const storedTries: Tries = {
  begin: async (limits, now = Date.now()) => {
    const waitMs = await longestWait(limits, now)
    if (waitMs > 0) return { waitMs, counts: [] }
    try {
      const statements = inOrder(limits).map((limit) => countOne(limit, now))
      const counted = countsIn(await raw().transactAndRead(statements, rowsOf(limits)))
      await trimNowAndThen()
      return { waitMs: 0, counts: limits.map(({ name }) => counted.get(name)?.count ?? 0) }
    } catch (error) {
      if (!isMissingRow(error)) throw error
      // Concurrent attempts were faster, so this one has to wait.
      return { waitMs: Math.max(1, await longestWait(limits, now)), counts: [] }
    }
  },
  waitOf: (limits, now = Date.now()) => longestWait(limits, now),
  takeBack: async (limits, now = Date.now()) => {
    await raw().transact(
      inOrder(limits).map(({ name, schedule }) => ({
        sql: `UPDATE "Throttle" SET "count" = "count" - 1, "at" = ? WHERE "key" = ?`,
        values: [new Date(now - schedule.mostMs), name],
      })),
    )
  },
  forget: async (limits) => {
    await raw().transact(
      inOrder(limits).map(({ name }) => ({ sql: `DELETE FROM "Throttle" WHERE "key" = ?`, values: [name] })),
    )
  },
}

/** A fixed order prevents deadlocks between transactions that count the same names. */
const inOrder = (limits: Limit[]) => limits.toSorted((one, other) => (one.name < other.name ? -1 : 1))

const rowsOf = (limits: Limit[]): Statement => ({
  sql: `SELECT "key", "count", "at" FROM "Throttle" WHERE "key" IN (${limits.map(() => "?").join(", ")})`,
  values: limits.map(({ name }) => name),
})

const countsIn = (rows: Record<string, unknown>[]): Map<string, Counted> =>
  new Map(rows.map(({ key, count, at }) => [String(key), { count: Number(count), at: dateOf(at).getTime() }]))

async function longestWait(limits: Limit[], now: number): Promise<number> {
  const counted = countsIn(await raw().read(rowsOf(limits)))
  return Math.max(0, ...limits.map(({ name, schedule }) => remainingWaitMs(counted.get(name), schedule, now)))
}

/** Counts one more; the statement itself checks that no wait is left. */
function countOne({ name, schedule }: Limit, now: number): Statement {
  const waits = waitsOf(schedule)
  const cases = waits.map(({ count }) => `WHEN "Throttle"."count" = ${count} THEN ?`).join(" ")
  const before = (ms: number) => new Date(now - ms)
  const forgotten = before(schedule.forgetMs)
  return {
    sql: `INSERT INTO "Throttle" ("key", "count", "at") VALUES (?, 1, ?) ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN "Throttle"."at" < ? THEN 1 ELSE "Throttle"."count" + 1 END, "at" = excluded."at"
      WHERE "Throttle"."at" < ? OR "Throttle"."at" <= CASE WHEN "Throttle"."count" <= ${schedule.free}
        THEN "Throttle"."at" ${cases} ELSE ? END`,
    values: [
      ...[name, new Date(now), forgotten, forgotten],
      ...waits.map(({ ms }) => before(ms)),
      before(schedule.mostMs),
    ],
    must: true,
  }
}

/** The waits shorter than the longest, by the count that they follow. */
function waitsOf(schedule: Schedule): { count: number; ms: number }[] {
  const waits: { count: number; ms: number }[] = []
  for (let count = schedule.free + 1; waitAfter(count, schedule) < schedule.mostMs; count++)
    waits.push({ count, ms: waitAfter(count, schedule) })
  return waits
}

let sinceLooked = 0

async function trimNowAndThen(): Promise<void> {
  if (++sinceLooked < LOOK_EVERY) return
  sinceLooked = 0
  await trimTries()
}

/** Deletes all but the newest `most` rows. */
export const trimTries = (most = MAX_ROWS): Promise<void> =>
  raw().transact([
    {
      sql: `DELETE FROM "Throttle" WHERE "at" < (SELECT "at" FROM "Throttle" ORDER BY "at" DESC LIMIT 1 OFFSET ?)`,
      values: [most - 1],
    },
  ])

/** Deletes rows without an attempt since `before`, when all of their waits are over. */
export const removeOldTries = (before: Date): Promise<void> =>
  raw().transact([{ sql: `DELETE FROM "Throttle" WHERE "at" < ?`, values: [before] }])
