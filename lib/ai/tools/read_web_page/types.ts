import { z } from "zod"
import { sourceSchema } from "@/lib/ai/service/sources"
import { fullResultSchema } from "@/lib/ai/tools/whole"

export const pageInput = z.object({
  url: z.string().trim().min(1).max(4_000).describe("URL of the page, with https://"),
  from: z.number().int().min(0).max(5_000_000).optional().describe("Character offset to continue a long page from"),
})

export const pageOutput = z.object({
  /** The page itself, for citing. */
  sources: z.array(sourceSchema).length(1),
  site: z.string().nullable(),
  author: z.string().nullable(),
  published: z.string().nullable(),
  /** Markdown, starting at the requested character. */
  text: z.string(),
  from: z.number().int(),
  /** Characters of the whole page. */
  characters: z.number().int(),
  /** The file with the whole page, if this is the beginning of a long one. */
  whole: fullResultSchema.optional(),
})

export type PageInput = z.infer<typeof pageInput>
export type PageOutput = z.infer<typeof pageOutput>
