import { Prisma } from "@/lib/db/generated/sqlite/client"

/**
 * Replaces what PostgreSQL refuses in text and jsonb but SQLite accepts: NUL and lone surrogates. Applied before every
 * write, so that both databases store the same.
 */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
  const withoutNul = text.includes("\u0000") ? text.replace(/\u0000/g, "\uFFFD") : text
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed()
}

/** Any value as JSON for storing, with every string in it cleaned, including keys. Drops `undefined` members. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(toJsonText(value))
}

/** The same as a string. */
export const toJsonText = (value: unknown): string => cleanEscapes(JSON.stringify(value))

/** The same for a nullable column. */
export const toNullableJson = (value: unknown) =>
  value === undefined || value === null ? Prisma.DbNull : toJson(value)

/** In JSON text, both appear as escapes (`JSON.stringify` is well-formed). */
function cleanEscapes(json: string): string {
  if (!/\\u(0000|d[89a-f])/i.test(json)) return json
  // Handles a run of escapes at a time, because a text may consist of nothing else.
  return json.replace(/((?:\\\\)+)|(?:\\u(?:0000|d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2}))+/gi, (run, escaped) =>
    escaped ? run : "\uFFFD".repeat(run.length / ESCAPE),
  )
}

/** Length of `\u0000`. */
const ESCAPE = 6
