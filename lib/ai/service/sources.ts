/** Sources that an answer can name: each has a number of its own in the whole answer. Safe to import on both sides. */
import { z } from "zod"

/** An address that is shown as a link. */
export const webAddress = z.url({ protocol: /^https?$/ }).max(8_000)

export const sourceSchema = z.object({
  /** As the answer names it: `[1]`. */
  number: z.number().int().min(1),
  title: z.string().max(500),
  url: webAddress,
})
