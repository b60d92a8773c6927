/**
 * Permanently removes expired data: deleted conversations, schemas, grids, and evals after their 30 days; temporary
 * conversations that no page holds; expired sessions, one-time links, recordings, and waits; files that no message
 * shows; abandoned uploads.
 */
import { z } from "zod"
import { deleteDueAccounts } from "@/lib/accounts/deletion"
import { ATTEMPT_RETENTION_MS } from "@/lib/auth/attempts"
import { purgeDeleted } from "@/lib/chat/conversations"
import { subscribeToHolds } from "@/lib/chat/held"
import { abandonedTemporaryConversations, removeTemporary } from "@/lib/chat/temporary"
import { config } from "@/lib/config"
import { checkpointWal } from "@/lib/db/client"
import { removeEndedJobs } from "@/lib/db/jobs"
import { removeUnconfirmed } from "@/lib/db/people/accounts"
import { removeSpentLinks } from "@/lib/db/people/one-time-links"
import { removeSpentSessions } from "@/lib/db/people/sessions"
import { removeRecordings } from "@/lib/db/recordings/recordings"
import { purgeDeletedEvals } from "@/lib/evals/evals"
import { sweepFiles } from "@/lib/files/sweep"
import { stopConversation } from "@/lib/generation/stop"
import { purgeDeletedGrids } from "@/lib/grids/grids"
import { sweepImports } from "@/lib/import/import"
import { sweepUploads } from "@/lib/intake/uploads"
import { defineJob } from "@/lib/jobs/define"
import { enqueue } from "@/lib/jobs/jobs"
import { logFault, logInfo } from "@/lib/log"
import { purgeDeletedSchemas } from "@/lib/schemas/schemas"
import { removeOldTries } from "@/lib/throttle/stored-tries"

const PURGE_EVERY_MS = 60 * 60 * 1_000
const SWEEP_EVERY_MS = 60_000
/** Milliseconds after which a visitor whose cookie never came back is removed. */
const STRANGER_MS = 24 * 60 * 60 * 1_000

/** Milliseconds after which an account with a required but unconfirmed address is removed. */
const UNCONFIRMED_MS = 7 * STRANGER_MS

/** Milliseconds for which ended jobs are kept, so that their result can be read. */
const JOBS_KEPT_MS = 30 * 24 * 60 * 60 * 1_000

const nothing = z.strictObject({})
/** Each hour, one of the processes runs it. */
export const purgeJob = defineJob({ name: "purge", payload: nothing, attempts: 3, run: () => purge() })
export const filesJob = defineJob({ name: "files", payload: nothing, attempts: 3, run: () => removeFiles() })
export const upkeepJobs = [purgeJob, filesJob]

const later = (job: typeof purgeJob) => () =>
  void enqueue(job, {}, { key: job.name }).catch((error) => logFault(job.name, error))

/** Runs everything once, then every hour (purge) and every minute (sweep). Throws if the first run fails. */
export async function startUpkeep(): Promise<void> {
  await subscribeToHolds()
  setInterval(later(purgeJob), PURGE_EVERY_MS).unref()
  setInterval(() => void sweep().catch((error) => logFault("deleting temporary chats", error)), SWEEP_EVERY_MS).unref()
  // Reads the whole store, which would delay the start.
  setTimeout(later(filesJob), SWEEP_EVERY_MS).unref()
  setInterval(later(filesJob), PURGE_EVERY_MS).unref()
  await purge()
  await sweep()
}

async function purge(): Promise<void> {
  const now = Date.now()
  await deleteDueAccounts(new Date(now))
  await removeSpentSessions(new Date(now), new Date(now - STRANGER_MS))
  await removeSpentLinks(new Date(now))
  await removeUnconfirmed(new Date(now - UNCONFIRMED_MS))
  await removeOldTries(new Date(now - ATTEMPT_RETENTION_MS))
  await removeEndedJobs(new Date(now - JOBS_KEPT_MS))
  await removeRecordings(new Date(now - config().limits.recordingsMs))
  await sweepImports(new Date(now))
  await sweepUploads(new Date(now))
  await purgeDeletedSchemas(new Date(now))
  if ((await purgeDeleted()) + (await purgeDeletedGrids()) + (await purgeDeletedEvals()) > 0) await checkpointWal()
}

async function removeFiles(): Promise<void> {
  const { files, objects } = await sweepFiles()
  if (files + objects > 0) logInfo(`Deleted ${files} unused files and ${objects} orphaned objects.`)
}

/** Ends and removes temporary conversations that no page holds anymore. */
export async function sweep(now = new Date()): Promise<void> {
  for (const { id, userId } of await abandonedTemporaryConversations(now)) {
    await stopConversation(userId, id)
    await removeTemporary(userId, id)
  }
}
