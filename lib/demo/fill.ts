/** JSON that matches a schema, with values from a text if available, otherwise generated within the bounds. */
import { distinct } from "@/lib/demo/distinct"
import {
  bound,
  clamp,
  fillNumber,
  fillString,
  isAffirmed,
  lookUp,
  mentioned,
  pick,
  type Source,
} from "@/lib/demo/fill-values"
import { build, matcherOf } from "@/lib/demo/pattern"
import { placesOf } from "@/lib/demo/places"
import { rowsOf } from "@/lib/demo/rows"
import {
  type Budget,
  isSchema,
  type Json,
  listOf,
  numberOr,
  type Schema,
  settle,
  subSchema,
  toJson,
  typeOf,
} from "@/lib/demo/schema"
import { keyTerms, numbersOf } from "@/lib/demo/words/words"
import { validateOutput } from "@/lib/output/validate"

/** Values per answer, and steps through references: this is where a recursive schema ends. */
const MAX_NODES = 2_000
const MAX_DEPTH = 12
/** Depth from which only required members are filled, and null is used if allowed. */
const DEEP = 3
/** Characters of the text that are searched. */
const LONGEST_TEXT = 16_000

interface Filling extends Source {
  root: Schema
  budget: Budget
  /** Which of several alternatives is used, counting from the best match. */
  turn: number
}

/** With facts first; if the result doesn't match, without them, with other alternatives, and other sizes. */
const ATTEMPTS: { facts: boolean; turn: number; size: Source["size"] }[] = [
  { facts: true, turn: 0, size: "usual" },
  { facts: true, turn: 1, size: "usual" },
  { facts: false, turn: 0, size: "usual" },
  { facts: false, turn: 0, size: "small" },
  { facts: false, turn: 1, size: "large" },
  { facts: false, turn: 0, size: "large" },
  { facts: false, turn: 1, size: "small" },
  { facts: false, turn: 2, size: "usual" },
]

/**
 * A value for `schema`, as JSON indented by two spaces, validated against it. If no attempt matches (an unsatisfiable
 * schema, or a rule beyond this model), returns the first. Throws `WireError` 400 for an invalid pattern.
 */
export function fillSchema(schema: Schema, text: string): string {
  checkPatterns(schema)
  let first: string | undefined
  for (const { facts, turn, size } of ATTEMPTS) {
    const json = JSON.stringify(fillOnce(schema, facts ? text.slice(0, LONGEST_TEXT) : "", turn, size), null, 2)
    first ??= json
    if (validateOutput(json, { type: "json_schema", name: "answer", schema }).valid) return json
  }
  return first ?? "null"
}

function fillOnce(root: Schema, text: string, turn: number, size: Source["size"]): Json {
  const budget = { left: MAX_NODES }
  return fill(root, "", { root, text, turn, size, budget, numbers: numbersOf(text), found: new Map() }, 0)
}

function checkPatterns(value: unknown, depth = 0): void {
  if (typeof value !== "object" || value === null || depth > 100) return
  for (const [key, member] of Object.entries(value)) {
    if (key === "pattern" && typeof member === "string") matcherOf(member)
    if (key === "patternProperties" && isSchema(member)) Object.keys(member).forEach(matcherOf)
    checkPatterns(member, depth + 1)
  }
}

/** The alternative that the text mentions, or else the first that is not null; at depth `DEEP`, null. */
function settled(schema: Schema, filling: Filling, depth: number): Schema {
  const choose = (alternatives: Schema[]) => {
    const nothing = alternatives.find(({ type }) => type === "null")
    if (nothing && depth >= DEEP) return nothing
    const some = alternatives.filter((alternative) => alternative !== nothing)
    const spoken = some.findIndex((alternative) => mentioned(marksOf(alternative, filling.root), filling.text) !== null)
    return some[(Math.max(spoken, 0) + filling.turn) % some.length] ?? nothing
  }
  return settle(schema, filling.root, choose, filling.budget)
}

/** The constants that distinguish one alternative from the others. */
function marksOf(alternative: Schema, root: Schema): unknown[] {
  const { properties } =
    typeof alternative.$ref === "string" ? settle(alternative, root, () => undefined, { left: 4 }) : alternative
  const members = isSchema(properties) ? Object.values(properties).filter(isSchema) : [alternative]
  return members.flatMap((member) => ("const" in member ? [member.const] : listOf(member.enum)))
}

function fill(given: Schema, name: string, filling: Filling, depth: number): Json {
  const schema = settled(given, filling, depth)
  filling.budget.left--
  if ("const" in schema) return toJson(schema.const)
  if (Array.isArray(schema.enum)) return pick(schema.enum, filling.text)
  const type = typeOf(schema, depth >= DEEP)
  if (type === "object") return fillObject(schema, filling, depth)
  if (type === "array") return fillArray(schema, name, filling, depth)
  if (type === "string") return fillString(schema, name, filling)
  if (type === "integer" || type === "number") return fillNumber(schema, name, filling, type)
  return type === "boolean" ? isAffirmed(filling.text, name) : null
}

function fillObject(schema: Schema, filling: Filling, depth: number): Json {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = listOf(schema.required).filter((name) => typeof name === "string")
  const members = new Map<string, Json>()
  const add = (name: string) => {
    const member = memberSchema(schema, properties, name)
    if (member && filling.budget.left > 0 && depth < MAX_DEPTH)
      members.set(name, fill(member, name, filling, depth + 1))
  }
  for (const name of new Set([...Object.keys(properties), ...required]))
    if (required.includes(name) || (depth < DEEP && worthFilling(properties[name], name, filling))) add(name)
  const least = Math.min(numberOr(schema.minProperties, 0), MAX_NODES)
  for (const name of Object.keys(properties)) if (members.size < least && !members.has(name)) add(name)
  const [pattern] = Object.keys(isSchema(schema.patternProperties) ? schema.patternProperties : {})
  const names = isSchema(schema.propertyNames) ? listOf(schema.propertyNames.enum) : []
  for (let n = 1; members.size < least && n <= least && filling.budget.left > 0; n++)
    add(
      String(names[n - 1] ?? (pattern && n === 1 ? build(pattern) : pattern ? `${build(pattern)}${n}` : `member${n}`)),
    )
  return Object.fromEntries(members)
}

/** The schema of a member that may not have one of its own; null if the member isn't allowed. */
function memberSchema(schema: Schema, properties: Schema, name: string): Schema | null {
  if (Object.hasOwn(properties, name)) return subSchema(properties[name])
  const patterns = isSchema(schema.patternProperties) ? Object.entries(schema.patternProperties) : []
  const [, member] = patterns.find(([pattern]) => matcherOf(pattern)(name)) ?? []
  return subSchema(member ?? schema.additionalProperties ?? true)
}

/** Fills an optional member if the text has a value for it. */
function worthFilling(given: unknown, name: string, filling: Filling): boolean {
  const member = subSchema(given)
  if (!member || filling.size !== "usual") return false
  const schema = settled(member, filling, 0)
  const type = typeOf(schema)
  if (Array.isArray(schema.enum)) return mentioned(schema.enum, filling.text) !== null
  if (type === "object" || type === "array") return filling.text !== ""
  const format = type === "number" || type === "integer" ? "number" : String(schema.format ?? "")
  return type === "boolean" ? isAffirmed(filling.text, name) : lookUp(filling, name, format) !== null
}

function fillArray(schema: Schema, name: string, filling: Filling, depth: number): Json {
  const least = Math.min(numberOr(schema.minItems, "contains" in schema ? 1 : 0), MAX_NODES)
  const most = Math.min(numberOr(schema.maxItems, Math.max(5, least)), MAX_NODES)
  const prefix = listOf(schema.prefixItems)
    .map(subSchema)
    .filter((item) => item !== null)
  const values = prefix.slice(0, most).map((item) => fill(item, name, filling, depth + 1))
  const given = subSchema(schema.items ?? true)
  if (given && (prefix.length === 0 || values.length < least))
    values.push(...itemsOf(given, name, filling, depth, { least: least - values.length, most: most - values.length }))
  const contained = subSchema(schema.contains)
  if (contained) values[0] = fill(given ? { allOf: [given, contained] } : contained, name, filling, depth + 1)
  while (given && values.length < least && filling.budget.left > 0) values.push(fill(given, name, filling, depth + 1))
  return schema.uniqueItems ? distinct(values, settled(given ?? {}, filling, depth)) : values
}

function itemsOf(
  given: Schema,
  name: string,
  filling: Filling,
  depth: number,
  { least, most }: { least: number; most: number },
): Json[] {
  if ((depth > DEEP || filling.size === "small") && least <= 0) return []
  const items = settled(given, filling, depth)
  const type = typeOf(items)
  if (type === "object") return rowsIn(items, filling, depth, { least, most })
  if (Array.isArray(items.enum)) {
    const said = items.enum.filter((value) => mentioned([value], filling.text) !== null).slice(0, most)
    return said.length > 0 ? said.map(toJson) : [fill(items, name, filling, depth + 1)].slice(0, most)
  }
  if (type === "number" || type === "integer")
    return filling.numbers.splice(0, most).map((value) => clamp(value, items, type))
  if (type !== "string" || "const" in items || items.pattern || items.format)
    return [fill(items, name, filling, depth + 1)].slice(0, most)
  const places = /cit(?:y|ies)|places?|locations?|countr/i.test(name) ? placesOf(filling.text) : []
  return (places.length > 0 ? places : keyTerms(filling.text, most)).slice(0, most).map((term) => bound(term, items))
}

/** One row per line, sentence, or clause with a value for its members. */
function rowsIn(
  items: Schema,
  filling: Filling,
  depth: number,
  { least, most }: { least: number; most: number },
): Json[] {
  const texts = rowsOf(filling.text, items, most)
  while (texts.length < Math.min(most, Math.max(least, depth < DEEP ? 1 : 0))) texts.push(filling.text)
  return texts
    .filter((_, at) => at < least || filling.budget.left > 0)
    .map((text) => fill(items, "", { ...filling, text, numbers: numbersOf(text), found: new Map() }, depth + 1))
}
