/** On which machine an upload lies, where several don't share a data folder. Without Redis there is one. */
import { config } from "@/lib/config"
import { dataFolderId } from "@/lib/data-folder-id"
import { AppError } from "@/lib/http/errors"
import { sharedRedis } from "@/lib/redis/here"

/** Says that an upload begins here, for as long as it is kept (milliseconds). What can't be said is missed only elsewhere. */
export async function noteHere(id: string, keptMs: number): Promise<void> {
  const redis = sharedRedis()
  if (!redis) return
  const folder = await dataFolderId(config().dataDir)
  await redis.commands.set(redis.keys.uploadFolder(id), folder, "PX", keptMs).catch(() => {})
}

/** Why there is no such upload here: it lies on another machine, or there is none. */
export async function missing(id: string): Promise<AppError> {
  const redis = sharedRedis()
  const folder = await redis?.commands.get(redis.keys.uploadFolder(id)).catch(() => null)
  const elsewhere = folder && folder !== (await dataFolderId(config().dataDir))
  return new AppError(elsewhere ? "upload:elsewhere" : "upload:not_found")
}
