/** Values of lists that servers write as they like: read one by one, what is odd is left out. Pure. */

export type Entry = Record<string, unknown>

export const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A text with something in it, shortened to `most` characters. */
export function textIn(value: unknown, most = 300): string | undefined {
  if (typeof value !== "string") return undefined
  const text = value.replace(/\s+/g, " ").trim()
  return text ? text.slice(0, most) : undefined
}

/** A whole number above 0, also as a text: `131,072`. */
export function countIn(value: unknown): number | undefined {
  const text =
    typeof value === "string"
      ? value.trim().replace(/^\d{1,3}(?:[,_]\d{3})+$/, (digits) => digits.replace(/\D/g, ""))
      : ""
  const number = text ? Number(text) : value
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined
  return number >= 1 ? Math.floor(number) : undefined
}

/** USD, also as a text; never below 0 (`-1` means “it depends”). */
export function amountIn(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A boolean, also as a text. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value
  if (typeof value !== "string") return undefined
  const word = value.trim().toLowerCase()
  return word === "true" ? true : word === "false" ? false : undefined
}

/** The words of an array, in small letters; undefined when it is none. */
export const wordsIn = (value: unknown): string[] | undefined =>
  Array.isArray(value)
    ? value.flatMap((word) => (typeof word === "string" ? [word.trim().toLowerCase()] : []))
    : undefined

export const entryIn = (value: unknown): Entry => (isEntry(value) ? value : {})

export const first = <T>(...values: (T | undefined)[]): T | undefined => values.find((value) => value !== undefined)

/** An id that can be asked for: one word of at most 300 characters, without control characters. */
export function idIn(value: unknown): string | undefined {
  const id = typeof value === "string" ? value.trim() : ""
  return isPlausibleId(id) ? id : undefined
}

/** It may be the id of a model: whether it is, its server says. */
export const isPlausibleId = (id: string): boolean => /^[^\s\p{C}"'<>\\`{}|^]{1,300}$/u.test(id)
