/** API types for grids, shared by browser and server. */
import { z } from "zod"
import {
  type AnswerState,
  type GridInput,
  type GridProgress,
  type GridState,
  gridInputSchema,
  MAX_COLUMNS,
  MAX_INSTRUCTION_CHARS,
  MAX_MODELS,
  MAX_ROWS,
  MAX_ROWS_ADDED,
} from "@/lib/grids/contract/grid"
import { idSchema } from "@/lib/ids"
import { modelIdSchema, settingsSchema } from "@/lib/messages/types"
import type { OutputColumn } from "@/lib/output/columns"

/** Without the additional options of structured answers in chats. */
export const gridOutputSchema = z.object({
  type: z.literal("json_schema"),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  schema: z.record(z.string(), z.unknown()),
})
export type GridOutput = z.infer<typeof gridOutputSchema>

const fields = {
  title: z.string().trim().min(1).max(200),
  instructions: z.string().max(MAX_INSTRUCTION_CHARS),
  output: gridOutputSchema,
  models: z.array(modelIdSchema).min(1).max(MAX_MODELS),
  settings: settingsSchema.pick({ temperature: true, maxTokens: true, reasoning: true, topP: true, seed: true }),
  /** US dollars. */
  spendLimitUsd: z.number().positive().max(1_000_000).nullable(),
}

/** `POST /api/grids`. The client generates the ID, so that a repeated request has no further effect. */
export const newGridSchema = z.strictObject({
  id: idSchema,
  ...fields,
  settings: fields.settings.default({}),
  instructions: fields.instructions.default(""),
  spendLimitUsd: fields.spendLimitUsd.default(null),
  columns: z.array(z.string().max(200)).max(MAX_COLUMNS).default([]),
})
export type NewGridRequest = z.input<typeof newGridSchema>

/** `PATCH /api/grids/{id}`: `deleted: false` restores it; `models` may add one. */
export const gridChangeSchema = z
  .strictObject({ ...fields, deleted: z.literal(false) })
  .omit({ output: true })
  .partial()
export type GridChangeRequest = z.infer<typeof gridChangeSchema>

/** `POST /api/grids/{id}/rows`: `start` is the number of existing rows. */
export const rowsAddedSchema = z.strictObject({
  start: z.number().int().min(0).max(MAX_ROWS),
  rows: z.array(gridInputSchema).min(1).max(MAX_ROWS_ADDED),
})

const rowNumber = z.number().int().min(0).max(MAX_ROWS)
const place = z
  .number()
  .int()
  .min(0)
  .max(MAX_MODELS - 1)

/** `POST /api/grids/{id}/run`. */
export const runRequestSchema = z.discriminatedUnion("action", [
  /** `upTo`: limits the run to this many rows, as a trial. */
  z.strictObject({ action: z.literal("start"), upTo: rowNumber.min(1).optional() }),
  z.strictObject({ action: z.literal("pause") }),
  /** Retries these rows, or all failed ones. */
  z.strictObject({
    action: z.literal("retry"),
    rows: z.array(rowNumber).min(1).max(MAX_ROWS).optional(),
    place: place.optional(),
  }),
  z.strictObject({ action: z.enum(["skip", "unskip"]), rows: z.array(rowNumber).min(1).max(MAX_ROWS) }),
])
export type RunRequest = z.infer<typeof runRequestSchema>

/** `PATCH /api/grids/{id}/rows`: overrides a model's value; `reset` undoes that. */
export const editSchema = z.strictObject({
  number: rowNumber,
  place,
  column: z.string().max(1_000),
  value: z.json().optional(),
  reset: z.literal(true).optional(),
})
export type EditRequest = z.infer<typeof editSchema>

export const SORTS = ["asc", "desc"] as const
const NAMED = z.string().max(1_000)
/** `GET /api/grids/{id}/view`: the numbers of the visible rows, in order. */
export const viewQuerySchema = z.object({
  /** `in:0` for an input column, `out:0:address.city` for an answer column; `row`: in the order added. */
  sort: NAMED.default("row"),
  dir: z.enum(SORTS).default("asc"),
  /** Words that a row must contain. */
  q: z.string().max(500).default(""),
  state: z
    .enum(["all", "waiting", "running", "done", "failed", "skipped", "problems", "edited", "differs"])
    .default("all"),
  /** A column, and what its cells must contain. */
  column: NAMED.default(""),
  has: z.string().max(500).default(""),
})
export type ViewQuery = z.infer<typeof viewQuerySchema>

export interface GridAnswer {
  place: number
  state: AnswerState
  attempts: number
  value: unknown
  /** The model's original value, if any of it was edited. */
  original?: unknown
  /** Names of the edited columns. */
  edited: string[]
  problems: { path: string; message: string }[]
  error: string | null
  model: string | null
  inputTokens: number
  outputTokens: number
  costUsd: number | null
  durationMs: number | null
}

export interface GridRowView {
  number: number
  /** Null if it was stored by an incompatible version. */
  input: GridInput | null
  answers: GridAnswer[]
}

/** An item of `GET /api/grids`. */
export interface GridSummary {
  id: string
  title: string
  state: GridState
  models: string[]
  rows: number
  answers: number
  ended: number
  createdAt: string
  updatedAt: string
}

/** `GET /api/grids/{id}`. */
export interface GridHead extends Omit<GridSummary, "rows" | "answers" | "ended" | "state"> {
  instructions: string
  output: GridOutput
  settings: z.infer<typeof fields.settings>
  columns: string[]
  spendLimitUsd: number | null
  outputColumns: OutputColumn[]
  progress: GridProgress
}

/** `GET /api/grids/{id}/summary`: the contents of a column. */
export interface ColumnSummary {
  /** Number of finished rows. */
  count: number
  filled: number
  distinct: number
  /** The most frequent values. */
  top: { value: string; count: number }[]
  /** For numbers; null if there are none. */
  numbers: {
    sum: number
    mean: number
    min: number
    max: number
    bins: { from: number; to: number; count: number }[]
  } | null
  /** With two models: rows in which both are done, and those in which their values differ. */
  compared: { both: number; differ: number } | null
}
