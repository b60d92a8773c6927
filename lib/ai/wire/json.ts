/** Small readers for JSON from a server. */
import { isTooMuch } from "@/lib/json-shape"

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const stringOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** A number, also one written as a string. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) ? number : undefined
}

/** Values per event: enough for the likelihoods of some thousand words, if a server sends its answer as a whole. */
const MAX_VALUES = 100_000

/**
 * Parsed JSON; undefined if it is invalid, too deep, or too large. Tolerates unescaped control characters and invalid
 * numbers.
 */
export function parseJson(text: string): unknown {
  if (isTooMuch(text, MAX_VALUES)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return /\p{Cc}|\b(?:NaN|Infinity)\b/u.test(text) ? parseForgiving(text) : undefined
  }
}

/** A JSON string, or a number that JSON doesn't allow. */
const FORGIVEN = /"(?:[^"\\]|\\[\s\S])*"|-?\b(?:NaN|Infinity)\b/g

function parseForgiving(text: string): unknown {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`
  try {
    return JSON.parse(
      text.replace(FORGIVEN, (part) => (part.startsWith('"') ? part.replace(/\p{Cc}/gu, escaped) : "null")),
    )
  } catch {
    return undefined
  }
}
