import { startSessionWatch } from "@/lib/accounts/watch"
import { keySource } from "@/lib/ai/upstream/key"
import { config } from "@/lib/config"
import { protectDataFolder } from "@/lib/data-folder"
import { isPostgres, sqliteFile } from "@/lib/db/client"
import { drain, startLifecycle } from "@/lib/generation/lifecycle"
import { runtime } from "@/lib/generation/runtime"
import { trust } from "@/lib/http/outgoing/certificates"
import { importJobs } from "@/lib/import/import"
import { startJobs, stopJobs } from "@/lib/jobs/jobs"
import { logFault, logInfo } from "@/lib/log"
import { fileServers } from "@/lib/mcp/file"
import { startMcp } from "@/lib/mcp/source"
import { hearSettings } from "@/lib/operator/settings"
import { startSandbox } from "@/lib/sandbox/server"
import { startIndexer } from "@/lib/search/indexer"
import { leadToName } from "@/lib/server/other-place"
import { hearKeyChanges } from "@/lib/setup/key"
import { printLink } from "@/lib/setup/link"
import { startUpkeep, upkeepJobs } from "@/lib/upkeep/upkeep"

/** Reads the settings, prepares the database and hooks the end of the process. A start that can't work ends here. */
export async function startServer(): Promise<void> {
  try {
    const { address, dataDir, databaseUrl } = config()
    await protectDataFolder(dataDir, isPostgres(databaseUrl) ? null : sqliteFile(databaseUrl))
    trust()
    // next-auth builds its addresses from this setting, never from a request's host.
    process.env.NEXTAUTH_URL ??= address
    await startLifecycle()
    await startUpkeep()
    startJobs([...upkeepJobs, ...importJobs], runtime().nodeId)
    startIndexer()
    await startSessionWatch()
    await hearKeyChanges()
    await hearSettings()
    fileServers()
    startMcp()
    leadToName()
    await startSandbox()
    offerSetup()
  } catch (error) {
    const expected = error instanceof Error && (error.name === "ConfigError" || error.name === "MigrationError")
    if (expected) console.error(`Sparkler can't start.\n${error.message}`)
    else logFault("Sparkler can't start", error)
    process.exit(1)
  }
  if (process.env.NEXT_MANUAL_SIG_HANDLE)
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end(signal))
}

/** Who can read what the start prints runs this Sparkler, and may give it a key. */
function offerSetup(): void {
  const source = keySource()
  if (source !== "environment")
    printLink(source === "stored" ? "To change the API key, open" : "To add your Fireworks API key, open")
}

async function end(signal: "SIGTERM" | "SIGINT"): Promise<void> {
  logInfo("Ending: running answers get a moment to finish.")
  // From now on no answer begins.
  runtime().stopping = true
  await stopJobs().catch((error) => logFault("jobs at the end", error))
  // Ctrl+C at a terminal means now; a service manager's SIGTERM means in order.
  await drain(signal === "SIGINT" ? 0 : undefined).catch((error) => logFault("shutdown", error))
  process.exit(0)
}
