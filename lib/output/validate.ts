/**
 * Structured answers against their schema. A schema comes from a person, and may make all of this take without end: it
 * is done by worker threads (lib/output/check.ts).
 */
import { createHash } from "node:crypto"
import { Ajv, type ErrorObject, type Options, type ValidateFunction } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { RE2JS } from "re2js"
import type { OutputCheck, OutputProblem, OutputRequest } from "@/lib/messages/types"
import { hasInheritedName, renamed, withOwnNames } from "@/lib/output/inherited-names"
import { jsonIn } from "@/lib/output/json-in-text"
import { whereJsonStops } from "@/lib/output/json-position"
import { readJson } from "@/lib/output/json-source"
import { escapePointer, problemAt, toProblem } from "@/lib/output/problems"
import { sourceProblems } from "@/lib/output/source-problems"
import { singleton } from "@/lib/singleton"

/** Characters of a schema as text. */
export const MAX_SCHEMA_CHARS = 64_000
const MAX_DEPTH = 32
const MAX_PROBLEMS = 50

type Schema = Record<string, unknown>

class UnusablePattern extends Error {
  constructor(
    readonly pattern: string,
    readonly reason: string,
    cause: unknown,
  ) {
    super(`the pattern ${pattern} can't be used (${reason})`, { cause })
  }
}

/** What an engine of linear time can't do: looking ahead and behind, and back at a group. */
const NEEDS_BACKTRACKING = /\(\?<?[=!]|\\[1-9]|\\k</

/**
 * Patterns run on an engine of linear time: `(a+)+$` from a person must not hold anything up. Those that it can't do run
 * on JavaScript's own, which may go on without end: the deadline of the thread ends it.
 */
const linearRegExp = (pattern: string) => {
  try {
    if (NEEDS_BACKTRACKING.test(pattern)) return new RegExp(pattern, "u")
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern))
    // ajv keeps compiled patterns by their string form.
    return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace("error parsing regexp: ", "") : String(cause)
    throw new UnusablePattern(pattern, reason, cause)
  }
}
linearRegExp.code = "linearRegExp"

const OPTIONS: Options = {
  allErrors: true,
  verbose: true,
  strict: false,
  logger: false,
  // Done once, before anything is sent: against a validator that is kept, which is 20 times faster.
  validateSchema: false,
  code: { regExp: linearRegExp },
}

type Draft = "2020-12" | "draft-07"

const makeValidator = (draft: Draft) =>
  formats.default(draft === "2020-12" ? new Ajv2020(OPTIONS) : new Ajv(OPTIONS), { mode: "fast" })

/** The two that know whether a schema is one. They keep nothing of it. */
const metaValidator = (draft: Draft) => singleton(`schema-validator-${draft}`, () => makeValidator(draft))

/** What is no schema in this draft, the first place only; the draft itself may be one that is not known here. */
function metaProblem({ $schema: _draft, ...schema }: Schema, draft: Draft): OutputProblem | null {
  const ajv = metaValidator(draft)
  if (ajv.validateSchema(schema)) return null
  const [error] = ajv.errors ?? []
  return error ? toProblem(error) : problemAt("", "schema:none")
}

/** The draft that it names; without a name the newest in which it is a schema (a list of `items` is draft-07). */
function draftOf(schema: Schema): Draft {
  if (/draft-0[3-7]/.test(String(schema.$schema))) return "draft-07"
  const older = !schema.$schema && metaProblem(schema, "2020-12") !== null && metaProblem(schema, "draft-07") === null
  return older ? "draft-07" : "2020-12"
}

/** Schemas that stay compiled in a thread. */
const MOST_COMPILED = 32
const compiled = new Map<string, ValidateFunction>()

/** Compiled once in a thread, while it is among those that were used last. */
function compile({ $schema: _draft, ...schema }: Schema, draft: Draft): ValidateFunction {
  const key = createHash("sha256")
    .update(`${draft} ${JSON.stringify(schema)}`)
    .digest("base64")
  const validate = compiled.get(key) ?? makeValidator(draft).compile(schema)
  compiled.delete(key)
  compiled.set(key, validate)
  const [oldest] = compiled.keys()
  if (compiled.size > MOST_COMPILED && oldest !== undefined) compiled.delete(oldest)
  return validate
}

/** How many schemas stay compiled here. */
export const compiledSchemas = (): number => compiled.size

/** What keeps a schema from being used, before anything is sent; empty when it is fine. */
export function checkSchema(schema: Schema): OutputProblem[] {
  // Depth first: what is too deep can't be looked at in any other way.
  const problem = walk(schema, "", 0)
  if (problem) return [problem]
  const size = JSON.stringify(schema).length
  if (size > MAX_SCHEMA_CHARS) return [problemAt("", "schema:too_long", { length: size, limit: MAX_SCHEMA_CHARS })]
  try {
    const draft = draftOf(schema)
    const invalid = metaProblem(schema, draft)
    if (invalid) return [problemAt(invalid.path, "schema:problem", { problem: invalid.sentence ?? invalid.message })]
    compile(schema, draft)
    return []
  } catch (error) {
    return [unusable(error)]
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const unusable = (error: unknown): OutputProblem =>
  error instanceof UnusablePattern
    ? problemAt("", "schema:pattern", { pattern: error.pattern, reason: error.reason })
    : problemAt("", "schema:reason", { reason: reasonOf(error) })

/** The first problem of each schema, or null. */
export const checkSchemas = (schemas: Schema[]): (OutputProblem | null)[] =>
  schemas.map((schema) => checkSchema(schema)[0] ?? null)

/** Fireworks takes local references only; what is asynchronous or too deep is not for this validator. */
function walk(value: unknown, path: string, depth: number): OutputProblem | null {
  if (typeof value !== "object" || value === null) return null
  if (depth > MAX_DEPTH) return problemAt(path, "schema:too_deep", { limit: MAX_DEPTH })
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${escapePointer(key)}`
    if (key === "$ref" && typeof member === "string" && !member.startsWith("#"))
      return problemAt(at, "schema:outside", { reference: member })
    if (key === "$async" && member === true) return problemAt(at, "schema:asynchronous")
    const problem = walk(member, at, depth + 1)
    if (problem) return problem
  }
  return null
}

const failed = (problem: OutputProblem): OutputCheck => ({ valid: false, problems: [problem] })

/**
 * Is the JSON in this answer whole, and does it fit? At most 50 problems, each at its place. A number that a double can't
 * hold is a problem: nobody can tell whether it fits.
 */
export function validateOutput(text: string, request: OutputRequest): OutputCheck {
  const { json } = jsonIn(text)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return failed(whereJsonStops(json))
  }
  if (request.type === "json" && (typeof value !== "object" || value === null))
    return failed(problemAt("", "check:no_object"))
  try {
    const found = [
      ...sourceProblems(readJson(json).value, MAX_PROBLEMS),
      ...(request.type === "json" ? [] : schemaProblems(json, value, request.schema)),
    ].slice(0, MAX_PROBLEMS)
    return { valid: found.length === 0, problems: found }
  } catch (error) {
    if (error instanceof RangeError) return failed(problemAt("", "check:too_deep"))
    return failed(problemAt("", "check:schema", { reason: reasonOf(error) }))
  }
}

function schemaProblems(json: string, value: unknown, schema: Schema): OutputProblem[] {
  const inherited = hasInheritedName(json) || hasInheritedName(JSON.stringify(schema))
  const validate = compile(inherited ? renamedSchema(schema) : schema, draftOf(schema))
  if (validate(inherited ? renamed(value) : value)) return []
  const problems = problemsOf(validate.errors ?? [])
  return inherited ? problems.map(withOwnNames) : problems
}

const renamedSchema = (schema: Schema): Schema =>
  Object.fromEntries(Object.entries(schema).map(([keyword, part]) => [keyword, renamed(part)]))

/** A condition that failed says nothing beside what it asked for. */
function problemsOf(errors: ErrorObject[]): OutputProblem[] {
  const telling = errors.filter(({ keyword }) => keyword !== "if")
  return (telling.length > 0 ? telling : errors).slice(0, MAX_PROBLEMS).map(toProblem)
}
