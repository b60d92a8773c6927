/** A grid as the server and the page know it: one schema over many inputs. Safe to import on both sides. */
import { z } from "zod"

/** Rows of a grid, grids of a person, models that answer each row. */
export const MOST_ROWS = 5_000
export const MOST_GRIDS = 200
export const MOST_MODELS = 2
/** Rows of one request that adds some. */
export const MOST_ROWS_ADDED = 500
/** Characters of a row that is text, and of instructions. */
export const MOST_ROW_CHARACTERS = 100_000
/** Characters of all inputs of a grid, as JSON. */
export const MOST_GRID_CHARACTERS = 25_000_000
export const MOST_INSTRUCTIONS = 20_000
export const MOST_COLUMNS = 100
/** Rows that can be read at once. */
export const MOST_ROWS_READ = 200
/** Rows that are tried first. */
export const TRIED_ROWS = 3

export const GRID_STATES = ["ready", "running", "paused", "done"] as const
export type GridState = (typeof GRID_STATES)[number]
export const ANSWER_STATES = ["waiting", "running", "done", "failed", "skipped"] as const
export type AnswerState = (typeof ANSWER_STATES)[number]

/** How the answers of one model stand. */
export interface PlaceProgress {
  counts: Record<AnswerState, number>
  /** Of those that are done: they don't fit the schema. */
  withProblems: number
  inputTokens: number
  outputTokens: number
  /** US dollars of the answers whose price is known. */
  costUsd: number
  /** Answers that cost something nobody knows. */
  unpriced: number
}

export interface GridProgress {
  state: GridState
  /** Rows that may be asked, from the first; null: all. */
  upTo: number | null
  rows: number
  /** By the grid's models. */
  places: PlaceProgress[]
  /** US dollars for all rows, from what was measured so far; null while nothing was. */
  expectedUsd: number | null
  /** From the answers of the last minute; null while none has ended. */
  secondsLeft: number | null
  /** Why it is paused, in the reader's language; null: its person paused it. */
  stopped: string | null
}

/** What a grid's open pages are told: these rows are others now (null: many), and how all stand. */
export interface GridNews {
  id: string
  rows: number[] | null
  /** Null: it was deleted. */
  progress: GridProgress | null
}

/** An input of a row. */
export const gridInputSchema = z.union([
  z.strictObject({ text: z.string().min(1).max(MOST_ROW_CHARACTERS) }),
  /** One of each column of the grid. */
  z.strictObject({ fields: z.array(z.string().max(MOST_ROW_CHARACTERS)).min(1).max(MOST_COLUMNS) }),
  z.strictObject({ imageId: z.uuid(), name: z.string().max(255) }),
  z.strictObject({ documentId: z.uuid(), page: z.number().int().min(1).max(100_000), name: z.string().max(255) }),
])
export type GridInput = z.infer<typeof gridInputSchema>
