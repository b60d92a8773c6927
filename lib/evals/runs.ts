/** Runs of an eval: created from the current cases, started, paused, retried, deleted. */

import type { z } from "zod"
import type { SessionUser } from "@/lib/auth/sessions"
import { notifyEvalChanged } from "@/lib/chat/news/news"
import { readSettings } from "@/lib/chat/settings"
import { isUniqueViolation } from "@/lib/db/errors"
import { requeueCell, requeueFailedCells } from "@/lib/db/evals/answers"
import { casesOf } from "@/lib/db/evals/evals"
import {
  beginRun,
  countRuns,
  createRun,
  endRun,
  findRun,
  softDeleteRun,
  undeleteRun,
  updateRun,
} from "@/lib/db/evals/runs"
import { createWithinLimit } from "@/lib/db/limits"
import { findPreset } from "@/lib/db/presets"
import { MAX_RUNS } from "@/lib/evals/contract/eval"
import { readCases, requireEval } from "@/lib/evals/evals"
import { enqueueRun } from "@/lib/evals/job"
import type { newRunSchema, RunChangeRequest, RunColumn, RunRequest } from "@/lib/evals/types"
import { AppError } from "@/lib/http/errors"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"

export const runNotFound = () => new AppError("eval:run_not_found")

/** A run of this user's. Throws `eval:run_not_found`. */
export async function requireRun(userId: string, id: string) {
  const run = await findRun(id, userId)
  if (!run) throw runNotFound()
  return run
}

/** A column with its preset's current content. Throws `preset:not_found`, `model:not_offered`, `model:unknown`. */
async function columnOf(
  user: SessionUser,
  { model, presetId }: { model: string; presetId: string | null },
): Promise<RunColumn> {
  await requireOffered(user, await modelOf(user.id, model))
  if (presetId === null) return { model, preset: null, system: "", settings: {} }
  const preset = await findPreset(presetId, user.id)
  if (!preset) throw new AppError("preset:not_found")
  const { systemPrompt = "", tools: _, compare: __, ...settings } = readSettings(preset.settings)
  return { model, preset: preset.name, system: systemPrompt, settings }
}

/**
 * Creates a run of all cases and starts it. Idempotent by ID. Throws `eval:not_found`, `eval:cases/none`,
 * `eval:judge/missing`, `eval:columns` if two are the same, `limit:reached` if there are already 100 runs, and the
 * errors of `columnOf`.
 */
export async function makeRun(user: SessionUser, evalId: string, asked: z.output<typeof newRunSchema>): Promise<void> {
  const found = await requireEval(user.id, evalId)
  if (await findRun(asked.id, user.id)) return
  const keys = asked.columns.map(({ model, presetId }) => `${model}\n${presetId}`)
  if (new Set(keys).size < keys.length) throw new AppError("eval:columns")
  const questions = readCases(await casesOf(evalId))
  if (questions.length === 0) throw new AppError("eval:cases/none")
  const judge = questions.some(({ check }) => check.kind === "judge") ? found.judge : null
  if (judge === null && questions.some(({ check }) => check.kind === "judge")) throw new AppError("eval:judge/missing")
  if (judge !== null) await requireOffered(user, await modelOf(user.id, judge))
  const columns: RunColumn[] = []
  for (const column of asked.columns) columns.push(await columnOf(user, column))
  const { id, spendLimitUsd } = asked
  try {
    const made = await createWithinLimit(user.id, {
      most: MAX_RUNS,
      count: (client) => countRuns(client, evalId),
      make: async (client) => {
        await createRun(client, { id, evalId, columns, judge, spendLimitUsd, questions })
        return true
      },
    })
    if (!made) throw new AppError("limit:reached/runs", { values: { count: MAX_RUNS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await requireRun(user.id, id)
  }
  await start(user.id, id, { upTo: asked.upTo ?? null, only: null })
  await notifyEvalChanged(user.id, { id: evalId, run: id, rows: null })
}

/** Starts or pauses a run, or retries some of its answers. Throws `eval:run_not_found`, `eval:busy`. */
export async function controlRun(userId: string, id: string, request: RunRequest): Promise<void> {
  const run = await requireRun(userId, id)
  if (request.action === "pause") await endRun(id, null, "paused")
  else if (request.action === "start") await start(userId, id, { upTo: request.upTo ?? null, only: null })
  else if (request.cell) {
    const { number, place } = request.cell
    await requeueCell(id, number, place)
    await start(userId, id, { upTo: null, only: [number] })
  } else {
    const only = await requeueFailedCells(id)
    if (only.length > 0) await start(userId, id, { upTo: null, only })
  }
  await notifyEvalChanged(userId, { id: run.evalId, run: id, rows: null })
}

/** A running run is left alone, except if its process died before storing the job: then it gets one. */
async function start(userId: string, id: string, run: { upTo: number | null; only: number[] | null }): Promise<void> {
  const number = await beginRun(id, run.upTo)
  if (number !== null) return void (await enqueueRun(userId, id, number, run.only))
  const { state, run: started } = await requireRun(userId, id)
  if (state === "running") await enqueueRun(userId, id, started)
}

/** Throws `eval:run_not_found`. */
export async function changeRun(userId: string, id: string, change: RunChangeRequest): Promise<void> {
  if (change.deleted === false) await undeleteRun(id, userId)
  const run = await requireRun(userId, id)
  if (change.spendLimitUsd !== undefined) await updateRun(id, { spendLimitUsd: change.spendLimitUsd })
  await notifyEvalChanged(userId, { id: run.evalId, run: id, rows: null })
}

/** Soft-deletes: can be restored for 30 days. Throws `eval:run_not_found`. */
export async function deleteRun(userId: string, id: string): Promise<void> {
  const run = await requireRun(userId, id)
  await softDeleteRun(id)
  await notifyEvalChanged(userId, { id: run.evalId, run: id, rows: null })
}
