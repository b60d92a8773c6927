/** What a schema validator finds, in a person's words. */
import type { ErrorObject } from "ajv"
import { z } from "zod"
import type { OutputProblem } from "@/lib/messages/types"

const MAX_CHARS = 300

export const escapePointer = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1")

/** The parameters that the words below use; ajv types them by keyword only for schemas it knows. */
const params = z
  .object({
    missingProperty: z.string(),
    additionalProperty: z.string(),
    unevaluatedProperty: z.string(),
    property: z.string(),
    deps: z.string(),
    propertyName: z.string(),
    allowedValues: z.array(z.unknown()),
    allowedValue: z.unknown(),
    type: z.union([z.string(), z.array(z.string())]),
    limit: z.union([z.number(), z.string()]),
    comparison: z.string(),
    multipleOf: z.number(),
    pattern: z.string(),
    format: z.string(),
    i: z.number(),
    j: z.number(),
  })
  .partial()
type Params = z.infer<typeof params>

/** A problem at its place: what is missing at the object that lacks it, what is too much at itself. */
export function toProblem({ instancePath, keyword, message, params: raw, data }: ErrorObject): OutputProblem {
  const given = params.catch({}).parse(raw)
  const extra = given.additionalProperty ?? given.unevaluatedProperty ?? given.propertyName
  const path = extra === undefined ? instancePath : `${instancePath}/${escapePointer(extra)}`
  const words = (own(WORDS, keyword) ?? (() => message ?? `breaks “${keyword}”`))(given, data)
  return { path, message: words.length > MAX_CHARS ? `${words.slice(0, MAX_CHARS).toWellFormed()}…` : words }
}

const WORDS: Record<string, (params: Params, data: unknown) => string> = {
  required: ({ missingProperty }) => `“${missingProperty}” is missing`,
  dependentRequired: ({ missingProperty, property }) => `“${missingProperty}” is missing; “${property}” asks for it`,
  dependencies: ({ missingProperty, property }) => `“${missingProperty}” is missing; “${property}” asks for it`,
  additionalProperties: () => "is not part of the schema",
  unevaluatedProperties: () => "is not part of the schema",
  propertyNames: () => "this name is not allowed",
  type: ({ type = [] }, data) => `must be ${[type].flat().map(nameOfType).join(" or ")}, not ${nameOfValue(data)}`,
  enum: ({ allowedValues = [] }) => `must be one of ${allowedValues.map((value) => JSON.stringify(value)).join(", ")}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${limit}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${multipleOf}`,
  minLength: ({ limit }) => `must have at least ${count(limit, "character")}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, "character")}`,
  minItems: ({ limit }) => `must have at least ${count(limit, "item")}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, "item")}`,
  minProperties: ({ limit }) => `must have at least ${count(limit, "member")}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, "member")}`,
  uniqueItems: ({ i, j }) => `items ${Number(j) + 1} and ${Number(i) + 1} are the same`,
  pattern: ({ pattern }) => `must match the pattern ${pattern}`,
  format: ({ format = "" }) => `must be ${own(FORMATS, format) ?? `of the format “${format}”`}`,
  anyOf: () => "fits none of the forms that the schema allows",
  oneOf: () => "must fit exactly one of the forms that the schema allows",
  not: () => "is what the schema rules out",
  if: () => "breaks a condition of the schema",
  contains: () => "holds none of the items that the schema asks for",
  "false schema": () => "is not allowed here",
}

/** Not what every object inherits: a format may be called “constructor”. */
const own = <Value>(table: Record<string, Value>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const count = (limit: unknown, unit: string) => `${limit} ${unit}${limit === 1 ? "" : "s"}`

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
}
const nameOfType = (type: string) => own(TYPES, type) ?? type

function nameOfValue(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  return typeof value === "boolean" || typeof value === "number" ? String(value) : nameOfType(typeof value)
}

const FORMATS: Record<string, string> = {
  date: "a date such as 2026-11-23",
  time: "a time such as 14:30:00Z",
  "date-time": "a date and time such as 2026-11-23T14:30:00Z",
  email: "an e-mail address",
  uri: "a web address",
  url: "a web address",
  uuid: "a UUID",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
}
