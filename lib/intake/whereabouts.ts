/** Which machine has an upload, if several machines don't share a data folder. Without Redis there is only one. */
import { config } from "@/lib/config"
import { dataFolderId } from "@/lib/data-folder-id"
import { AppError } from "@/lib/http/errors"
import { sharedRedis } from "@/lib/redis/here"

/**
 * Records that an upload is on this machine, for as long as it is kept (milliseconds). A failure matters only to other
 * machines.
 */
export async function recordUploadLocation(id: string, keptMs: number): Promise<void> {
  const redis = sharedRedis()
  if (!redis) return
  const folder = await dataFolderId(config().dataDir)
  await redis.commands.set(redis.keys.uploadFolder(id), folder, "PX", keptMs).catch(() => {})
}

/** The error for an upload missing here: it is on another machine, or doesn't exist. */
export async function missing(id: string): Promise<AppError> {
  const redis = sharedRedis()
  const folder = await redis?.commands.get(redis.keys.uploadFolder(id)).catch(() => null)
  const elsewhere = folder && folder !== (await dataFolderId(config().dataDir))
  return new AppError(elsewhere ? "upload:elsewhere" : "upload:not_found")
}
