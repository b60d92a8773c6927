/** A repair of a structured answer: what is asked for, and what is kept of it. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"

/** The answer whose wrong values are asked for again. */
export const repairRequestSchema = z.strictObject({ of: idSchema })
export type RepairRequest = z.infer<typeof repairRequestSchema>

/** As it is kept in the version that it makes. */
export const storedRepairSchema = z.object({
  of: idSchema,
  /** JSON pointers of the values that were asked for; `""`: the whole answer. */
  places: z.array(z.string()).min(1),
  /** `asked` while it is written; `failed`: the answer is as it was. */
  state: z.enum(["asked", "done", "failed"]),
})
export type StoredRepair = z.infer<typeof storedRepairSchema>
