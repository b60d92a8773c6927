/** Parses the stored data of an eval's answer. Pure. */
import { z } from "zod"
import { sentenceSchema } from "@/lib/i18n/sentence.types"
import { isRecord } from "@/lib/is-record"
import { outputCheckSchema } from "@/lib/messages/types"

/** The model's answer; null if there is none yet. */
export const saidIn = (result: unknown): string | null =>
  isRecord(result) && typeof result.text === "string" ? result.text : null

const findingSchema = z.object({
  problems: outputCheckSchema.shape.problems.catch([]).default([]),
  why: sentenceSchema.nullable().catch(null).default(null),
  judge: z
    .object({ model: z.string(), text: z.string(), reason: z.string().nullable() })
    .nullable()
    .catch(null)
    .default(null),
})

/** The reason for an answer's verdict. Unreadable parts are dropped. */
export const parseFinding = (stored: unknown): z.output<typeof findingSchema> =>
  findingSchema.safeParse(stored ?? {}).data ?? { problems: [], why: null, judge: null }
