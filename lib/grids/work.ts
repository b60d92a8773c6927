/** Adapts a grid's rows to the runner that asks them (`lib/asking/`). */
import { v7 as uuidv7 } from "uuid"
import { type AskedOutput, type Asking, askModel, NO_USAGE, usedBy } from "@/lib/asking/ask"
import type { AskingWork } from "@/lib/asking/runner"
import type { SessionUser } from "@/lib/auth/sessions"
import { notifyGridChanged } from "@/lib/chat/news/news"
import { type Ending, endAnswer, GRID_CELLS } from "@/lib/db/grids/answers"
import { endRun, gridById, rowsBy, spendLimitOf } from "@/lib/db/grids/grids"
import { spentOn } from "@/lib/db/grids/progress"
import { gridInputSchema } from "@/lib/grids/contract/grid"
import { turnOf } from "@/lib/grids/inputs"
import { resultOf } from "@/lib/grids/outcome"
import { sentence } from "@/lib/i18n/sentences"
import { createLimiter } from "@/lib/limiter"
import { checkAnswer } from "@/lib/output/check"

/** Checks that run in parallel: the worker threads are shared. */
const CHECKED_AT_ONCE = 2

/** For a model of a grid, which always has a schema. */
export type GridAsking = Asking & { output: AskedOutput }

export interface Running {
  gridId: string
  user: SessionUser
  run: number
  upTo: number | null
  only: number[] | null
  /** In the order of the grid's models. */
  askings: GridAsking[]
  columns: string[]
  /** The user's own key, if it pays. */
  key: string | undefined
  mostAtOnce: number
  signal: AbortSignal
}

export function gridWork(running: Running): AskingWork<Ending> {
  const { gridId, user, run, askings, columns } = running
  const checks = createLimiter(CHECKED_AT_ONCE)
  return {
    cells: GRID_CELLS,
    run: { id: gridId, userId: user.id, run, upTo: running.upTo, only: running.only },
    ...{ user, key: running.key, mostAtOnce: running.mostAtOnce, signal: running.signal },
    spent: () => spentOn(gridId),
    spendLimit: () => spendLimitOf(gridId),
    modelOf: ({ place }) => askings[place]?.model,
    ask: async ({ number, place }, signal) => {
      const asking = askings[place]
      const [row] = await rowsBy(gridId, [number])
      const input = gridInputSchema.safeParse(row?.input).data
      if (!asking || !input) return { ending: { state: "failed", error: sentence("grid:answer/input"), ...NO_USAGE } }
      const said = await askModel(asking, await turnOf(user.id, uuidv7(), columns, input), signal)
      const used = usedBy(asking, said)
      const settle = async (): Promise<Ending> => {
        const check = await checks(() => checkAnswer(user.id, said.text, asking.output))
        return { ...resultOf(said.text, said.finishReason, check), ...used, model: said.instead }
      }
      return { costUsd: used.costUsd, used, settle }
    },
    end: (held, claimed, ending) => endAnswer(held, claimed, "fault" in ending ? ending.fault : ending),
    isRunning: async () => {
      const grid = await gridById(gridId)
      return grid !== null && grid.deletedAt === null && grid.state === "running" && grid.run === run
    },
    endRun: (state, stopped) => endRun(gridId, run, state, stopped),
    tell: (rows) => notifyGridChanged(user.id, gridId, rows),
  }
}
