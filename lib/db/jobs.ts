/**
 * Stored jobs. Every write names the attempt it belongs to, so that a process that was presumed dead changes nothing.
 */
import { v7 as uuidv7 } from "uuid"
import { cleanText, toJson } from "@/lib/db/clean"
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import type { Job } from "@/lib/db/generated/sqlite/client"

export type JobRow = Job

/** Duration of a lease, and interval of its renewal, in milliseconds. */
export const JOB_LEASE_MS = 30_000
export const JOB_RENEW_MS = 10_000

export interface NewJob {
  kind: string
  payload: unknown
  /** A name that is unique among unfinished jobs. */
  key?: string
  userId?: string
  runAfter?: Date
}

/** Stores a job. Null if a job with its name has not ended. */
export async function createJob({ payload, ...job }: NewJob): Promise<string | null> {
  const id = uuidv7()
  try {
    await db().job.create({ data: { ...job, id, payload: toJson(payload) }, select: { id: true } })
    return id
  } catch (error) {
    if (job.key !== undefined && isUniqueViolation(error)) return null
    throw error
  }
}

/** One attempt at a job by one process. */
export interface Held {
  id: string
  nodeId: string
  attempts: number
}

const heldBy = ({ id, nodeId, attempts }: Held) => ({ id, nodeId, attempts, state: "running" as const })
const leaseFrom = (now: Date) => new Date(now.getTime() + JOB_LEASE_MS)

/** Jobs of these kinds that may start now: they are due, or their process is dead. */
const due = (kinds: string[], now: Date, except: string[]) =>
  db().job.findMany({
    where: {
      kind: { in: kinds },
      ...(except.length > 0 && { AND: { OR: [{ userId: null }, { userId: { notIn: except } }] } }),
      OR: [
        { state: "waiting", runAfter: { lte: now } },
        { state: "running", leaseUntil: { lt: now } },
      ],
    },
    orderBy: [{ runAfter: "asc" }, { id: "asc" }],
    take: 20,
  })

/** How often to look again if other processes were faster. */
const MAX_LOOKS = 20

/**
 * Claims the job that has been due longest, of no user in `except`; concurrent processes each get a different one. Null
 * if there is none.
 */
export async function claimJob(
  kinds: string[],
  nodeId: string,
  now = new Date(),
  except: string[] = [],
): Promise<(JobRow & Held) | null> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const found = await due(kinds, now, except)
    if (found.length === 0) return null
    for (const job of found) {
      const { id, state, attempts, leaseUntil } = job
      const claimed = { state: "running" as const, nodeId, attempts: attempts + 1, leaseUntil: leaseFrom(now) }
      // Matches only the values read: claiming or renewing changes the lease, starting changes the attempts.
      const { count } = await db().job.updateMany({ where: { id, state, attempts, leaseUntil }, data: claimed })
      if (count === 1) return { ...job, ...claimed }
    }
  }
  // Other processes take them all.
  return null
}

/** Renews the lease. `lost`: another process has it, or it has ended; `cancel`: it should be canceled. */
export async function renewJob(
  held: Held,
  progress: number | undefined,
  now = new Date(),
): Promise<"held" | "lost" | "cancel"> {
  const { count } = await db().job.updateMany({
    where: heldBy(held),
    data: { leaseUntil: leaseFrom(now), ...(progress !== undefined && { progress }) },
  })
  if (count === 0) return "lost"
  const row = await db().job.findUnique({ where: { id: held.id }, select: { cancelAsked: true } })
  return row?.cancelAsked ? "cancel" : "held"
}

export type JobEnd =
  | { state: "done" }
  | { state: "failed"; error: string }
  | { state: "cancelled" }
  /** Run again at that time. */
  | { state: "waiting"; runAfter: Date; error?: string; attempts?: number }

/** Writes the result of an attempt. False if another process has the job. */
export async function endJob(held: Held, end: JobEnd): Promise<boolean> {
  const over = end.state === "waiting" ? {} : { key: null, endedAt: new Date() }
  const { count } = await db().job.updateMany({
    where: heldBy(held),
    data: {
      ...over,
      ...end,
      ...("error" in end && end.error !== undefined && { error: cleanText(end.error) }),
      ...(end.state === "done" && { progress: 1 }),
      nodeId: null,
      leaseUntil: null,
    },
  })
  return count === 1
}

/**
 * Cancels a job of this user (null: of the server): a waiting one at once, otherwise its process is asked to. False if
 * there is none to cancel.
 */
export async function cancelJob(id: string, userId: string | null): Promise<boolean> {
  const waiting = await db().job.updateMany({
    where: { id, userId, state: "waiting" },
    data: { state: "cancelled", key: null, endedAt: new Date() },
  })
  if (waiting.count === 1) return true
  const running = await db().job.updateMany({ where: { id, userId, state: "running" }, data: { cancelAsked: true } })
  return running.count === 1
}

/** A job of this user (null: of the server). */
export const findJob = (id: string, userId: string | null) => db().job.findFirst({ where: { id, userId } })

/** When a job of this kind was last completed; null if never, or the record is gone. */
export async function lastJobCompletion(kind: string): Promise<Date | null> {
  const job = await db().job.findFirst({ where: { kind, state: "done" }, orderBy: { endedAt: "desc" } })
  return job?.endedAt ?? null
}

/** How many jobs are waiting or running, across all processes. */
export async function openJobs(): Promise<{ kind: string; state: string; count: number }[]> {
  const rows = await db().job.groupBy({
    ...{ by: ["kind", "state"], _count: true },
    where: { state: { in: ["waiting", "running"] } },
  })
  return rows.map(({ kind, state, _count: count }) => ({ kind, state, count }))
}

/** Removes jobs that ended before then. Returns how many. */
export async function removeEndedJobs(before: Date): Promise<number> {
  const { count } = await db().job.deleteMany({ where: { endedAt: { lt: before } } })
  return count
}
