/** Single values for a schema: strings, numbers, enum values, taken from the text or generated within the bounds. */
import { findExpression } from "@/lib/demo/arithmetic"
import { findValue } from "@/lib/demo/facts"
import { fitPattern } from "@/lib/demo/pattern"
import { type Json, numberOr, type Schema, toJson } from "@/lib/demo/schema"
import { keyTerms, sentencesOf } from "@/lib/demo/words/words"

/** Where a value may come from. */
export interface Source {
  text: string
  /** Numbers in the text that no member has used yet. */
  numbers: number[]
  /** Whether generated values are at the lower or upper end of what is allowed, for another attempt. */
  size: "usual" | "small" | "large"
  /** Earlier results, by member and format. */
  found: Map<string, string | null>
}

/** The value in the text for a member; searched once per name. */
export function lookUp(source: Source, name: string, format = ""): string | null {
  const key = `${format} ${name}`
  const known = source.found.get(key)
  if (known !== undefined) return known
  const value = /^(expression|formula|calculation|equation|sum)$/i.test(name)
    ? findExpression(source.text)
    : findValue(source.text, name, format)
  source.found.set(key, value)
  return value
}

const POSITIVE =
  /\b(good|great|love|loved|excellent|happy|perfect|amazing|fast|recommend|best|wonderful|nice|fantastic)\b/gi
const NEGATIVE =
  /\b(bad|poor|hate|terrible|awful|slow|broken|worst|disappointing|disappointed|rude|late|never again|cold)\b/gi

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** How positive a text is, from 0 to 1, based on its words. */
function sentiment(text: string): number {
  const [good, bad] = [countOf(text, POSITIVE), countOf(text, NEGATIVE)]
  return good + bad === 0 ? 0.5 : Math.round((100 * good) / (good + bad)) / 100
}

/** The enum value that the text mentions, longest first; null if it mentions none. */
export function mentioned(values: unknown[], text: string): Json | null {
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `
  const words = values.filter((value) => typeof value === "string" && value !== "").map(String)
  const spoken = (word: string) =>
    word
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
  const said = words
    .filter((word) => spoken(word) !== "" && lower.includes(` ${spoken(word)} `))
    .sort((a, b) => b.length - a.length)
  return said[0] ?? words.find((word) => spoken(word).length > 3 && lower.includes(spoken(word))) ?? null
}

export function pick(values: unknown[], text: string): Json {
  const named = mentioned(values, text)
  if (named !== null) return named
  if (values.includes("positive") && values.includes("negative")) {
    const score = sentiment(text)
    const mixed = values.includes("mixed") && countOf(text, POSITIVE) > 0
    const word = score > 0.65 ? "positive" : score < 0.35 ? "negative" : mixed ? "mixed" : "neutral"
    if (values.includes(word)) return word
  }
  return toJson(values[0])
}

const FORMATS: Record<string, string> = {
  email: "name@example.com",
  "idn-email": "name@example.com",
  uri: "https://example.com/",
  url: "https://example.com/",
  "uri-reference": "/",
  "uri-template": "/{id}",
  iri: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
  date: "2026-01-01",
  time: "12:00:00Z",
  "date-time": "2026-01-01T12:00:00Z",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "example.com",
  duration: "P1D",
  "json-pointer": "/name",
  regex: "a",
  byte: "aGVsbG8=",
}

export function fillString(schema: Schema, name: string, source: Source): string {
  const { text, size } = source
  const format = typeof schema.format === "string" ? schema.format : ""
  const made = FORMATS[format]
  if (size !== "usual" && !made && !schema.pattern) return sized(schema, size)
  const said = lookUp(source, name, format)
  const fallback = /summar|descr|text|comment|note|query|question/i.test(name)
    ? (sentencesOf(text)[0] ?? "")
    : /currency/i.test(name)
      ? "USD"
      : keyTerms(text, 3).join(" ")
  const value = said ?? made ?? (fallback || name || "text")
  if (typeof schema.pattern === "string")
    return fitPattern(schema.pattern, [value, ...text.split(/[\s,;]+/, 500), value.toUpperCase(), value.toLowerCase()])
  return made ? value : bound(value, schema)
}

const sized = (schema: Schema, size: "small" | "large") =>
  bound("x".repeat(size === "small" ? 0 : Math.min(numberOr(schema.minLength, 0) + 40, 10_000)), schema)

/** Length up to which a text is padded, in characters. */
const MAX_PADDING = 10_000

export function bound(value: string, schema: Schema): string {
  const characters = [...value].slice(0, numberOr(schema.maxLength, Number.POSITIVE_INFINITY))
  const missing = Math.min(numberOr(schema.minLength, 0), MAX_PADDING) - characters.length
  return characters.join("") + "x".repeat(Math.max(0, missing))
}

export function fillNumber(schema: Schema, name: string, source: Source, type: string): number {
  if (source.size === "small") return clamp(numberOr(schema.minimum, 0), schema, type)
  if (source.size === "large")
    return clamp(numberOr(schema.maximum, numberOr(schema.minimum, 0) + 1_000.5), schema, type)
  const said = lookUp(source, name, "number")
  if (/score|sentiment|confidence|probab/i.test(name) && said === null)
    return clamp(sentiment(source.text), schema, type)
  const value = said === null ? source.numbers.shift() : Number(said)
  if (said !== null) {
    const at = source.numbers.indexOf(Number(said))
    if (at >= 0) source.numbers.splice(at, 1)
  }
  return clamp(value ?? numberOr(schema.minimum, 0), schema, type)
}

/** The nearest number within the bounds. */
export function clamp(value: number, schema: Schema, type: string): number {
  const step = type === "integer" ? 1 : 0
  const gap = step || 1e-6
  const least = Math.max(
    numberOr(schema.minimum, Number.NEGATIVE_INFINITY),
    numberOr(schema.exclusiveMinimum, Number.NEGATIVE_INFINITY) + gap,
  )
  const most = Math.min(
    numberOr(schema.maximum, Number.POSITIVE_INFINITY),
    numberOr(schema.exclusiveMaximum, Number.POSITIVE_INFINITY) - gap,
  )
  const multiple = numberOr(schema.multipleOf, step)
  const within = Math.min(Math.max(value, least), most)
  if (multiple <= 0) return within
  const nearest = Math.round(within / multiple)
  const whole =
    nearest * multiple > most
      ? Math.floor(most / multiple)
      : nearest * multiple < least
        ? Math.ceil(least / multiple)
        : nearest
  return Number((whole * multiple).toPrecision(15))
}

/** Whether the text mentions it without a preceding “not”. */
export function isAffirmed(text: string, name: string): boolean {
  const key = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase()
    .replace(/^(?:is|has|can|was) /, "")
  const lower = text.toLowerCase()
  const at = key ? lower.indexOf(key) : -1
  if (at < 0) return false
  const said = /^\s*(?:[:=]|is)\s*(\w+)/.exec(lower.slice(at + key.length))?.[1] ?? ""
  return (
    !/\b(?:not|no|non|never|without|isn['’]t|n['’]t)[ -](?:\w+ )?$/.test(lower.slice(0, at)) &&
    !/^(?:no|not|false|never)$/.test(said)
  )
}
