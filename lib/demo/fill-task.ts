/** Fills a user's schema in a worker thread, because it may take any amount of work. */
import { fillSchema } from "@/lib/demo/fill"
import { WireError } from "@/lib/demo/protocol/wire"
import { isSchema, type Schema } from "@/lib/demo/schema"
import { AppError } from "@/lib/http/errors"
import { ANSWER_MEMBER, QUOTES_MEMBER } from "@/lib/output/answer/quoted"
import { work } from "@/lib/work/work"

const FILL_MS = 3_000

/** The task itself: the result of `fillSchema`, or why it refuses. */
export function fillTask(schema: Schema, text: string): { json: string } | { refused: string } {
  try {
    return { json: fillQuoted(schema, text) ?? fillSchema(schema, text) }
  } catch (error) {
    if (error instanceof WireError) return { refused: error.message }
    throw error
  }
}

/**
 * Adds a quote for each value: the value itself, whether or not it is in the text. Null for a schema without quotes.
 */
function fillQuoted(schema: Schema, text: string): string | null {
  const { properties, $defs } = schema
  const own = isSchema(properties) ? properties[ANSWER_MEMBER] : undefined
  if (!isSchema(properties) || !isSchema(own) || !(QUOTES_MEMBER in properties)) return null
  const answer: unknown = JSON.parse(fillSchema({ ...own, ...($defs !== undefined && { $defs }) }, text))
  return JSON.stringify({ [ANSWER_MEMBER]: answer, [QUOTES_MEMBER]: quotesOf(answer, "") }, null, 2)
}

function quotesOf(value: unknown, path: string): { path: string; quote: string }[] {
  if (typeof value !== "object" || value === null) return value === null ? [] : [{ path, quote: String(value) }]
  return Object.entries(value).flatMap(([name, member]) =>
    quotesOf(member, `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  )
}

/** A value for the schema, as JSON text. Throws `WireError` 400 for a schema that can't be filled. */
export async function fillInThread(schema: Schema, text: string): Promise<string> {
  const filled = await work("fillSchema", { person: "demo model", ms: FILL_MS }, schema, text).catch(
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      return { refused: "The schema is too complicated for the demo model" }
    },
  )
  if ("refused" in filled) throw new WireError(400, "invalid_request", filled.refused)
  return filled.json
}
