import type { OutputRequest } from "@/lib/messages/types"
import { outputInstructions } from "@/lib/output/prompt"

/** Made once: it takes as long to make as the rest of a prompt. */
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "long" })

interface SystemPrompt {
  output?: OutputRequest
  /** What the person tells the model. */
  own?: string
  /** Today, unless it is another day. */
  day?: Date
}

/**
 * What every model is told first. What changes stands behind what stays, and tools say for themselves what they are
 * good for: model servers keep what two prompts have in common at their beginning, and sell it for a tenth.
 */
export function systemPrompt({ output, own = "", day = new Date() }: SystemPrompt): string {
  const person = own.trim()
  return [
    ...(output ? [outputInstructions(output)] : [FORM, ...(person ? [] : [NAME])]),
    ...(person ? [person] : []),
    `Today is ${DAY.format(day)}.`,
  ].join("\n\n")
}

const FORM =
  "Answer in the language of the question. Use Markdown where it helps: fenced code with its language, tables, LaTeX between $$ for mathematics."

/** Who it is, unless the person says so. */
const NAME = "You are a helpful assistant in Sparkler, a chat application."

/** Asks for a title. The question is quoted as data, at most 2,000 characters of it. */
export function titlePrompt(question: string): { instructions: string; prompt: string } {
  return {
    instructions:
      "Write a short title for this conversation, from its first message below: two to six words, in its language, no quotation marks, no full stop. Answer with the title only, do not answer the message.",
    prompt: question.slice(0, 2_000),
  }
}

/** Asks a model for a summary that can stand for the conversation. */
export const SUMMARY_PROMPT =
  "Summarize our conversation so far, so that you can go on with it from the summary alone: what was asked, what was found and decided, names, numbers, code and constraints that still matter, and what is open. In the language of the conversation, in Markdown, as short as that allows. The summary only."

/** Asks for more when an answer had all its rounds of tools. */
export const MORE_TOOLS_PROMPT =
  "Go on with the task from where you are: you may use tools again. Don't repeat what you have written."

/** Asks a model to go on with its last answer. The demo model knows it by its first words. */
export const CONTINUE_PROMPT =
  "Your last answer broke off. Go on exactly where it ended, in the middle of the sentence, list or code block if need be. Write only what follows: repeat nothing, don't open a code block that is open already, no introduction, no apology."
