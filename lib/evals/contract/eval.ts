/** Evals, shared by server and page: questions with expectations for their answers. Safe to import on both sides. */
import { z } from "zod"

/** Limits: evals per user, cases per eval, columns per run, and stored runs. */
export const MAX_EVALS = 200
export const MAX_CASES = 500
export const MAX_COLUMNS = 4
export const MAX_RUNS = 100
/** Maximum number of cases added per request. */
export const MAX_CASES_ADDED = 100
/** Maximum length in characters of a question, of a system prompt, and of an expectation. */
export const MAX_QUESTION_CHARS = 20_000
export const MAX_SYSTEM_CHARS = 20_000
export const MAX_EXPECTED_CHARS = 20_000
export const MAX_PATTERN_CHARS = 1_000
export const MAX_RUBRIC_CHARS = 5_000
/** Number of cases in a trial run. */
export const TRIAL_CASES = 3

const expected = z.string().trim().min(1).max(MAX_EXPECTED_CHARS)

/** How an answer is checked. */
export const checkSchema = z.discriminatedUnion("kind", [
  /** No check: people choose between the answers. */
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("exact"), expected, matchCase: z.boolean() }),
  z.strictObject({ kind: z.literal("contains"), expected, matchCase: z.boolean() }),
  z.strictObject({ kind: z.literal("pattern"), pattern: z.string().min(1).max(MAX_PATTERN_CHARS) }),
  /** JSON that matches a schema, which is requested from the model; and equals this value if one is given. */
  z.strictObject({
    kind: z.literal("json"),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    schema: z.record(z.string(), z.unknown()),
    equals: z.strictObject({ value: z.json() }).optional(),
  }),
  z.strictObject({ kind: z.literal("judge"), rubric: z.string().trim().min(1).max(MAX_RUBRIC_CHARS) }),
])
export type EvalCheck = z.infer<typeof checkSchema>
export type CheckKind = EvalCheck["kind"]
export const CHECK_KINDS = ["exact", "contains", "pattern", "json", "judge", "none"] as const satisfies CheckKind[]

export const caseSchema = z.strictObject({
  id: z.uuid(),
  question: z.string().trim().min(1).max(MAX_QUESTION_CHARS),
  /** Its own system prompt; empty for none. */
  system: z.string().max(MAX_SYSTEM_CHARS).default(""),
  check: checkSchema,
})
export type EvalCase = z.infer<typeof caseSchema>

/** `none`: nothing is checked. `unjudged`: no verdict was possible, which is never a pass. */
export const VERDICTS = ["pass", "fail", "unjudged", "none"] as const
export type Verdict = (typeof VERDICTS)[number]

export const readVerdict = (stored: unknown): Verdict | null => VERDICTS.find((one) => one === stored) ?? null

/**
 * Notification for open pages: the answers of these questions in a run have changed (null: many, or the run itself).
 */
export interface EvalNews {
  /** ID of the eval. */
  id: string
  run: string | null
  rows: number[] | null
}
