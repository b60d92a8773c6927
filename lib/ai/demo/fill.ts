/** JSON that fits a schema, its values taken from a text where they are there, made up within the bounds where not. */
import { findValue } from "@/lib/ai/demo/facts"
import { keyTerms, numbersOf, sentencesOf } from "@/lib/ai/demo/words"

type Schema = Record<string, unknown>
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const MAX_DEPTH = 12

interface Filling {
  root: Schema
  text: string
  /** Numbers of the text that no member has taken yet. */
  numbers: number[]
}

/** A value for `schema`, as JSON text with two spaces. */
export function fillSchema(schema: Schema, text: string): string {
  const filling: Filling = { root: schema, text, numbers: numbersOf(text) }
  return JSON.stringify(fill(schema, "", filling, 0), null, 2)
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const numberOr = (value: unknown, fallback: number) => (typeof value === "number" ? value : fallback)

function fill(given: Schema, name: string, filling: Filling, depth: number): Json {
  const schema = settle(given, filling.root)
  if ("const" in schema) return toJson(schema.const)
  if (Array.isArray(schema.enum)) return pick(schema.enum, filling.text)
  const type = typeOf(schema)
  if (type === "object") return fillObject(schema, filling, depth)
  if (type === "array") return fillArray(schema, name, filling, depth)
  if (type === "string") return fillString(schema, name, filling)
  if (type === "integer" || type === "number") return fillNumber(schema, name, filling, type)
  if (type === "boolean")
    return !/\b(no|not|never|without|false)\b/i.test(
      findValue(filling.text, name) ?? (filling.text.toLowerCase().includes(name.toLowerCase()) ? "" : "no"),
    )
  return null
}

/** Follows local references and merges `allOf`; of alternatives the first that is not null. */
function settle(given: Schema, root: Schema, hops = 0): Schema {
  if (hops > MAX_DEPTH) return { type: "null" }
  if (typeof given.$ref === "string") return settle(resolve(given.$ref, root), root, hops + 1)
  const options = [given.anyOf, given.oneOf].find(Array.isArray)
  if (options) {
    const chosen = options.filter(isSchema).find(({ type }) => type !== "null") ?? {}
    const { anyOf: _any, oneOf: _one, ...rest } = given
    return settle({ ...rest, ...chosen }, root, hops + 1)
  }
  if (!Array.isArray(given.allOf)) return given
  const parts = given.allOf.filter(isSchema).map((part) => settle(part, root, hops + 1))
  const { allOf: _all, ...rest } = given
  const members = [rest, ...parts]
  return Object.assign({}, ...members, {
    properties: Object.assign({}, ...members.map(({ properties }) => properties)),
    required: members.flatMap(({ required }) => (Array.isArray(required) ? required : [])),
  })
}

function resolve(reference: string, root: Schema): Schema {
  let found: unknown = root
  for (const step of reference.replace(/^#\/?/, "").split("/").filter(Boolean))
    found =
      isSchema(found) || Array.isArray(found)
        ? Reflect.get(found, decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
        : undefined
  return isSchema(found) ? found : {}
}

function typeOf(schema: Schema): string {
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== "null") : schema.type
  if (typeof type === "string") return type
  if (schema.properties) return "object"
  return schema.items || schema.prefixItems ? "array" : "string"
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null))
}

const POSITIVE =
  /\b(good|great|love|loved|excellent|happy|perfect|amazing|fast|recommend|best|wonderful|nice|fantastic)\b/gi
const NEGATIVE =
  /\b(bad|poor|hate|terrible|awful|slow|broken|worst|disappointing|disappointed|rude|late|never again|cold)\b/gi

/** How positive a text is, from 0 to 1, by its words. */
function sentiment(text: string): number {
  const good = text.match(POSITIVE)?.length ?? 0
  const bad = text.match(NEGATIVE)?.length ?? 0
  return good + bad === 0 ? 0.5 : Math.round((100 * good) / (good + bad)) / 100
}

function pick(values: unknown[], text: string): Json {
  const lower = text.toLowerCase()
  const named = values.find((value) => typeof value === "string" && value !== "" && lower.includes(value.toLowerCase()))
  if (named !== undefined) return toJson(named)
  if (values.includes("positive") && values.includes("negative")) {
    const score = sentiment(text)
    const word =
      score > 0.65
        ? "positive"
        : score < 0.35
          ? "negative"
          : values.includes("mixed") && POSITIVE.test(text)
            ? "mixed"
            : "neutral"
    POSITIVE.lastIndex = 0
    if (values.includes(word)) return word
  }
  return toJson(values[0])
}

function fillObject(schema: Schema, filling: Filling, depth: number): Json {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  const entries = Object.entries(properties).flatMap(([name, member]) => {
    if (!isSchema(member)) return []
    // Deep down only what must be there, so that a recursive schema ends.
    if (!required.includes(name) && (depth >= 3 || !worthFilling(member, name, filling))) return []
    return depth >= MAX_DEPTH ? [] : [[name, fill(member, name, filling, depth + 1)] as const]
  })
  return Object.fromEntries(entries)
}

/** An optional member is filled when the text says something for it. */
function worthFilling(schema: Schema, name: string, { root, text }: Filling): boolean {
  const type = typeOf(settle(schema, root))
  const format = type === "number" || type === "integer" ? "number" : String(schema.format ?? "")
  return type === "object" || type === "array" || findValue(text, name, format) !== null
}

function fillArray(schema: Schema, name: string, filling: Filling, depth: number): Json {
  const least = numberOr(schema.minItems, 0)
  const most = numberOr(schema.maxItems, Math.max(5, least))
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.filter(isSchema) : []
  if (prefix.length > 0) return prefix.map((item) => fill(item, name, filling, depth + 1))
  const items = settle(isSchema(schema.items) ? schema.items : { type: "string" }, filling.root)
  if (depth >= 4 && least === 0) return []
  const type = typeOf(items)
  if (type === "object") return fillRows(items, filling, depth, { least, most })
  const found: Json[] =
    Array.isArray(items.enum) || "const" in items
      ? [fill(items, name, filling, depth + 1)]
      : type === "number" || type === "integer"
        ? filling.numbers.splice(0, most).map((value) => clamp(value, items, type))
        : type === "string"
          ? keyTerms(filling.text, most).map((term) => bound(term, items))
          : [fill(items, name, filling, depth + 1)]
  const values = schema.uniqueItems ? [...new Set(found)] : found
  while (values.length < least)
    values.push(schema.uniqueItems ? `item ${values.length + 1}` : fill(items, name, filling, depth + 1))
  return values.slice(0, most)
}

/** A row for each line or clause of the text that holds a number, such as the lines of a receipt. */
function fillRows(
  items: Schema,
  filling: Filling,
  depth: number,
  { least, most }: { least: number; most: number },
): Json {
  const pieces = filling.text
    .split(/[\n;,]+/)
    .filter((piece) => /\p{L}.*\d|\d.*\p{L}/u.test(piece) && !/\b(total|sum|date|extract)\b/i.test(piece))
  const texts = pieces.slice(0, most)
  while (texts.length < Math.max(least, depth < 3 ? 1 : 0)) texts.push(filling.text)
  return texts
    .slice(0, most)
    .map((text) => fill(items, "", { root: filling.root, text, numbers: numbersOf(text) }, depth + 1))
}

const FORMATS: Record<string, string> = {
  email: "name@example.com",
  uri: "https://example.com/",
  "uri-reference": "/",
  uuid: "00000000-0000-4000-8000-000000000000",
  date: "2026-01-01",
  time: "12:00:00Z",
  "date-time": "2026-01-01T12:00:00Z",
  ipv4: "192.0.2.1",
  hostname: "example.com",
  duration: "P1D",
}

function fillString(schema: Schema, name: string, { text }: Filling): string {
  const format = typeof schema.format === "string" ? schema.format : ""
  const found = findValue(text, name, format) ?? FORMATS[format]
  const fallback = /summar|descr|text|comment|note/i.test(name)
    ? (sentencesOf(text)[0] ?? "")
    : keyTerms(text, 3).join(" ")
  const value = found ?? (fallback || name || "text")
  if (typeof schema.pattern !== "string") return bound(value, schema)
  return matchPattern(schema.pattern, value, text)
}

function bound(value: string, schema: Schema): string {
  const longest = numberOr(schema.maxLength, Number.POSITIVE_INFINITY)
  return [...value]
    .slice(0, longest)
    .join("")
    .padEnd(Math.min(numberOr(schema.minLength, 0), 10_000), "x")
}

/** Best effort, as at Fireworks: a word of the text that fits, or one made for simple classes and counts. */
function matchPattern(pattern: string, value: string, text: string): string {
  const fits = (candidate: string) => new RegExp(pattern, "u").test(candidate)
  const candidates = [value, ...text.split(/[\s,;]+/), value.toUpperCase(), value.toLowerCase()]
  const known = candidates.find((candidate) => candidate !== "" && candidate.length < 200 && fits(candidate))
  return known ?? made(pattern)
}

function made(pattern: string): string {
  return pattern
    .replace(/^\^|\$$/g, "")
    .replace(
      /(\\d|\\w|\[[^\]]+\]|.)(?:\{(\d+)(?:,\d*)?\}|([+*?]))?/g,
      (_match, unit: string, count: string | undefined, repeat: string | undefined) => {
        if (repeat === "*" || repeat === "?") return ""
        const one =
          unit === "\\d" ? "1" : unit === "\\w" ? "a" : unit.startsWith("[") ? (unit[1] ?? "a") : unit.replace("\\", "")
        return (unit === "[A-Z]" && count === "3" ? "USD" : one.repeat(Number(count ?? 1))) || one
      },
    )
}

function fillNumber(schema: Schema, name: string, filling: Filling, type: string): number {
  const said = findValue(filling.text, name, "number")
  if (/score|sentiment|confidence|probab/i.test(name) && said === null)
    return clamp(sentiment(filling.text), schema, type)
  const value = said === null ? filling.numbers.shift() : Number(said)
  if (said !== null) filling.numbers = filling.numbers.filter((number) => number !== Number(said))
  return clamp(value ?? numberOr(schema.minimum, 0), schema, type)
}

function clamp(value: number, schema: Schema, type: string): number {
  const step = type === "integer" ? 1 : 0
  const least = Math.max(
    numberOr(schema.minimum, Number.NEGATIVE_INFINITY),
    numberOr(schema.exclusiveMinimum, Number.NEGATIVE_INFINITY) + (step || 1e-6),
  )
  const most = Math.min(
    numberOr(schema.maximum, Number.POSITIVE_INFINITY),
    numberOr(schema.exclusiveMaximum, Number.POSITIVE_INFINITY) - (step || 1e-6),
  )
  const multiple = numberOr(schema.multipleOf, step)
  const within = Math.min(Math.max(value, least), most)
  const rounded = multiple > 0 ? Math.round(within / multiple) * multiple : within
  return rounded > most ? rounded - multiple : rounded < least ? rounded + multiple : rounded
}
