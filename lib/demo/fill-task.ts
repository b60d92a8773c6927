/** Filling a person's schema, done by a worker thread: it may ask for any amount of work. */
import { fillSchema } from "@/lib/demo/fill"
import { WireError } from "@/lib/demo/protocol/wire"
import type { Schema } from "@/lib/demo/schema"
import { AppError } from "@/lib/http/errors"
import { work } from "@/lib/work/work"

const FILL_MS = 3_000

/** The task itself: what `fillSchema` gives, or why it refuses. */
export function fillTask(schema: Schema, text: string): { json: string } | { refused: string } {
  try {
    return { json: fillSchema(schema, text) }
  } catch (error) {
    if (error instanceof WireError) return { refused: error.message }
    throw error
  }
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
