/** From the start of the process to its end: recovery, leases, the drain. */
import { setTimeout as wait } from "node:timers/promises"
import { config } from "@/lib/config"
import { db, isPostgres } from "@/lib/db/client"
import { RENEW_MS, renewLeases, takenFrom } from "@/lib/db/generations"
import { migrate } from "@/lib/db/migrate"
import { checkpoints } from "@/lib/generation/log/checkpoint"
import { recoverAbandoned } from "@/lib/generation/recover"
import { runtime } from "@/lib/generation/runtime"
import { obeySteering } from "@/lib/generation/steer"
import { obeyStops } from "@/lib/generation/stop"
import { createTidying } from "@/lib/generation/tidying"
import { logFault, logInfo } from "@/lib/log"

/** Milliseconds that running answers get to end by themselves after SIGTERM. */
const DRAIN_MS = 20_000

/** Migrates, recovers, and keeps leases alive. Throws when the database can't be used. */
export async function startLifecycle(): Promise<void> {
  const { databaseUrl } = config()
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) logInfo(`Database brought up to date: ${applied.join(", ")}.`)
  // WAL alone would be NORMAL here: an accepted message must survive a power cut too.
  if (!isPostgres(databaseUrl)) {
    await db().$executeRawUnsafe("PRAGMA synchronous = FULL")
    // What is deleted is overwritten, not only forgotten.
    await db().$executeRawUnsafe("PRAGMA secure_delete = ON")
  }
  // One process owns a SQLite file, so whatever is open there was left by a dead one.
  await recoverAbandoned({ earlierProcesses: !isPostgres(databaseUrl) })
  await obeyStops()
  await obeySteering()
  const tidy = createTidying()
  setInterval(() => void beat(tidy), RENEW_MS).unref()
}

async function beat(tidy: (running: number) => void): Promise<void> {
  try {
    const ids = [...runtime().running.keys()]
    tidy(ids.length)
    if (ids.length > 0) await keepLeases(ids)
    await recoverAbandoned()
  } catch (error) {
    logFault("leases", error)
  }
}

/** An answer that another process has taken over, since this one was not heard of for long, is not written any more. */
async function keepLeases(ids: string[]): Promise<void> {
  const { nodeId, running } = runtime()
  if ((await renewLeases(ids, nodeId)) === ids.length) return
  for (const id of await takenFrom(ids, nodeId)) running.get(id)?.abort("lost")
}

/** No new answers; those that run get 20 s to end, then are checkpointed and marked interrupted. */
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
