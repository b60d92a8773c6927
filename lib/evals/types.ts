/** What the browser and the server say to each other about evals. */
import { z } from "zod"
import {
  caseSchema,
  type EvalCase,
  type EvalCheck,
  MOST_CASES,
  MOST_CASES_ADDED,
  MOST_COLUMNS,
  type Verdict,
} from "@/lib/evals/contract/eval"
import type { AnswerState, GridState } from "@/lib/grids/contract/grid"
import { idSchema } from "@/lib/ids"
import { modelIdSchema, settingsSchema } from "@/lib/messages/types"

const title = z.string().trim().min(1).max(200)

/** `POST /api/evals`. The id is made by the client: the same request again changes nothing more. */
export const newEvalSchema = z.strictObject({ id: idSchema, title })
export type NewEvalRequest = z.input<typeof newEvalSchema>

/** `PATCH /api/evals/{id}`: `deleted: false` brings it back. */
export const evalChangeSchema = z
  .strictObject({ title, judge: modelIdSchema.nullable(), deleted: z.literal(false) })
  .partial()
export type EvalChangeRequest = z.infer<typeof evalChangeSchema>

/** `PATCH /api/evals/{id}/cases`: changes those that are there, adds the others before one (null: at the end), and removes these. */
export const casesChangeSchema = z.strictObject({
  put: z.array(caseSchema).max(MOST_CASES_ADDED).default([]),
  remove: z.array(idSchema).max(MOST_CASES).default([]),
  before: idSchema.nullable().default(null),
})
export type CasesChangeRequest = z.input<typeof casesChangeSchema>

/** A column as it is asked for: a model, and a preset that gives it a system prompt and settings. */
const askedColumnSchema = z.strictObject({ model: modelIdSchema, presetId: idSchema.nullable().default(null) })
const spendLimitUsd = z.number().positive().max(1_000_000).nullable()
const upTo = z.number().int().min(1).max(MOST_CASES)

/** `POST /api/evals/{id}/runs`. */
export const newRunSchema = z.strictObject({
  id: idSchema,
  columns: z.array(askedColumnSchema).min(1).max(MOST_COLUMNS),
  spendLimitUsd: spendLimitUsd.default(null),
  /** Only so many cases, to try it. */
  upTo: upTo.optional(),
})
export type NewRunRequest = z.input<typeof newRunSchema>

/** A column as a run keeps it. */
export const runColumnSchema = z.object({
  model: modelIdSchema,
  /** Of the preset; null: none. */
  preset: z.string().max(200).nullable().catch(null),
  system: z.string().catch(""),
  settings: settingsSchema.catch({}),
})
export type RunColumn = z.infer<typeof runColumnSchema>

/** `PATCH /api/evals/runs/{id}`. */
export const runChangeSchema = z.strictObject({ spendLimitUsd, deleted: z.literal(false) }).partial()
export type RunChangeRequest = z.infer<typeof runChangeSchema>

const number = z.number().int().min(0).max(MOST_CASES)
const place = z
  .number()
  .int()
  .min(0)
  .max(MOST_COLUMNS - 1)

/** `POST /api/evals/runs/{id}/run`. */
export const runRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("start"), upTo: upTo.optional() }),
  z.strictObject({ action: z.literal("pause") }),
  /** Asks one answer again, or all that failed; those that nobody could judge are judged again. */
  z.strictObject({ action: z.literal("retry"), cell: z.strictObject({ number, place }).optional() }),
])
export type RunRequest = z.infer<typeof runRequestSchema>

/** `POST /api/evals/runs/{id}/blind`: the answer that was chosen, by its key, or that none is better. */
export const choiceSchema = z.union([
  z.strictObject({ key: z.string().min(1).max(2_000) }),
  z.strictObject({ tie: z.string().min(1).max(2_000) }),
])
export type ChoiceRequest = z.infer<typeof choiceSchema>

/** Median and 95th percentile; null: nothing was measured. */
export interface Spread {
  median: number
  p95: number
}

/** How the answers of one column stand. */
export interface ColumnStats {
  counts: Record<AnswerState, number>
  pass: number
  fail: number
  unjudged: number
  /** Answers that were to be checked and have ended, failed ones included: what the pass rate is of. */
  checked: number
  inputTokens: number
  outputTokens: number
  costUsd: number
  judgeUsd: number
  /** Answers that cost something nobody knows. */
  unpriced: number
  /** Milliseconds. */
  firstMs: Spread | null
  /** Tokens a second. */
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
  /** Why it is paused, in the reader's language; null: its person paused it. */
  stopped: string | null
  rows: number
  stats: ColumnStats[]
  /** US dollars for all cases, from what was measured so far; null while nothing was. */
  expectedUsd: number | null
  createdAt: string
}

export interface CellView {
  place: number
  state: AnswerState
  verdict: Verdict | null
  /** Its beginning. */
  words: string
}

/** A line of the matrix. */
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
  /** Why nobody could judge it. */
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

/** `GET /api/evals/runs/{id}/case`: all of one question. */
export interface CaseView {
  number: number
  question: string
  system: string
  check: EvalCheck
  answers: AnswerView[]
}

/** A run in the history of its eval. */
export interface RunSummary {
  id: string
  evalId: string
  number: number
  state: GridState
  columns: (Pick<RunColumn, "model" | "preset"> & { pass: number; checked: number; ended: number; costUsd: number })[]
  rows: number
  createdAt: string
}

/** A line of `GET /api/evals`. */
export interface EvalSummary {
  id: string
  title: string
  cases: number
  runs: number
  /** The last one. */
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
  /** The newest first. */
  runs: RunSummary[]
  createdAt: string
  updatedAt: string
}

/** `GET /api/evals/runs/{id}/blind`: the next question; null: none is left. Whose answers these are, nothing here tells. */
export interface BlindView {
  left: number
  chosen: number
  next: { question: string; tie: string; answers: { key: string; text: string }[] } | null
}

/** `GET …/blind?tally=1`. */
export interface BlindTally {
  chosen: number
  ties: number
  /** By the columns, which are named here for the first time. */
  wins: number[]
  columns: Pick<RunColumn, "model" | "preset">[]
}

/** A case whose verdict is another one in the second run. */
export interface ChangedCase {
  question: string
  /** The case itself was changed in between. */
  edited: boolean
  before: Outcome
  after: Outcome
  /** Its number in the second run. */
  number: number
}
export type Outcome = Verdict | "error" | "open"

/** `GET /api/evals/{id}/compare?a=&b=`: a column of each run, side by side. */
export interface ComparedColumn {
  before: Pick<RunColumn, "model" | "preset"> & { place: number }
  after: Pick<RunColumn, "model" | "preset"> & { place: number }
  gained: number
  lost: number
  same: number
  /** Cases of one run only. */
  added: number
  removed: number
  changed: ChangedCase[]
}
