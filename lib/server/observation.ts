/** Observability of this process, as configured: request logs, metrics, traces. */
import { config } from "@/lib/config"
import { databaseQueue, db } from "@/lib/db/client"
import { openJobs } from "@/lib/db/jobs"
import { runtime } from "@/lib/generation/runtime"
import { streamCount } from "@/lib/http/held-streams"
import { hearConsole, logProcess, logRequest } from "@/lib/log"
import { startGauges } from "@/lib/observe/gauges"
import { countRequest, startMeters } from "@/lib/observe/meters"
import { onAnswered, watchRequests } from "@/lib/observe/requests"
import { joinSiblings } from "@/lib/observe/siblings"
import { allWorkStats } from "@/lib/work/work"

/** Must run before anything else starts. */
export async function startObservation(): Promise<void> {
  const { metricsToken, logRequests, traces, traceModelServers } = config().observe
  logProcess().id = runtime().nodeId
  hearConsole()
  if (logRequests) watchRequests(onAnswered(({ method, route, status, ms }) => logRequest(method, route, status, ms)))
  if (traces) {
    const { startTracing } = await import("@/lib/observe/tracing")
    startTracing({ instance: runtime().nodeId, tellModelServers: traceModelServers })
  }
  if (metricsToken === undefined) return
  const { registry } = await startMeters()
  watchRequests(onAnswered(({ method, route, status, ms }) => countRequest(method, route, status, ms / 1_000)))
  await joinSiblings(registry)
  await startGauges(registry, { now, work: allWorkStats, jobs: openJobs, database: () => db().$queryRaw`SELECT 1` })
}

function now() {
  const { running, stopping } = runtime()
  const { waiting, open, idle } = databaseQueue()
  return {
    running_answers: running.size,
    answer_log_events: [...running.values()].reduce((sum, { logLength }) => sum + logLength(), 0),
    event_streams: streamCount(),
    database_connections_open: open,
    database_connections_idle: idle,
    database_waiting: waiting,
    draining: stopping ? 1 : 0,
  }
}
