/** Checks schemas and answers in worker threads: a user's schema may need any amount of time and memory. */

import { AppError } from "@/lib/http/errors"
import type { SentenceKey } from "@/lib/i18n/sentences"
import type { OutputCheck, OutputProblem, OutputRequest } from "@/lib/messages/types"
import { problemAt } from "@/lib/output/problems"
import { work } from "@/lib/work/work"

/** Time limits in milliseconds, for checking a schema and for checking an answer against its schema. */
const SCHEMA_MS = 1_500
const ANSWER_MS = 2_000
const LIST_MS = 500

/**
 * Throws `output:schema_invalid` when the requested schema is invalid or takes too long to compile; its `details` say
 * where. Throws `work:busy` when too many checks are running.
 */
export async function checkOutput(person: string, output: OutputRequest | null | undefined): Promise<void> {
  if (output?.type !== "json_schema") return
  const problem = await schemaProblem(person, output.schema)
  if (problem)
    throw new AppError("output:schema_invalid", {
      values: { path: problem.path || "none", problem: problem.sentence ?? problem.message },
      details: { path: problem.path },
    })
}

/** Why a user's schema can't be used, or null. Throws `work:busy` when too many checks are running. */
export async function schemaProblem(person: string, schema: Record<string, unknown>): Promise<OutputProblem | null> {
  const [problem] = await work("checkSchema", { person, ms: SCHEMA_MS }, schema).catch((error: unknown) => {
    if (isTooMuch(error)) return [problemAt("", "schema:too_complicated")]
    throw error
  })
  return problem ?? null
}

/**
 * The first problem of each of a user's schemas, or null. All null when there are too many, or when one is too complex
 * to check in half a second: an invalid schema is rejected when it is used. Never throws.
 */
export async function problemsOf(
  person: string,
  schemas: Record<string, unknown>[],
): Promise<(OutputProblem | null)[]> {
  if (schemas.length === 0) return []
  return work("checkSchemas", { person, ms: LIST_MS }, schemas).catch(() => schemas.map(() => null))
}

const isTooMuch = (error: unknown) => error instanceof AppError && error.code === "work:too_much"

const unchecked = (key: SentenceKey): OutputCheck => ({ valid: false, problems: [problemAt("", key)] })

/**
 * Checks whether an answer is JSON and matches its schema. At most 50 problems, each with its place. Never throws: the
 * result may be that it can't tell.
 */
export async function checkAnswer(person: string, text: string, output: OutputRequest): Promise<OutputCheck> {
  try {
    return await work("validateOutput", { person, ms: ANSWER_MS }, text, output)
  } catch (error) {
    if (isTooMuch(error)) return unchecked("check:too_complicated")
    return unchecked(error instanceof AppError && error.code === "work:busy" ? "check:busy" : "check:failed")
  }
}
