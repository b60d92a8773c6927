/**
 * Lenient readers for list values, whose format varies by server: each is read by itself, and malformed ones are
 * skipped. Pure.
 */

export type Entry = Record<string, unknown>

export const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A non-empty string, shortened to `most` characters. */
export function textIn(value: unknown, most = 300): string | undefined {
  if (typeof value !== "string") return undefined
  const text = value.replace(/\s+/g, " ").trim()
  return text ? text.slice(0, most) : undefined
}

/** A positive integer, also as a string: `131,072`. */
export function parseCount(value: unknown): number | undefined {
  const text =
    typeof value === "string"
      ? value.trim().replace(/^\d{1,3}(?:[,_]\d{3})+$/, (digits) => digits.replace(/\D/g, ""))
      : ""
  const number = text ? Number(text) : value
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined
  return number >= 1 ? Math.floor(number) : undefined
}

/** USD, also as a string; never below 0 (`-1` means “it depends”). */
export function parseAmount(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A boolean, also as a string. */
export function parseFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value
  if (typeof value !== "string") return undefined
  const word = value.trim().toLowerCase()
  return word === "true" ? true : word === "false" ? false : undefined
}

/** The strings of an array, in lowercase; undefined if it isn't an array. */
export const wordsIn = (value: unknown): string[] | undefined =>
  Array.isArray(value)
    ? value.flatMap((word) => (typeof word === "string" ? [word.trim().toLowerCase()] : []))
    : undefined

export const toEntry = (value: unknown): Entry => (isEntry(value) ? value : {})

export const first = <T>(...values: (T | undefined)[]): T | undefined => values.find((value) => value !== undefined)

/** A usable model ID: one word of at most 300 characters, without control characters. */
export function idIn(value: unknown): string | undefined {
  const id = typeof value === "string" ? value.trim() : ""
  return isPlausibleId(id) ? id : undefined
}

/** Whether this could be a model ID; only the server knows whether it is one. */
export const isPlausibleId = (id: string): boolean => /^[^\s\p{C}"'<>\\`{}|^]{1,300}$/u.test(id)
