/** A change of a part of an answer: what is asked for, and what is kept of it. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { MOST_CHANGED, MOST_OF_WISH } from "@/lib/limits"

/** What a person asks for. `old` is the part as they saw it, from `start` on in one text of the answer. */
export const changeRequestSchema = z.strictObject({
  /** The answer that is changed. */
  of: idSchema,
  /** Its text: 0 is the first of its parts that is one. */
  text: z.number().int().min(0).max(10_000),
  /** UTF-16 units from the beginning of that text. */
  start: z.number().int().min(0).max(8_000_000),
  old: z.string().min(1).max(MOST_CHANGED),
  wish: z.string().trim().min(1).max(MOST_OF_WISH),
})
export type ChangeRequest = z.infer<typeof changeRequestSchema>

/** As it is kept in the version that it makes. */
export const storedChangeSchema = z.object({
  ...changeRequestSchema.shape,
  /** `asked` while it is written, `open` until the person takes it or leaves it. */
  state: z.enum(["asked", "open", "taken"]),
  /** Characters that stand in the place of the part. */
  length: z.number().int().min(0),
  /** What came of a change that was not finished: the part is as it was. */
  begun: z.string().optional(),
})
export type StoredChange = z.infer<typeof storedChangeSchema>
