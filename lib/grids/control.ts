/** Starts and pauses a grid, and retries its rows. */
import { notifyGridChanged } from "@/lib/chat/news/news"
import { failedRows, requeueAnswers, skipRows } from "@/lib/db/grids/answers"
import { beginRun, countRows, endRun } from "@/lib/db/grids/grids"
import { requireGrid } from "@/lib/grids/grids"
import { enqueueRun } from "@/lib/grids/job"
import type { RunRequest } from "@/lib/grids/types"
import { AppError } from "@/lib/http/errors"

/** Throws `grid:not_found`, `grid:rows` if there are none. */
export async function controlGrid(userId: string, id: string, request: RunRequest): Promise<void> {
  await requireGrid(userId, id)
  if (request.action === "pause") await endRun(id, null, "paused")
  else if (request.action === "start") await start(userId, id, { upTo: request.upTo ?? null, only: null })
  else if (request.action === "retry") {
    const only = request.rows ?? (await failedRows(id))
    if (only.length === 0) return
    await requeueAnswers(id, {
      ...{ numbers: only, place: request.place },
      states: request.rows ? ["failed", "done", "skipped"] : ["failed"],
    })
    await start(userId, id, { upTo: null, only })
  } else await skipRows(id, request.rows, request.action === "skip")
  await notifyGridChanged(userId, id, null)
}

/** A running grid is left alone, except if its process died before storing the job: then it gets one. */
async function start(userId: string, id: string, run: { upTo: number | null; only: number[] | null }): Promise<void> {
  if ((await countRows(id)) === 0) throw new AppError("grid:rows/none")
  const number = await beginRun(id, userId, run.upTo)
  if (number !== null) return void (await enqueueRun(userId, id, number, run.only))
  const grid = await requireGrid(userId, id)
  if (grid.state === "running") await enqueueRun(userId, id, grid.run)
}
