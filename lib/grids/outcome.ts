/** Evaluates an answer received for a row. */
import type { Ending } from "@/lib/db/grids/answers"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"
import { isTooMuch } from "@/lib/json-shape"
import type { OutputCheck } from "@/lib/messages/types"
import { jsonIn } from "@/lib/output/json-in-text"

type Result = Pick<Ending, "state" | "result" | "problems" | "error">

/** The result of an answer: a value with its schema problems, or none, with a message saying why. */
export function resultOf(text: string, finishReason: string, check: OutputCheck): Result {
  const failed = (error: Sentence): Result => ({ state: "failed", error, problems: check.problems })
  if (finishReason === "content-filter") return failed(sentence("grid:answer/filtered"))
  if (finishReason === "length") return failed(sentence("grid:answer/cut"))
  const { json } = jsonIn(text)
  // Can be parsed, but not serialized again.
  if (isTooMuch(json, Number.POSITIVE_INFINITY)) return failed(sentence("grid:answer/deep"))
  let result: unknown
  try {
    result = JSON.parse(json)
  } catch {
    return failed(sentence(text.trim() ? "grid:answer/no_json" : "grid:answer/empty"))
  }
  return { state: "done", result: wrapped(result), problems: check.valid ? null : check.problems }
}

/** A JSON column can't distinguish a `null` value from a missing one. */
export const wrapped = (value: unknown): { value: unknown } => ({ value })

/** The value of a stored result; undefined if there is none. */
export function unwrapped(stored: unknown): unknown {
  return typeof stored === "object" && stored !== null && "value" in stored ? stored.value : undefined
}
