/** API types for evals, shared by browser and server. */
import { z } from "zod"
import {
  caseSchema,
  type EvalCase,
  type EvalCheck,
  MAX_CASES,
  MAX_CASES_ADDED,
  MAX_COLUMNS,
  type Verdict,
} from "@/lib/evals/contract/eval"
import type { AnswerState, GridState } from "@/lib/grids/contract/grid"
import { idSchema } from "@/lib/ids"
import { modelIdSchema, settingsSchema } from "@/lib/messages/types"

const title = z.string().trim().min(1).max(200)

/** `POST /api/evals`. The client generates the ID, so that a repeated request has no further effect. */
export const newEvalSchema = z.strictObject({ id: idSchema, title })
export type NewEvalRequest = z.input<typeof newEvalSchema>

/** `PATCH /api/evals/{id}`: `deleted: false` restores it. */
export const evalChangeSchema = z
  .strictObject({ title, judge: modelIdSchema.nullable(), deleted: z.literal(false) })
  .partial()
export type EvalChangeRequest = z.infer<typeof evalChangeSchema>

/**
 * `PATCH /api/evals/{id}/cases`: changes existing cases, inserts new ones before one (null: at the end), and removes
 * these.
 */
export const casesChangeSchema = z.strictObject({
  put: z.array(caseSchema).max(MAX_CASES_ADDED).default([]),
  remove: z.array(idSchema).max(MAX_CASES).default([]),
  before: idSchema.nullable().default(null),
})
export type CasesChangeRequest = z.input<typeof casesChangeSchema>

/** A requested column: a model, and a preset with a system prompt and settings. */
const askedColumnSchema = z.strictObject({ model: modelIdSchema, presetId: idSchema.nullable().default(null) })
const spendLimitUsd = z.number().positive().max(1_000_000).nullable()
const upTo = z.number().int().min(1).max(MAX_CASES)

/** `POST /api/evals/{id}/runs`. */
export const newRunSchema = z.strictObject({
  id: idSchema,
  columns: z.array(askedColumnSchema).min(1).max(MAX_COLUMNS),
  spendLimitUsd: spendLimitUsd.default(null),
  /** Limits the run to this many cases, as a trial. */
  upTo: upTo.optional(),
})
export type NewRunRequest = z.input<typeof newRunSchema>

/** A column as stored with a run. */
export const runColumnSchema = z.object({
  model: modelIdSchema,
  /** Name of the preset; null for none. */
  preset: z.string().max(200).nullable().catch(null),
  system: z.string().catch(""),
  settings: settingsSchema.catch({}),
})
export type RunColumn = z.infer<typeof runColumnSchema>

/** `PATCH /api/evals/runs/{id}`. */
export const runChangeSchema = z.strictObject({ spendLimitUsd, deleted: z.literal(false) }).partial()
export type RunChangeRequest = z.infer<typeof runChangeSchema>

const number = z.number().int().min(0).max(MAX_CASES)
const place = z
  .number()
  .int()
  .min(0)
  .max(MAX_COLUMNS - 1)

/** `POST /api/evals/runs/{id}/run`. */
export const runRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("start"), upTo: upTo.optional() }),
  z.strictObject({ action: z.literal("pause") }),
  /** Retries one answer, or all failed ones; unjudged ones are judged again. */
  z.strictObject({ action: z.literal("retry"), cell: z.strictObject({ number, place }).optional() }),
])
export type RunRequest = z.infer<typeof runRequestSchema>

/** `POST /api/evals/runs/{id}/blind`: the key of the chosen answer, or that none is better. */
export const choiceSchema = z.union([
  z.strictObject({ key: z.string().min(1).max(2_000) }),
  z.strictObject({ tie: z.string().min(1).max(2_000) }),
])
export type ChoiceRequest = z.infer<typeof choiceSchema>

/** Median and 95th percentile; null if nothing was measured. */
export interface Spread {
  median: number
  p95: number
}

/** The state of one column's answers. */
export interface ColumnStats {
  counts: Record<AnswerState, number>
  pass: number
  fail: number
  unjudged: number
  /** Finished answers with a check, including failed ones: the denominator of the pass rate. */
  checked: number
  inputTokens: number
  outputTokens: number
  costUsd: number
  judgeUsd: number
  /** Answers with an unknown cost. */
  unpriced: number
  /** Milliseconds. */
  firstMs: Spread | null
  /** Tokens per second. */
  speed: Spread | null
}

/** A run without its answers. */
export interface RunHead {
  id: string
  evalId: string
  title: string
  number: number
  columns: Pick<RunColumn, "model" | "preset">[]
  judge: string | null
  spendLimitUsd: number | null
  state: GridState
  upTo: number | null
  /** Why it is paused, in the reader's language; null if the user paused it. */
  stopped: string | null
  rows: number
  stats: ColumnStats[]
  /** Estimated cost in US dollars for all cases, from the measurements so far; null while there are none. */
  expectedUsd: number | null
  createdAt: string
}

export interface CellView {
  place: number
  state: AnswerState
  verdict: Verdict | null
  /** The beginning of the text. */
  words: string
}

/** A row of the matrix. */
export interface RowView {
  number: number
  question: string
  kind: EvalCheck["kind"]
  cells: CellView[]
}

/** `GET /api/evals/runs/{id}/rows`. */
export interface RunView {
  run: RunHead
  rows: RowView[]
}

export interface AnswerView extends Omit<CellView, "words"> {
  text: string | null
  error: string | null
  problems: { path: string; message: string }[]
  /** Why there is no verdict. */
  why: string | null
  judge: { model: string; text: string; reason: string | null } | null
  model: string | null
  attempts: number
  inputTokens: number
  outputTokens: number
  costUsd: number | null
  judgeUsd: number | null
  firstMs: number | null
  speed: number | null
}

/** `GET /api/evals/runs/{id}/case`: the details of a question. */
export interface CaseView {
  number: number
  question: string
  system: string
  check: EvalCheck
  answers: AnswerView[]
}

/** A run in its eval's history. */
export interface RunSummary {
  id: string
  evalId: string
  number: number
  state: GridState
  columns: (Pick<RunColumn, "model" | "preset"> & { pass: number; checked: number; ended: number; costUsd: number })[]
  rows: number
  createdAt: string
}

/** An item of `GET /api/evals`. */
export interface EvalSummary {
  id: string
  title: string
  cases: number
  runs: number
  /** The most recent one. */
  last: RunSummary | null
  createdAt: string
  updatedAt: string
}

/** `GET /api/evals/{id}`. */
export interface EvalHead {
  id: string
  title: string
  judge: string | null
  cases: EvalCase[]
  /** Newest first. */
  runs: RunSummary[]
  createdAt: string
  updatedAt: string
}

/**
 * `GET /api/evals/runs/{id}/blind`: the next question; null if none is left. Nothing in it reveals which column an
 * answer is from.
 */
export interface BlindView {
  left: number
  chosen: number
  next: { question: string; tie: string; answers: { key: string; text: string }[] } | null
}

/** `GET …/blind?tally=1`. */
export interface BlindTally {
  chosen: number
  ties: number
  /** By column; this is where the columns are first named. */
  wins: number[]
  columns: Pick<RunColumn, "model" | "preset">[]
}

/** A case with a different verdict in the second run. */
export interface ChangedCase {
  question: string
  /** The case itself was edited between the runs. */
  edited: boolean
  before: Outcome
  after: Outcome
  /** Its number in the second run. */
  number: number
}
export type Outcome = Verdict | "error" | "open"

/** `GET /api/evals/{id}/compare?a=&b=`: a pair of columns, one from each run. */
export interface ComparedColumn {
  before: Pick<RunColumn, "model" | "preset"> & { place: number }
  after: Pick<RunColumn, "model" | "preset"> & { place: number }
  gained: number
  lost: number
  same: number
  /** Number of cases in only one of the runs. */
  added: number
  removed: number
  changed: ChangedCase[]
}
