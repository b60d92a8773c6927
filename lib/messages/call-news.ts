/** What a call reports while it runs: its progress, and what its server asks the user. Safe to import on both sides. */
import { z } from "zod"

const option = z.object({ value: z.string().max(200), label: z.string().max(200) })

/** One field of a form. */
const fieldSchema = z.object({
  name: z.string().max(200),
  label: z.string().max(200),
  help: z.string().max(1_000).optional(),
  required: z.boolean(),
  kind: z.enum(["text", "email", "url", "date", "datetime", "number", "integer", "yes_no", "choice", "choices"]),
  options: z.array(option).max(200).optional(),
  /** Of a number; of a string its length; of choices their count. */
  min: z.number().optional(),
  max: z.number().optional(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
})
export type FormField = z.infer<typeof fieldSchema>

export const callNewsSchema = z.object({
  toolCallId: z.string(),
  /** `total` is missing if unknown. */
  progress: z
    .object({ done: z.number(), total: z.number().optional(), text: z.string().max(500).optional() })
    .optional(),
  /** A form; null: there is none anymore. */
  ask: z
    .object({
      id: z.string(),
      /** The server that asks. */
      server: z.string(),
      text: z.string().max(4_000),
      fields: z.array(fieldSchema).max(50),
    })
    .nullish(),
})
export type CallNews = z.infer<typeof callNewsSchema>
export type CallForm = NonNullable<CallNews["ask"]>
