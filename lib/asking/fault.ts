/** Decides what a failed attempt means: a retry later, a failure, or the end of the whole run. */
import { APICallError } from "ai"
import { isRetryableCode, toUpstreamError } from "@/lib/ai/upstream/upstream-errors"
import { retryAfterMs } from "@/lib/asking/pace"
import type { AppError } from "@/lib/http/errors"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"

/** Attempts before a row fails, and milliseconds before the second, third, … */
export const MAX_TRIES = 5
const WAITS_MS = [1_000, 4_000, 16_000, 60_000]

/** The server is at capacity: every row waits, and no attempt is counted. */
const NO_ROOM = new Set(["upstream:rate_limit", "upstream:overloaded", "upstream:scaling_up"])
/** Errors that would be the same for every row. */
const OF_ALL = new Set([
  "upstream:auth",
  "upstream:billing",
  "upstream:blocked",
  "upstream:region",
  "upstream:model_not_found",
  "upstream:model_failed",
  "upstream:wrong_address",
  "upstream:redirected",
  "own_key:unreadable",
  "model:not_offered",
  "model:unknown",
])

export type Fault =
  | { kind: "no room"; error: AppError; retryAfterMs: number | null }
  | { kind: "of all"; error: AppError }
  | { kind: "again"; error: AppError; waitMs: number }
  | { kind: "final"; error: AppError }

/** `attempt`: 1 for the first. `random`: from 0 to 1, so that rows that failed together don't retry together. */
export function faultOfTry(thrown: unknown, attempt: number, random = Math.random()): Fault {
  const error = toUpstreamError(thrown)
  if (NO_ROOM.has(error.code)) return { kind: "no room", error, retryAfterMs: retryAfterMs(headerOf(thrown)) }
  if (OF_ALL.has(error.code)) return { kind: "of all", error }
  const again = error.code.startsWith("upstream:") && isRetryableCode(error.code) && attempt < MAX_TRIES
  if (!again) return { kind: "final", error }
  const wait = WAITS_MS[attempt - 1] ?? WAITS_MS.at(-1) ?? 0
  return { kind: "again", error, waitMs: wait * (0.75 + random / 2) }
}

const headerOf = (thrown: unknown): string | undefined =>
  APICallError.isInstance(thrown) ? thrown.responseHeaders?.["retry-after"] : undefined

/** A sentence in the form stored with a row. */
export const storedSentence = ({ sentence: said }: AppError): Sentence => said

/** A stored sentence; null if there is none that can be read. */
export const parseSentence = (stored: unknown): Sentence | null => sentenceSchema.safeParse(stored).data ?? null
