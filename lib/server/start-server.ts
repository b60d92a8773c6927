import { startSessionWatch } from "@/lib/accounts/watch"
import { keySource } from "@/lib/ai/upstream/key"
import { backupJob, startBackups } from "@/lib/backup/schedule"
import { joinProcesses } from "@/lib/bus/here"
import { config } from "@/lib/config"
import { isPostgres, sqliteFile } from "@/lib/db/client"
import { recordingsOf } from "@/lib/demo/recordings"
import { continueEvals, evalJob } from "@/lib/evals/job"
import { drain, startLifecycle } from "@/lib/generation/lifecycle"
import { runtime } from "@/lib/generation/runtime"
import { continueGrids, gridJob } from "@/lib/grids/job"
import { trust } from "@/lib/http/outgoing/certificates"
import { importJobs } from "@/lib/import/import"
import { startJobs, stopJobs } from "@/lib/jobs/jobs"
import { logFault, logInfo } from "@/lib/log"
import { fileServers } from "@/lib/mcp/file"
import { startMcp } from "@/lib/mcp/source"
import { inTime } from "@/lib/observe/in-time"
import { siblings } from "@/lib/observe/siblings"
import { stopTracing } from "@/lib/observe/trace"
import { subscribeToSettings } from "@/lib/operator/settings"
import { sharedRedis } from "@/lib/redis/here"
import { startSandbox } from "@/lib/sandbox/server"
import { startIndexer } from "@/lib/search/indexer"
import { protectDataFolder } from "@/lib/server/data-folder"
import { startObservation } from "@/lib/server/observation"
import { redirectToHostName } from "@/lib/server/other-place"
import { checkPeers } from "@/lib/server/peers"
import { retireOnRequest, shutDownOnSignal, stopAccepting } from "@/lib/server/retire"
import { subscribeToKeyChanges } from "@/lib/setup/key"
import { printLink } from "@/lib/setup/link"
import { startUpkeep, upkeepJobs } from "@/lib/upkeep/upkeep"

/** Errors whose message already says what to do. */
const EXPECTED = new Set(["ConfigError", "MigrationError", "RedisAway"])

/** Reads the settings, prepares the database, and installs the shutdown handlers. Exits if the server can't start. */
export async function startServer(): Promise<void> {
  try {
    const { address, dataDir, databaseUrl, redis, caFile, demoRecordings } = config()
    await protectDataFolder(dataDir, isPostgres(databaseUrl) ? null : sqliteFile(databaseUrl))
    trust()
    await startObservation()
    if (redis) await joinProcesses({ ...redis, caFile })
    const shared = sharedRedis()
    if (shared) await checkPeers(shared, config())
    // next-auth builds its URLs from this setting, never from a request's host.
    process.env.NEXTAUTH_URL ??= address
    await startLifecycle()
    await startUpkeep()
    startJobs([...upkeepJobs, ...importJobs, backupJob, gridJob, evalJob], runtime().nodeId)
    await continueGrids()
    await continueEvals()
    startBackups()
    startIndexer()
    await startSessionWatch()
    await subscribeToKeyChanges()
    await subscribeToSettings()
    fileServers()
    if (demoRecordings) void recordingsOf(demoRecordings).refresh()
    startMcp()
    redirectToHostName()
    await startSandbox()
    await offerSetup()
  } catch (error) {
    const expected = error instanceof Error && EXPECTED.has(error.name)
    if (expected) console.error(`Sparkler can't start.\n${error.message}`)
    else logFault("Sparkler can't start", error)
    process.exit(1)
  }
  if (process.env.NEXT_MANUAL_SIG_HANDLE) shutDownOnSignal((signal) => void end(signal))
  retireOnRequest(() => end("SIGTERM"))
}

/** Whoever can read the startup output operates this installation, and may set an API key. */
async function offerSetup(): Promise<void> {
  const source = keySource()
  // Only one of several workers prints it.
  if (source !== "environment" && !process.env.SPARKLER_SILENT)
    await printLink(source === "stored" ? "To change the API key, open" : "To add your Fireworks API key, open")
}

/** Milliseconds for flushing the last traces, and the last metrics. */
const FLUSH_MS = 2_000

async function end(signal: "SIGTERM" | "SIGINT"): Promise<void> {
  logInfo("Shutting down: waiting for running answers to finish.")
  // No new answers start from now on.
  runtime().stopping = true
  // Other processes take new requests; a process on its own responds that it is shutting down.
  if (sharedRedis()) stopAccepting()
  await stopJobs().catch((error) => logFault("stopping jobs at shutdown", error))
  // Ctrl+C in a terminal means immediately; a service manager's SIGTERM means gracefully.
  await drain(signal === "SIGINT" ? 0 : undefined).catch((error) => logFault("shutdown", error))
  await inTime(FLUSH_MS, stopTracing()).catch((error) => logFault("flushing traces at shutdown", error))
  await inTime(FLUSH_MS, siblings().leave?.() ?? Promise.resolve()).catch((error) =>
    logFault("reporting metrics at shutdown", error),
  )
  process.exit(0)
}
