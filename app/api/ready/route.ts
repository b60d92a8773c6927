import { eventLog } from "@/lib/bus/here"
import { db } from "@/lib/db/client"
import { fileStorage } from "@/lib/files/storage"
import { runtime } from "@/lib/generation/runtime"
import { logFault } from "@/lib/log"
import { inTime } from "@/lib/observe/in-time"
import { sharedRedis } from "@/lib/redis/here"

export const dynamic = "force-dynamic"

/**
 * Timeout in milliseconds for a check, so that a hanging check doesn't delay the response: an orchestrator waits only a
 * few seconds.
 */
const MAX_MS = 2_000

/**
 * Readiness: the database responds, files can be stored, logs are reachable, and the process isn't shutting down.
 * Otherwise 503, so that load balancers send requests elsewhere. `/api/health` decides about restarts. `?exclude=NAME`
 * leaves a check out of the status, like `/readyz` in Kubernetes: without Redis (`log`), no process is ready, but all
 * of them can still answer.
 */
export async function GET(request: Request): Promise<Response> {
  const [database, storage, log] = await Promise.all([
    works("database", () => db().$queryRaw`SELECT 1`),
    works("storage", () => fileStorage().ready()),
    works("log", logsWork),
  ])
  const checks = { database, storage, log, running: !runtime().stopping }
  const excluded = new URL(request.url).searchParams.getAll("exclude")
  const ready = Object.entries(checks).every(([name, well]) => well || excluded.includes(name))
  return Response.json(
    { status: ready ? "ready" : "not ready", checks },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  )
}

/** Other processes can read what is written here. */
async function logsWork(): Promise<void> {
  await eventLog().read("ready", -1)
  const refusal = sharedRedis()?.refusal()
  if (refusal) throw new Error(`Redis rejects writes: ${refusal}`)
}

/** Running checks, by name: the route is public, and concurrent requests share one check. */
const running = new Map<string, Promise<boolean>>()

function works(name: string, check: () => Promise<unknown>): Promise<boolean> {
  const known = running.get(name)
  if (known) return known
  const found = inTime(MAX_MS, Promise.resolve().then(check))
    .then(
      () => true,
      (error: unknown) => {
        logFault(`readiness check: ${name}`, error)
        return false
      },
    )
    .finally(() => running.delete(name))
  running.set(name, found)
  return found
}
