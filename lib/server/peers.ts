/**
 * Checks that processes sharing a Redis agree on their settings. Each publishes its own while it runs, and compares
 * them with the others'.
 */
import { createHmac } from "node:crypto"
import { ConfigError } from "@/lib/config-error"
import { dataFolderId } from "@/lib/data-folder-id"
import { logInfo } from "@/lib/log"
import type { RedisServer } from "@/lib/redis/connection"

/** Milliseconds for which a published entry is valid, and between two updates. */
const HOLDS_MS = 30_000
const SAY_MS = 10_000

/** Distinguishes two secrets without revealing either. */
const markOf = (secret: string) => createHmac("sha256", secret).update("sparkler secret in use 1").digest("base64url")

export interface Common {
  authSecret: string
  dataDir: string
}

/**
 * Throws `ConfigError` if a process with another `AUTH_SECRET` is running: they would reject each other's sessions, and
 * could not read each other's encrypted data. Logs if another one has a different data folder. Returns a function that
 * stops the updates.
 */
export async function checkPeers(redis: RedisServer, { authSecret, dataDir }: Common): Promise<() => void> {
  const { keys, commands } = redis
  const mark = markOf(authSecret)
  const folder = await dataFolderId(dataDir)
  const say = async () => {
    await commands.set(keys.secretInUse, mark, "PX", HOLDS_MS, "NX")
    const inUse = await commands.get(keys.secretInUse)
    const now = Date.now()
    await commands.zremrangebyscore(keys.dataFolders, "-inf", now - HOLDS_MS)
    if (inUse !== null && inUse !== mark) return false
    await commands.pexpire(keys.secretInUse, HOLDS_MS)
    await commands.zadd(keys.dataFolders, now, folder)
    await commands.pexpire(keys.dataFolders, HOLDS_MS)
    return true
  }
  if (!(await say()))
    throw new ConfigError(
      "AUTH_SECRET is wrong (another process that uses this Redis has a different one: use the same for all processes. To change it, stop all processes first and wait 30 seconds).",
    )
  const folders = await commands.zrange(keys.dataFolders, "0", "-1")
  if (folders.some((other) => other !== folder))
    logInfo(
      "Another process uses a different DATA_DIR, which holds uploads in progress and imports. Share the folder, or have the proxy route each person's /api/uploads and /api/import to one machine.",
    )
  let differs = false
  const timer = setInterval(() => {
    say().then(
      (same) => {
        // For example if Redis was emptied, and another process came first.
        if (!same && !differs) logInfo("Another process has a different AUTH_SECRET: use the same for all processes.")
        differs = !same
      },
      // Redis is unreachable, which is logged elsewhere.
      () => {},
    )
  }, SAY_MS).unref()
  return () => clearInterval(timer)
}
