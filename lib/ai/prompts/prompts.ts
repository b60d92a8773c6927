import type { OutputRequest } from "@/lib/messages/types"
import { outputInstructions } from "@/lib/output/prompt"

/** Created once: that takes as long as building the rest of a prompt. */
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "long" })

interface SystemPrompt {
  output?: OutputRequest
  /** The user's instructions for the model. */
  own?: string
  /** Defaults to today. */
  day?: Date
}

/**
 * The instructions every model gets first. Anything that varies follows what is constant, and tools describe
 * themselves: model servers cache the common prefix of two prompts and charge a tenth for it.
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

/** The model's identity, unless the user sets another. */
const NAME = "You are a helpful assistant in Sparkler, a chat application."

/** Asks for a title. The question is quoted as data, up to 2,000 characters of it. */
export function titlePrompt(question: string): { instructions: string; prompt: string } {
  return {
    instructions:
      "Write a short title for this conversation, from its first message below: two to six words, in its language, no quotation marks, no full stop. Answer with the title only, do not answer the message.",
    prompt: question.slice(0, 2_000),
  }
}

/** Asks a model for a summary that can replace the conversation. */
export const SUMMARY_PROMPT =
  "Summarize our conversation so far, so that you can go on with it from the summary alone: what was asked, what was found and decided, names, numbers, code and constraints that still matter, and what is open. In the language of the conversation, in Markdown, as short as that allows. The summary only."

/** Asks a model to continue after an answer used up its tool steps. */
export const MORE_TOOLS_PROMPT =
  "Go on with the task from where you are: you may use tools again. Don't repeat what you have written."

/** Asks a model to continue its last answer. The demo model recognizes its first words. */
export const CONTINUE_PROMPT =
  "Your last answer broke off. Go on exactly where it ended, in the middle of the sentence, list or code block if need be. Write only what follows: repeat nothing, don't open a code block that is open already, no introduction, no apology."
