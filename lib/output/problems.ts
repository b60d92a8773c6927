/** Schema validator findings as messages for users. */
import type { Sentence, Value, Values } from "@/lib/i18n/sentence.types"
import { renderSentence, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import type { OutputProblem } from "@/lib/messages/types"
import { escapePointer, type Finding, type Params } from "@/lib/output/schema/finding"

const MAX_CHARS = 300
const cut = (text: string) => (text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS).toWellFormed()}…` : text)

/** A problem with its English text. */
export function problemAt(path: string, key: SentenceKey, values?: Values): OutputProblem {
  const short = values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shortened(value)]))
  const said = sentence(key, short)
  return { path, message: cut(renderSentence(said)), sentence: said }
}

const shortened = (value: Value): Value => (typeof value === "string" ? cut(value) : value)

/** A finding as a problem with its place: a missing member at its object, an extra one at itself. */
export function toProblem({ instancePath, keyword, params: given, data }: Finding): OutputProblem {
  const extra = given.additionalProperty ?? given.unevaluatedProperty ?? given.propertyName
  const path = extra === undefined ? instancePath : `${instancePath}/${escapePointer(extra)}`
  const told = own(SENTENCES, keyword)
  return told ? problemAt(path, told[0], told[1]?.(given, data)) : problemAt(path, "problem:keyword", { keyword })
}

const limited = ({ limit = "" }: Params): Values => ({ limit })
const missing = ({ missingProperty = "", property = "" }: Params): Values => ({ name: missingProperty, property })

/** The sentence for each keyword, and its values. */
const SENTENCES: Record<string, [key: SentenceKey, values?: (params: Params, data: unknown) => Values]> = {
  required: ["problem:required", ({ missingProperty = "" }) => ({ name: missingProperty })],
  dependentRequired: ["problem:dependentRequired", missing],
  additionalProperties: ["problem:additionalProperties"],
  unevaluatedProperties: ["problem:additionalProperties"],
  propertyNames: ["problem:propertyNames"],
  type: [
    "problem:type",
    ({ type = [] }, data) => ({ wanted: { list: [type].flat().map(kind), as: "or" }, given: kindOf(data) }),
  ],
  enum: ["problem:enum", ({ allowedValues = [] }) => ({ values: allowedValues.map(jsonOf).join(", ") })],
  const: ["problem:const", ({ allowedValue }) => ({ value: jsonOf(allowedValue) })],
  minimum: ["problem:minimum", limited],
  maximum: ["problem:maximum", limited],
  exclusiveMinimum: ["problem:exclusiveMinimum", limited],
  exclusiveMaximum: ["problem:exclusiveMaximum", limited],
  multipleOf: ["problem:multipleOf", ({ multipleOf = 0 }) => ({ limit: multipleOf })],
  minLength: ["problem:minLength", limited],
  maxLength: ["problem:maxLength", limited],
  minItems: ["problem:minItems", limited],
  maxItems: ["problem:maxItems", limited],
  minProperties: ["problem:minProperties", limited],
  maxProperties: ["problem:maxProperties", limited],
  uniqueItems: ["problem:uniqueItems", ({ i, j }) => ({ first: Number(j) + 1, second: Number(i) + 1 })],
  pattern: ["problem:pattern", ({ pattern = "" }) => ({ pattern })],
  format: ["problem:format", ({ format = "" }) => ({ format: format.replaceAll("-", ""), name: format })],
  anyOf: ["problem:anyOf"],
  oneOf: ["problem:oneOf"],
  not: ["problem:not"],
  contains: ["problem:contains"],
  "false schema": ["problem:false"],
}

const jsonOf = (value: unknown) => JSON.stringify(value) ?? "undefined"

/** Own properties only: a format may be called “constructor”. */
const own = <Value>(table: Record<string, Value>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** A JSON type in everyday words. */
const kind = (type: string): Sentence => sentence("problem:kind", { type })

function kindOf(value: unknown): Value {
  if (value === null) return kind("null")
  if (Array.isArray(value)) return kind("array")
  return typeof value === "boolean" || typeof value === "number" ? String(value) : kind(typeof value)
}
