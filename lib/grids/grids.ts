/** A user's grids: one schema applied to many inputs. Every query includes the owner. */
import type { z } from "zod"
import { parseSentence } from "@/lib/asking/fault"
import type { SessionUser } from "@/lib/auth/sessions"
import { notifyGridChanged } from "@/lib/chat/news/news"
import { readSettings } from "@/lib/chat/settings"
import { isUniqueViolation } from "@/lib/db/errors"
import {
  addSecondModel,
  countGrids,
  createGrid,
  findGrid,
  type GridRecord,
  gridsOf,
  purgeGrids,
  sizesOf,
  softDeleteGrid,
  undeleteGrid,
  updateGrid,
} from "@/lib/db/grids/grids"
import { modelsIn, progressOf } from "@/lib/db/grids/progress"
import { createWithinLimit } from "@/lib/db/limits"
import { MAX_GRIDS, MAX_MODELS } from "@/lib/grids/contract/grid"
import {
  type GridChangeRequest,
  type GridHead,
  type GridOutput,
  type GridSummary,
  gridOutputSchema,
  type newGridSchema,
} from "@/lib/grids/types"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { renderSentence } from "@/lib/i18n/sentences"
import { checkOutput } from "@/lib/output/check"
import { columnsOfSchema, type OutputColumn } from "@/lib/output/columns"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"

/** Days for which a deleted grid can be restored. */
const KEPT_DAYS = 30

export const gridNotFound = () => new AppError("grid:not_found")

/** A grid of this user. Throws `grid:not_found`. */
export async function requireGrid(userId: string, id: string): Promise<GridRecord> {
  const grid = await findGrid(id, userId)
  if (!grid) throw gridNotFound()
  return grid
}

/** The schema a grid requests. Throws `grid:not_found` for one stored by an incompatible version. */
export function outputOf({ output }: Pick<GridRecord, "output">): GridOutput {
  const { data } = gridOutputSchema.safeParse(output)
  if (!data) throw gridNotFound()
  return data
}

export const outputColumnsOf = (grid: Pick<GridRecord, "output">): OutputColumn[] =>
  columnsOfSchema(outputOf(grid).schema)

/** The names of the inputs' columns. */
export const inputColumnsOf = ({ columns }: Pick<GridRecord, "columns">): string[] =>
  Array.isArray(columns) ? columns.map(String) : []

const timesOf = ({ createdAt, updatedAt }: GridRecord) => ({
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

/** Most recently changed first. */
export async function listGrids(userId: string): Promise<GridSummary[]> {
  const [grids, sizes] = await Promise.all([gridsOf(userId), sizesOf(userId)])
  return grids.map((grid) => ({
    ...{ id: grid.id, title: grid.title, state: grid.state, models: modelsIn(grid.models) },
    ...(sizes.get(grid.id) ?? { rows: 0, answers: 0, ended: 0 }),
    ...timesOf(grid),
  }))
}

/** Throws `grid:not_found`. */
export async function headOf(userId: string, id: string, language?: Language): Promise<GridHead> {
  const grid = await requireGrid(userId, id)
  const { title, instructions, spendLimitUsd } = grid
  const stopped = parseSentence(grid.stopped)
  return {
    ...{ id, title, instructions, spendLimitUsd, ...timesOf(grid) },
    models: modelsIn(grid.models),
    output: outputOf(grid),
    settings: readSettings(grid.settings),
    columns: inputColumnsOf(grid),
    outputColumns: outputColumnsOf(grid),
    progress: { ...(await progressOf(grid)), stopped: stopped && renderSentence(stopped, language) },
  }
}

/** Throws `model:not_offered`, `model:unknown`. */
async function requireModels(user: SessionUser, models: string[]): Promise<void> {
  if (new Set(models).size < models.length) throw new AppError("grid:models")
  for (const id of models) await requireOffered(user, await modelOf(user.id, id))
}

/**
 * Creates a grid without rows. Idempotent by ID. Throws `grid:not_found` if the ID belongs to someone else,
 * `output:schema_invalid`, `model:not_offered`, `limit:reached` if there are already 200 grids.
 */
export async function makeGrid(user: SessionUser, request: z.output<typeof newGridSchema>): Promise<void> {
  if (await findGrid(request.id, user.id)) return
  await checkOutput(user.id, request.output)
  await requireModels(user, request.models)
  try {
    const made = await createWithinLimit(user.id, {
      most: MAX_GRIDS,
      count: (client) => countGrids(client, user.id),
      make: async (client) => {
        await createGrid(client, { ...request, userId: user.id })
        return true
      },
    })
    if (!made) throw new AppError("limit:reached/grids", { values: { count: MAX_GRIDS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await requireGrid(user.id, request.id)
  }
}

/** Throws `grid:not_found`, `grid:busy` for changes that aren't possible while it runs, or once there are answers. */
export async function changeGrid(user: SessionUser, id: string, change: GridChangeRequest): Promise<void> {
  const { deleted, models, title, spendLimitUsd, instructions, settings } = change
  if (deleted === false && !(await undeleteGrid(id, user.id))) await requireGrid(user.id, id)
  const grid = await requireGrid(user.id, id)
  if (models) await changeModels(user, grid, models)
  if (title !== undefined || spendLimitUsd !== undefined) await updateGrid(id, user.id, { title, spendLimitUsd })
  if (instructions === undefined && settings === undefined) return
  if (!(await updateGrid(id, user.id, { instructions, settings }, ["ready", "paused", "done"])))
    throw new AppError("grid:busy")
}

/** Adds a second model. Repeating it has no effect. */
async function changeModels(user: SessionUser, grid: GridRecord, models: string[]): Promise<void> {
  const [first] = modelsIn(grid.models)
  if (models.join("\n") === modelsIn(grid.models).join("\n")) return
  await requireModels(user, models)
  const isSecond = models.length === MAX_MODELS && models[0] === first && modelsIn(grid.models).length === 1
  if (!isSecond) throw new AppError("grid:models")
  if (!(await addSecondModel(grid.id, user.id, models))) throw new AppError("grid:busy")
  await notifyGridChanged(user.id, grid.id, null)
}

/** Soft-deletes: can be restored for 30 days. Throws `grid:not_found`. */
export async function deleteGrid(userId: string, id: string): Promise<void> {
  if (!(await softDeleteGrid(id, userId))) throw gridNotFound()
  await notifyGridChanged(userId, id, null)
}

/** Permanently removes what was deleted 30 days ago. Returns how many. */
export const purgeDeletedGrids = (now = new Date()): Promise<number> =>
  purgeGrids(new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1_000))
