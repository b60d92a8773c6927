import { z } from "zod"

export const ownSearchInput = z.object({
  query: z.string().trim().min(1).max(300).describe("Words that were said, most important first"),
})

export const ownSearchOutput = z.object({
  hits: z
    .array(
      z.object({
        conversationId: z.string(),
        /** null: the title matched. */
        messageId: z.string().nullable(),
        title: z.string(),
        role: z.enum(["user", "assistant"]).nullable(),
        excerpt: z.string(),
        /** `2026-11-29`. */
        date: z.string(),
      }),
    )
    .max(20),
})

export type OwnSearchInput = z.infer<typeof ownSearchInput>
export type OwnSearchOutput = z.infer<typeof ownSearchOutput>
