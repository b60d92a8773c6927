/** Grids, shared by server and page: one schema applied to many inputs. Safe to import on both sides. */
import { z } from "zod"

/** Limits: rows per grid, grids per user, models that answer each row. */
export const MAX_ROWS = 5_000
export const MAX_GRIDS = 200
export const MAX_MODELS = 2
/** Maximum number of rows added per request. */
export const MAX_ROWS_ADDED = 500
/** Maximum length in characters of a text row, and of instructions. */
export const MAX_ROW_CHARS = 100_000
/** Maximum number of characters of all inputs of a grid, as JSON. */
export const MAX_GRID_CHARS = 25_000_000
export const MAX_INSTRUCTION_CHARS = 20_000
export const MAX_COLUMNS = 100
/** Maximum number of rows read per request. */
export const MAX_ROWS_READ = 200
/** Number of rows in a trial run. */
export const TRIAL_ROWS = 3

export const GRID_STATES = ["ready", "running", "paused", "done"] as const
export type GridState = (typeof GRID_STATES)[number]
export const ANSWER_STATES = ["waiting", "running", "done", "failed", "skipped"] as const
export type AnswerState = (typeof ANSWER_STATES)[number]

/** The state of one model's answers. */
export interface PlaceProgress {
  counts: Record<AnswerState, number>
  /** Of the finished ones, those that don't match the schema. */
  withProblems: number
  inputTokens: number
  outputTokens: number
  /** US dollars for the answers with a known price. */
  costUsd: number
  /** Answers with an unknown cost. */
  unpriced: number
}

export interface GridProgress {
  state: GridState
  /** How many rows may be asked, from the first; null for all. */
  upTo: number | null
  rows: number
  /** In the order of the grid's models. */
  places: PlaceProgress[]
  /** Estimated cost in US dollars for all rows, from the measurements so far; null while there are none. */
  expectedUsd: number | null
  /** Based on the answers of the last minute; null while none has finished. */
  secondsLeft: number | null
  /** Why it is paused, in the reader's language; null if the user paused it. */
  stopped: string | null
}

/** Notification for a grid's open pages: these rows have changed (null: many), and the overall progress. */
export interface GridNews {
  id: string
  rows: number[] | null
  /** Null if the grid was deleted. */
  progress: GridProgress | null
}

/** The input of a row. */
export const gridInputSchema = z.union([
  z.strictObject({ text: z.string().min(1).max(MAX_ROW_CHARS) }),
  /** One value per column of the grid. */
  z.strictObject({ fields: z.array(z.string().max(MAX_ROW_CHARS)).min(1).max(MAX_COLUMNS) }),
  z.strictObject({ imageId: z.uuid(), name: z.string().max(255) }),
  z.strictObject({ documentId: z.uuid(), page: z.number().int().min(1).max(100_000), name: z.string().max(255) }),
])
export type GridInput = z.infer<typeof gridInputSchema>
