/**
 * What a user is told was not sent to a model: only changes of something they, or the conversation's settings, had
 * asked for.
 */
import { z } from "zod"
import type { Change } from "@/lib/ai/refusals/changes"
import { PARAMETERS, THINKING } from "@/lib/ai/refusals/keys"

export const omissionSchema = z.object({
  what: z.enum(["tools", "thinking", "schema", "parameter", "images"]),
  /** A parameter's key in the request. */
  name: z.string().max(64).optional(),
  /** Number of images. */
  count: z.number().int().positive().optional(),
})
export type Omission = z.infer<typeof omissionSchema>

/** Null for anything internal to Sparkler and the server. */
export function omissionFor(change: Change): Omission | null {
  if (change.kind === "tools") return { what: "tools" }
  if (change.kind === "schema" || change.kind === "responseFormat") return { what: "schema" }
  if (change.kind !== "drop" && change.kind !== "dropValue") return null
  if (THINKING.includes(change.key)) return { what: "thinking" }
  return PARAMETERS.includes(change.key) ? { what: "parameter", name: change.key } : null
}
