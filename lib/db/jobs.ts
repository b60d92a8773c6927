/** Jobs as they are stored. Whatever is written names the try that writes it, so that a process that was thought dead changes nothing. */
import { v7 as uuidv7 } from "uuid"
import { cleanText, toJson } from "@/lib/db/clean"
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import type { Job } from "@/lib/db/generated/sqlite/client"

export type JobRow = Job

/** Milliseconds that a lease lasts, and after which it is renewed. */
export const JOB_LEASE_MS = 30_000
export const JOB_RENEW_MS = 10_000

export interface NewJob {
  kind: string
  payload: unknown
  /** A name that no other job has until this one has ended. */
  key?: string
  userId?: string
  runAfter?: Date
}

/** Stores a job. Null when one of its name has not ended. */
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

/** One try of a job by one process. */
export interface Held {
  id: string
  nodeId: string
  attempts: number
}

const heldBy = ({ id, nodeId, attempts }: Held) => ({ id, nodeId, attempts, state: "running" as const })
const leaseFrom = (now: Date) => new Date(now.getTime() + JOB_LEASE_MS)

/** Jobs of these kinds that may begin now: their time has come, or who ran them lives no more. */
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

/** Times that is looked again when others were faster. */
const MOST_LOOKS = 20

/**
 * Takes the job that is due for the longest time, of nobody in `except`; of processes that do so at once each gets another
 * one. Null when none is.
 */
export async function claimJob(
  kinds: string[],
  nodeId: string,
  now = new Date(),
  except: string[] = [],
): Promise<(JobRow & Held) | null> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const found = await due(kinds, now, except)
    if (found.length === 0) return null
    for (const job of found) {
      const { id, state, attempts, leaseUntil } = job
      const claimed = { state: "running" as const, nodeId, attempts: attempts + 1, leaseUntil: leaseFrom(now) }
      // As it was read: who claims or renews it changes the lease, who begins it the attempts.
      const { count } = await db().job.updateMany({ where: { id, state, attempts, leaseUntil }, data: claimed })
      if (count === 1) return { ...job, ...claimed }
    }
  }
  // The others take them all.
  return null
}

/** Renews the lease. `lost`: another process has it, or it has ended; `cancel`: it is to be ended. */
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
  /** Once more, from then on. */
  | { state: "waiting"; runAfter: Date; error?: string; attempts?: number }

/** Writes how a try has ended. False when another process has the job. */
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

/** Cancels a job of this user (null: of the server): at once while it waits, else who runs it is asked. False when there is none to cancel. */
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

/** When a job of this kind was last done; null when none was, or none is remembered. */
export async function lastDone(kind: string): Promise<Date | null> {
  const job = await db().job.findFirst({ where: { kind, state: "done" }, orderBy: { endedAt: "desc" } })
  return job?.endedAt ?? null
}

/** How many jobs wait or run, of all processes. */
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
