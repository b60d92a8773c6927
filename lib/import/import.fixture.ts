/** Helpers for import tests: uploading a file and running the jobs. */
import { v7 as uuidv7 } from "uuid"
import type { Database } from "@/lib/db/client"
import { beginImport, importJobs, importState, startImport } from "@/lib/import/import"
import { JobRunner } from "@/lib/jobs/runner"

export const streamOf = (bytes: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes)
      controller.close()
    },
  })

export function importing(database: () => Database) {
  const newUser = async () => (await database().user.create({ data: { id: uuidv7() } })).id

  /** Runs the waiting jobs, as in a separate process. */
  const runJobs = async (during?: (runner: JobRunner) => Promise<void>) => {
    const runner = new JobRunner({ kinds: importJobs, nodeId: uuidv7(), atOnce: 2, everyMs: 1_000_000, renewMs: 20 })
    await runner.wake()
    await during?.(runner)
    await runner.settled()
    await runner.stop()
  }

  const uploaded = async (userId: string, file: Uint8Array, name = "export.zip") => {
    const id = await beginImport(userId, streamOf(file), name)
    await runJobs()
    return id
  }

  const imported = async (userId: string, file: Uint8Array) => {
    const id = await uploaded(userId, file)
    await startImport(userId, id, [[0, 1_000]])
    await runJobs()
    return (await importState(userId, id, "en")).result
  }

  const chatsOf = (userId: string) =>
    database().conversation.findMany({
      where: { userId, deletedAt: null },
      orderBy: { createdAt: "asc" },
      include: { messages: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] }, tags: true, folder: true, files: true },
    })

  return { newUser, runJobs, uploaded, imported, chatsOf }
}
