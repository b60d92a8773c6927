/** Serializes the operations on an upload: a browser that reconnects ends the piece it lost track of. */
import { acquireUploadLock, type UploadLock } from "@/lib/intake/shared-turn"
import { sharedRedis } from "@/lib/redis/here"
import { singleton } from "@/lib/singleton"

interface Turn {
  abort: AbortController
  over: Promise<unknown>
}

const turns = () => singleton("uploadTurns", () => new Map<string, Turn>())

/** Aborts when the turn is over; `check` throws if it was lost to another process. */
export type UploadLockHandle = Pick<UploadLock, "check"> & { signal: AbortSignal }

/** Runs one operation at a time on an upload, across all processes; a piece being written is ended for it. */
export async function alone<T>(id: string, work: (turn: UploadLockHandle) => Promise<T>): Promise<T> {
  const before = turns().get(id)
  const abort = new AbortController()
  before?.abort.abort(new Error("the upload continues elsewhere"))
  const run = () => amongProcesses(id, abort, work)
  const mine = (before?.over ?? Promise.resolve()).then(run, run)
  const turn: Turn = { abort, over: mine }
  turns().set(id, turn)
  try {
    return await mine
  } finally {
    if (turns().get(id) === turn) turns().delete(id)
  }
}

async function amongProcesses<T>(
  id: string,
  abort: AbortController,
  work: (turn: UploadLockHandle) => Promise<T>,
): Promise<T> {
  const { signal } = abort
  const redis = sharedRedis()
  if (!redis) return work({ signal, check: async () => {} })
  const { check, leave } = await acquireUploadLock(redis, id, (cause) => abort.abort(cause))
  try {
    return await work({ signal, check })
  } finally {
    await leave()
  }
}

/** Whether this process is working on it. */
export const isBusy = (id: string): boolean => turns().has(id)
