import { InvalidToolInputError, NoSuchToolError } from "ai"
import { ToolError } from "@/lib/ai/tools/define"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { inWords, sentence } from "@/lib/i18n/sentences"

const MAX_CHARS = 500

/**
 * What the page says about a tool that failed: the tool's own sentence. What the SDK says about a model's wrong
 * call is for the model, which is told in full. Null for words that are no sentence of ours.
 */
export function toolErrorSentence(error: unknown): Sentence | null {
  if (error instanceof ToolError) return error.sentence
  const text = textOf(error)
  if (InvalidToolInputError.isInstance(error) || text.startsWith("Invalid input for tool"))
    return sentence("tool:wrong_input")
  if (NoSuchToolError.isInstance(error)) return sentence("tool:unknown")
  return text ? null : sentence("tool:failed")
}

/** The same as it is stored. */
export function toolErrorText(error: unknown): string {
  const told = toolErrorSentence(error)
  return told ? inWords(told) : textOf(error).slice(0, MAX_CHARS)
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : typeof error === "string" ? error : "")
