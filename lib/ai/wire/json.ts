/** Small readers of JSON that a server sent. */
import { isTooMuch } from "@/lib/json-shape"

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const stringOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** A number, also one that is written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) ? number : undefined
}

/** Values of one event: the likelihoods of some thousand words, where a server sends its answer whole. */
const MOST_VALUES = 100_000

/** Parsed JSON; undefined for what is none, and for what is too deep or too much. Signs that must not stand raw in it, and numbers that are none, are forgiven. */
export function parseJson(text: string): unknown {
  if (isTooMuch(text, MOST_VALUES)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return /\p{Cc}|\b(?:NaN|Infinity)\b/u.test(text) ? parseForgiving(text) : undefined
  }
}

/** A text in JSON, or a number that it does not know. */
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
