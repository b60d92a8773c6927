import { z } from "zod"
import { sourceSchema } from "@/lib/ai/service/sources"

export const webSearchInput = z.object({
  query: z.string().trim().min(1).max(400).describe("The search query, as for a search engine"),
  count: z.number().int().min(1).max(20).optional().describe("Number of results; 8 by default"),
})

export const webSearchOutput = z.object({
  query: z.string(),
  engine: z.enum(["SearXNG", "Brave", "Tavily", "Exa"]),
  sources: z
    .array(
      sourceSchema.extend({
        snippet: z.string(),
        /** `2026-11-29`; null if the engine doesn't say. */
        date: z.string().nullable(),
      }),
    )
    .max(20),
})

export type WebSearchInput = z.infer<typeof webSearchInput>
export type WebSearchOutput = z.infer<typeof webSearchOutput>
