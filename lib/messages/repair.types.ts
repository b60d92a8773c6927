/** A repair of a structured answer: the request, and what is stored of it. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"

/** The answer whose invalid values are requested again. */
export const repairRequestSchema = z.strictObject({ of: idSchema })
export type RepairRequest = z.infer<typeof repairRequestSchema>

/** As stored in the resulting version. */
export const storedRepairSchema = z.object({
  of: idSchema,
  /** JSON Pointers to the requested values; `""`: the whole answer. */
  places: z.array(z.string()).min(1),
  /** `asked` while it is written; `failed`: the answer is unchanged. */
  state: z.enum(["asked", "done", "failed"]),
})
export type StoredRepair = z.infer<typeof storedRepairSchema>
