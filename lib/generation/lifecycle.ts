/** From the start of the process to its end: recovery, leases, the drain. */
import { setTimeout as wait } from "node:timers/promises"
import { config } from "@/lib/config"
import { db, isPostgres } from "@/lib/db/client"
import { clockSkewMs, LEASE_MS, RENEW_MS, renewLeases, takenOverGenerations } from "@/lib/db/generations"
import { migrate } from "@/lib/db/migrate"
import { createIdleCleanup } from "@/lib/generation/idle-cleanup"
import { checkpoints } from "@/lib/generation/log/checkpoint"
import { recoverAbandoned } from "@/lib/generation/recover"
import { runtime } from "@/lib/generation/runtime"
import { subscribeToSteering } from "@/lib/generation/steer"
import { subscribeToStops } from "@/lib/generation/stop"
import { logFault, logInfo } from "@/lib/log"

/** Milliseconds that running answers get to finish on their own after SIGTERM. */
const DRAIN_MS = 20_000

/** Migrates, recovers, and keeps leases alive. Throws if the database is unusable. */
export async function startLifecycle(): Promise<void> {
  const { databaseUrl } = config()
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) logInfo(`Database migrated: ${applied.join(", ")}.`)
  // WAL alone would default to NORMAL here, but an accepted message must survive a power failure too.
  if (!isPostgres(databaseUrl)) {
    await db().$executeRawUnsafe("PRAGMA synchronous = FULL")
    // Overwrites deleted content instead of only unlinking it.
    await db().$executeRawUnsafe("PRAGMA secure_delete = ON")
  }
  // Only one process uses a SQLite file, so anything still open in it was left by a dead one.
  await recoverAbandoned({ earlierProcesses: !isPostgres(databaseUrl) })
  await subscribeToStops()
  await subscribeToSteering()
  const [tidy, patience, compareClocks] = [createIdleCleanup(), createProgressWatchdog(), createClockCheck()]
  setInterval(() => void beat({ tidy, patience, compareClocks }), RENEW_MS).unref()
}

interface Beating {
  tidy: (running: number) => void
  patience: ReturnType<typeof createProgressWatchdog>
  compareClocks: (aheadMs: number) => void
}

async function beat({ tidy, patience, compareClocks }: Beating): Promise<void> {
  try {
    const ids = [...runtime().running.keys()]
    tidy(ids.length)
    if (ids.length > 0) await keepLeases(ids)
    compareClocks(await clockSkewMs())
    await recoverAbandoned({ overForMs: patience.reached() })
  } catch (error) {
    logFault("renewing leases of running answers", error)
  }
}

/**
 * While the database is unreachable, nobody can renew a lease, so the first process to reach it again must not take the
 * others for dead. `now` in milliseconds.
 */
export function createProgressWatchdog(now = () => performance.now()) {
  let reachedAt = now()
  let until = Number.NEGATIVE_INFINITY
  return {
    /**
     * Call when the database responds. Returns for how long (ms) a lease must have expired before its owner counts as
     * dead.
     */
    reached(): number {
      // A lease may have expired in between, even if its renewal came as late as possible.
      if (now() - reachedAt > LEASE_MS - RENEW_MS) until = now() + LEASE_MS
      reachedAt = now()
      return now() < until ? LEASE_MS : 0
    },
  }
}

/** Tolerated clock difference in milliseconds. At six seconds, live processes look dead. */
const MAX_SKEW_MS = 2_000

/** Logs once when the clock is off, and again when it is right. */
export function createClockCheck(): (aheadMs: number) => void {
  let wrong = false
  return (aheadMs) => {
    const was = wrong
    wrong = Math.abs(aheadMs) > MAX_SKEW_MS
    if (wrong === was) return
    const seconds = Math.round(Math.abs(aheadMs) / 1_000)
    logInfo(
      wrong
        ? `The clock of this machine is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} PostgreSQL's. Synchronize both (NTP), or running answers may be interrupted.`
        : "The clock of this machine is in sync with PostgreSQL's again.",
    )
  }
}

/** Renews leases, and stops writing any answer that another process took over because this one was silent too long. */
async function keepLeases(ids: string[]): Promise<void> {
  const { nodeId, running } = runtime()
  if ((await renewLeases(ids, nodeId)) === ids.length) return
  for (const id of await takenOverGenerations(ids, nodeId)) running.get(id)?.abort("lost")
}

/** Accepts no new answers; running ones get 20 s to finish, then are checkpointed and marked interrupted. */
export async function drain(drainMs = DRAIN_MS): Promise<void> {
  const state = runtime()
  state.stopping = true
  const ends = Promise.allSettled([...state.running.values()].map(({ done }) => done))
  await Promise.race([ends, wait(drainMs, undefined, { ref: false })])
  for (const running of state.running.values()) running.abort("shutdown")
  await Promise.allSettled([...state.running.values()].map(({ done }) => done))
  await Promise.allSettled([...state.saving.values()].map(({ stored }) => stored))
  await checkpoints().flush()
  await db().$disconnect()
}
