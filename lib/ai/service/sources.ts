/**
 * Sources that an answer can cite: each has a number that is unique within the answer. Safe to import on both sides.
 */
import { z } from "zod"

/** A URL that is shown as a link. */
export const webAddress = z.url({ protocol: /^https?$/ }).max(8_000)

export const sourceSchema = z.object({
  /** As cited in the answer: `[1]`. */
  number: z.number().int().min(1),
  title: z.string().max(500),
  url: webAddress,
})
