/** Structured answers against their schema. A schema comes from a person: it is bounded before it is compiled. */
import { Ajv, type ErrorObject, type Options } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import formats from "ajv-formats"
import { RE2JS } from "re2js"
import type { OutputCheck, OutputProblem, OutputRequest } from "@/lib/chat/types"
import { whereJsonStops } from "@/lib/output/json-position"

/** Characters of a schema as text. */
export const MAX_SCHEMA_CHARS = 64_000
const MAX_DEPTH = 32
const MAX_PROBLEMS = 50

type Schema = Record<string, unknown>

/** Patterns run on an engine of linear time: `(a+)+$` from a person must not hold up the server. */
const linearRegExp = (pattern: string) => {
  const compiled = RE2JS.compile(pattern)
  // ajv keeps compiled patterns by their string form.
  return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern }
}
linearRegExp.code = "linearRegExp"

function compile(schema: Schema) {
  const options: Options = {
    allErrors: true,
    strict: false,
    logger: false,
    code: { regExp: linearRegExp },
  }
  const ajv = String(schema.$schema ?? "").includes("draft-07") ? new Ajv(options) : new Ajv2020(options)
  formats.default(ajv, { mode: "fast" })
  // Its draft may be one that this validator has no meta-schema for; the keywords are the same.
  const { $schema: _draft, ...rest } = schema
  return ajv.compile(rest)
}

/** What keeps a schema from being used, before anything is sent; empty when it is fine. */
export function checkSchema(schema: Schema): OutputProblem[] {
  const size = JSON.stringify(schema).length
  if (size > MAX_SCHEMA_CHARS)
    return [
      {
        path: "",
        message: `it has ${size.toLocaleString("en")} characters; the limit is ${MAX_SCHEMA_CHARS.toLocaleString("en")}.`,
      },
    ]
  const problem = walk(schema, "", 0)
  if (problem) return [problem]
  try {
    compile(schema)
    return []
  } catch (error) {
    return [{ path: "", message: `${error instanceof Error ? error.message : String(error)}.` }]
  }
}

/** Fireworks takes local references only; what is asynchronous or too deep is not for this validator. */
function walk(value: unknown, path: string, depth: number): OutputProblem | null {
  if (typeof value !== "object" || value === null) return null
  if (depth > MAX_DEPTH) return { path, message: `it is nested deeper than ${MAX_DEPTH} levels.` }
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${escapePointer(key)}`
    if (key === "$ref" && typeof member === "string" && !member.startsWith("#"))
      return { path: at, message: `“${member}” points outside the schema; only references that start with # work.` }
    if (key === "$async") return { path: at, message: "asynchronous schemas are not supported." }
    const problem = walk(member, at, depth + 1)
    if (problem) return problem
  }
  return null
}

const escapePointer = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1")

/** Is this answer JSON, and does it fit? At most 50 problems, each at its place. */
export function validateOutput(text: string, request: OutputRequest): OutputCheck {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { valid: false, problems: [{ path: "", message: whereJsonStops(text) }] }
  }
  if (request.type === "json") {
    const isObject = typeof value === "object" && value !== null
    return isObject
      ? { valid: true, problems: [] }
      : { valid: false, problems: [{ path: "", message: "is not an object or a list" }] }
  }
  try {
    const validate = compile(request.schema)
    if (validate(value)) return { valid: true, problems: [] }
    const problems = (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(toProblem)
    return { valid: false, problems }
  } catch (error) {
    return {
      valid: false,
      problems: [
        { path: "", message: `the schema can't be used: ${error instanceof Error ? error.message : String(error)}` },
      ],
    }
  }
}

/** ajv's words, with the name of the member where they leave it out. */
function toProblem({ instancePath, keyword, message, params }: ErrorObject): OutputProblem {
  if (keyword === "required") return { path: instancePath, message: `“${params.missingProperty}” is missing` }
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    const name = String(params.additionalProperty ?? params.unevaluatedProperty)
    return { path: `${instancePath}/${escapePointer(name)}`, message: "is not part of the schema" }
  }
  if (keyword === "enum" && Array.isArray(params.allowedValues))
    return {
      path: instancePath,
      message: `must be one of ${params.allowedValues.map((value) => JSON.stringify(value)).join(", ")}`,
    }
  return { path: instancePath, message: message ?? `breaks “${keyword}”` }
}
