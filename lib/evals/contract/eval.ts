/** An eval as the server and the page know it: questions with what is expected of their answers. Safe to import on both sides. */
import { z } from "zod"

/** Evals of a person, cases of one, columns of a run, runs that are kept. */
export const MOST_EVALS = 200
export const MOST_CASES = 500
export const MOST_COLUMNS = 4
export const MOST_RUNS = 100
/** Cases of one request that adds some. */
export const MOST_CASES_ADDED = 100
/** Characters of a question, of a system prompt, and of what is expected. */
export const MOST_QUESTION = 20_000
export const MOST_SYSTEM = 20_000
export const MOST_EXPECTED = 20_000
export const MOST_PATTERN = 1_000
export const MOST_RUBRIC = 5_000
/** Cases that are tried first. */
export const TRIED_CASES = 3

const expected = z.string().trim().min(1).max(MOST_EXPECTED)

/** How an answer is checked. */
export const checkSchema = z.discriminatedUnion("kind", [
  /** Not at all: answers are for people to choose between. */
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("exact"), expected, matchCase: z.boolean() }),
  z.strictObject({ kind: z.literal("contains"), expected, matchCase: z.boolean() }),
  z.strictObject({ kind: z.literal("pattern"), pattern: z.string().min(1).max(MOST_PATTERN) }),
  /** JSON that fits a schema, which the model is asked for; and equals this value, where it is given. */
  z.strictObject({
    kind: z.literal("json"),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    schema: z.record(z.string(), z.unknown()),
    equals: z.strictObject({ value: z.json() }).optional(),
  }),
  z.strictObject({ kind: z.literal("judge"), rubric: z.string().trim().min(1).max(MOST_RUBRIC) }),
])
export type EvalCheck = z.infer<typeof checkSchema>
export type CheckKind = EvalCheck["kind"]
export const CHECK_KINDS = ["exact", "contains", "pattern", "json", "judge", "none"] as const satisfies CheckKind[]

export const caseSchema = z.strictObject({
  id: z.uuid(),
  question: z.string().trim().min(1).max(MOST_QUESTION),
  /** A system prompt of its own; empty: none. */
  system: z.string().max(MOST_SYSTEM).default(""),
  check: checkSchema,
})
export type EvalCase = z.infer<typeof caseSchema>

/** `none`: nothing is checked. `unjudged`: nobody can say, which is never a pass. */
export const VERDICTS = ["pass", "fail", "unjudged", "none"] as const
export type Verdict = (typeof VERDICTS)[number]

export const readVerdict = (stored: unknown): Verdict | null => VERDICTS.find((one) => one === stored) ?? null

/** What an open page is told: these questions of a run have other answers now (null: many, or the run itself). */
export interface EvalNews {
  /** Of the eval. */
  id: string
  run: string | null
  rows: number[] | null
}
