/**
 * Validates structured answers against their schema. A user's schema may make this run indefinitely, so it runs in
 * worker threads (lib/output/check.ts).
 */
import { createHash } from "node:crypto"
import { MAX_SCHEMA_CHARS } from "@/lib/limits"
import type { OutputCheck, OutputProblem, OutputRequest } from "@/lib/messages/types"
import { jsonIn } from "@/lib/output/json-in-text"
import { locateJsonError } from "@/lib/output/json-position"
import { readJson } from "@/lib/output/json-source"
import { problemAt, toProblem } from "@/lib/output/problems"
import { type Draft, draftFromSchemaUri, META_SCHEMAS, type Schema } from "@/lib/output/schema/dialect"
import { SchemaDocument, Unresolved } from "@/lib/output/schema/document"
import { Evaluation } from "@/lib/output/schema/evaluate"
import { escapePointer } from "@/lib/output/schema/finding"
import { UnusablePattern } from "@/lib/output/schema/patterns"
import { sourceProblems } from "@/lib/output/source-problems"
import { singleton } from "@/lib/singleton"

const MAX_DEPTH = 32
const MAX_PROBLEMS = 50

/** The meta-schema of each draft, ready for evaluation. */
const metaEvaluation = (draft: Draft) =>
  singleton(`schema-of-schemas-${draft}`, () => {
    const [meta = {}] = META_SCHEMAS[draft]
    return new Evaluation(new SchemaDocument(meta, draft), false)
  })

/** The first violation of the draft's meta-schema. */
function metaProblem(schema: Schema, draft: Draft): OutputProblem | null {
  const [finding] = metaEvaluation(draft).check(schema)
  return finding ? toProblem(finding) : null
}

/** The draft that it names; otherwise the newest draft in which it is valid (an array of `items` is draft-07). */
function draftOf(schema: Schema): Draft {
  const named = draftFromSchemaUri(schema.$schema)
  if (named) return named
  const older = !schema.$schema && metaProblem(schema, "2020-12") !== null && metaProblem(schema, "draft-07") === null
  return older ? "draft-07" : "2020-12"
}

/** Maximum number of prepared schemas cached per thread. */
const MAX_PREPARED = 32
const prepared = new Map<string, Evaluation>()

/** Prepares a schema, with an LRU cache per thread. Throws `Unresolved`, `UnusablePattern`. */
function prepare(schema: Schema): Evaluation {
  const key = createHash("sha256").update(JSON.stringify(schema)).digest("base64")
  const evaluation = prepared.get(key) ?? new Evaluation(new SchemaDocument(schema, draftOf(schema))).prepare()
  prepared.delete(key)
  prepared.set(key, evaluation)
  const [oldest] = prepared.keys()
  if (prepared.size > MAX_PREPARED && oldest !== undefined) prepared.delete(oldest)
  return evaluation
}

/** Number of cached schemas in this thread. */
export const preparedSchemas = (): number => prepared.size

/** Problems that keep a schema from being used, checked before anything is sent; empty if it is fine. */
export function checkSchema(schema: Schema): OutputProblem[] {
  // Depth first: nothing else can handle a schema that is too deep.
  const problem = walk(schema, "", 0)
  if (problem) return [problem]
  const size = JSON.stringify(schema).length
  if (size > MAX_SCHEMA_CHARS) return [problemAt("", "schema:too_long", { length: size, limit: MAX_SCHEMA_CHARS })]
  try {
    const invalid = metaProblem(schema, draftOf(schema))
    if (invalid) return [problemAt(invalid.path, "schema:problem", { problem: invalid.sentence ?? invalid.message })]
    prepare(schema)
    return []
  } catch (error) {
    return [unusable(error)]
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function unusable(error: unknown): OutputProblem {
  if (error instanceof UnusablePattern)
    return problemAt("", "schema:pattern", { pattern: error.pattern, reason: error.reason })
  if (error instanceof Unresolved && error.outside)
    return problemAt("", "schema:outside", { reference: error.reference })
  return problemAt("", "schema:reason", { reason: reasonOf(error) })
}

/** The first problem of each schema, or null. */
export const checkSchemas = (schemas: Schema[]): (OutputProblem | null)[] =>
  schemas.map((schema) => checkSchema(schema)[0] ?? null)

/** Finds nesting too deep for the other checks. */
function walk(value: unknown, path: string, depth: number): OutputProblem | null {
  if (typeof value !== "object" || value === null) return null
  if (depth > MAX_DEPTH) return problemAt(path, "schema:too_deep", { limit: MAX_DEPTH })
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${escapePointer(key)}`
    const problem = walk(member, at, depth + 1)
    if (problem) return problem
  }
  return null
}

const failed = (problem: OutputProblem): OutputCheck => ({ valid: false, problems: [problem] })

/**
 * Checks whether the JSON in this answer is complete and valid. At most 50 problems, each with its place. A number that
 * a double can't represent is a problem: its validity can't be determined.
 */
export function validateOutput(text: string, request: OutputRequest): OutputCheck {
  const { json } = jsonIn(text)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return failed(locateJsonError(json))
  }
  if (request.type === "json" && (typeof value !== "object" || value === null))
    return failed(problemAt("", "check:no_object"))
  try {
    const found = [
      ...sourceProblems(readJson(json).value, MAX_PROBLEMS),
      ...(request.type === "json" ? [] : schemaProblems(value, request.schema)),
    ].slice(0, MAX_PROBLEMS)
    return { valid: found.length === 0, problems: found }
  } catch (error) {
    if (error instanceof RangeError) return failed(problemAt("", "check:too_deep"))
    return failed(problemAt("", "check:schema", { reason: reasonOf(error) }))
  }
}

function schemaProblems(value: unknown, schema: Schema): OutputProblem[] {
  return prepare(schema).check(value).slice(0, MAX_PROBLEMS).map(toProblem)
}
