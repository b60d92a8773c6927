/** A change of a part of an answer: the request, and what is stored of it. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { MAX_CHANGE_CHARS, MAX_OF_WISH } from "@/lib/limits"

/** The user's request. `old` is the part as they saw it, starting at `start` in one text of the answer. */
export const changeRequestSchema = z.strictObject({
  /** The answer to change. */
  of: idSchema,
  /** Index among its text parts, starting at 0. */
  text: z.number().int().min(0).max(10_000),
  /** UTF-16 code units from the beginning of that text. */
  start: z.number().int().min(0).max(8_000_000),
  old: z.string().min(1).max(MAX_CHANGE_CHARS),
  wish: z.string().trim().min(1).max(MAX_OF_WISH),
})
export type ChangeRequest = z.infer<typeof changeRequestSchema>

/** As stored in the resulting version. */
export const storedChangeSchema = z.object({
  ...changeRequestSchema.shape,
  /** `asked` while it is written, `open` until the user accepts or discards it. */
  state: z.enum(["asked", "open", "taken"]),
  /** Length of the new part, in characters. */
  length: z.number().int().min(0),
  /** Text of an unfinished change: the part itself is unchanged. */
  begun: z.string().optional(),
})
export type StoredChange = z.infer<typeof storedChangeSchema>
