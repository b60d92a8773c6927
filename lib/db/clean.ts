import { Prisma } from "@/lib/db/generated/sqlite/client"

/**
 * What PostgreSQL refuses in text and jsonb and SQLite takes: NUL and lone surrogates. Replaced before every
 * write, so that both databases hold the same.
 */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
  const withoutNul = text.includes("\u0000") ? text.replace(/\u0000/g, "\uFFFD") : text
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed()
}

/** Any value as JSON to store, every string in it cleaned, keys included. `undefined` members go. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(toJsonText(value))
}

/** The same as text. */
export const toJsonText = (value: unknown): string => cleanEscapes(JSON.stringify(value))

/** The same for a column that may be empty. */
export const toNullableJson = (value: unknown) =>
  value === undefined || value === null ? Prisma.DbNull : toJson(value)

/** In JSON text both appear as escapes (`JSON.stringify` is well-formed). */
function cleanEscapes(json: string): string {
  if (!/\\u(0000|d[89a-f])/i.test(json)) return json
  // A run at a time: a text can be nothing else.
  return json.replace(/((?:\\\\)+)|(?:\\u(?:0000|d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2}))+/gi, (run, escaped) =>
    escaped ? run : "\uFFFD".repeat(run.length / ESCAPE),
  )
}

/** Characters of `\u0000`. */
const ESCAPE = 6
