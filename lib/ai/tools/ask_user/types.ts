import { z } from "zod"

const label = z.string().trim().min(1).max(300)
const shared = {
  id: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,40}$/)
    .describe("A short name for the answer, unique among the questions"),
  question: label.describe("The question, as shown to the person"),
  optional: z.boolean().optional().describe("The person may skip it"),
}

const question = z.discriminatedUnion("type", [
  z.object({
    ...shared,
    type: z.literal("choice"),
    options: z.array(label).min(2).max(12),
    several: z.boolean().optional().describe("More than one option may be chosen"),
  }),
  z.object({ ...shared, type: z.literal("text"), long: z.boolean().optional().describe("Expects several lines") }),
  z.object({ ...shared, type: z.literal("number"), min: z.number().optional(), max: z.number().optional() }),
  z.object({ ...shared, type: z.literal("yes_no") }),
])
export type Question = z.infer<typeof question>

export const askUserInput = z
  .object({
    title: label.optional().describe("What the questions are about"),
    questions: z.array(question).min(1).max(8),
  })
  .refine(({ questions }) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    path: ["questions"],
    message: "each question needs a unique id",
  })

const answer = z.union([z.string().max(10_000), z.number(), z.boolean(), z.array(z.string().max(300)).max(12)])

/** The user's answers by question ID; skipped questions are missing. */
export const askUserOutput = z.object({ answers: z.record(z.string(), answer) })

export type AskUserInput = z.infer<typeof askUserInput>
export type Answer = z.infer<typeof answer>
