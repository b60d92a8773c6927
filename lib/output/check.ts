/** Schemas and answers, checked by worker threads: a person's schema may ask for any amount of time and memory. */

import { AppError } from "@/lib/http/errors"
import type { SentenceKey } from "@/lib/i18n/sentences"
import type { OutputCheck, OutputProblem, OutputRequest } from "@/lib/messages/types"
import { problemAt } from "@/lib/output/problems"
import { work } from "@/lib/work/work"

/** Milliseconds that a schema, and an answer with its schema, may take. */
const SCHEMA_MS = 1_500
const ANSWER_MS = 2_000
const LIST_MS = 500

/**
 * Throws `output:schema_invalid` when the schema that is asked for is none, or takes too long to be used; its `details`
 * say where. `work:busy` when too much is being checked.
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

/** What keeps a person's schema from being used, or null. `work:busy` when too much is being checked. */
export async function schemaProblem(person: string, schema: Record<string, unknown>): Promise<OutputProblem | null> {
  const [problem] = await work("checkSchema", { person, ms: SCHEMA_MS }, schema).catch((error: unknown) => {
    if (isTooMuch(error)) return [problemAt("", "schema:too_complicated")]
    throw error
  })
  return problem ?? null
}

/**
 * The first problem of each of a person's schemas, or null. All null when there are too many, or one is too complicated
 * to tell in half a second: what is wrong is refused when it is used. Never throws.
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

/** Is this answer JSON, and does it fit? At most 50 problems, each at its place. Never throws: it may say that it can't tell. */
export async function checkAnswer(person: string, text: string, output: OutputRequest): Promise<OutputCheck> {
  try {
    return await work("validateOutput", { person, ms: ANSWER_MS }, text, output)
  } catch (error) {
    if (isTooMuch(error)) return unchecked("check:too_complicated")
    return unchecked(error instanceof AppError && error.code === "work:busy" ? "check:busy" : "check:failed")
  }
}
