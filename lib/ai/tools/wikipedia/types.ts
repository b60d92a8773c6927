import { z } from "zod"
import { sourceSchema, webAddress } from "@/lib/ai/service/sources"

export const wikipediaInput = z.object({
  query: z.string().trim().min(1).max(300).describe("Title of an article, or words to search for"),
  language: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{2,3}(?:-[a-z]{2,12}){0,2}$/)
    .optional()
    .describe("Language of the Wikipedia, as in its URL: `en` (default), `de`, `ja`"),
  whole: z.boolean().optional().describe("The full article instead of its introduction"),
})

export const wikipediaOutput = z.object({
  language: z.string(),
  article: z.object({
    title: z.string(),
    description: z.string().nullable(),
    url: webAddress,
    /** Plain text. */
    text: z.string(),
    /** The article is longer. */
    cut: z.boolean(),
  }),
  /** Other matching articles. */
  others: z.array(z.object({ title: z.string(), description: z.string().nullable(), url: webAddress })).max(10),
  sources: z.array(sourceSchema).max(1),
})

export type WikipediaInput = z.infer<typeof wikipediaInput>
export type WikipediaOutput = z.infer<typeof wikipediaOutput>
