import { access, constants } from "node:fs/promises"
import { eventLog } from "@/lib/bus/here"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { runtime } from "@/lib/generation/runtime"
import { logFault } from "@/lib/log"

export const dynamic = "force-dynamic"

/** Ready for work: the database answers, the data folder can be written, logs are in reach, the process is not ending. */
export async function GET(): Promise<Response> {
  const checks = {
    database: await works("database", () => db().$queryRaw`SELECT 1`),
    storage: await works("storage", () => access(config().dataDir, constants.W_OK)),
    log: !runtime().stopping && (await works("log", () => eventLog().read("ready", -1))),
  }
  const ready = Object.values(checks).every(Boolean)
  return Response.json(
    { status: ready ? "ready" : "not ready", checks },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  )
}

async function works(name: string, check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    logFault(`ready: ${name}`, error)
    return false
  }
}
