import { InvalidToolInputError, NoSuchToolError } from "ai"
import { inWords, sentence } from "@/lib/i18n/sentences"

const MAX_CHARS = 500

/**
 * What the page says about a tool that failed: the tool's own sentence. What the SDK says about a model's wrong
 * call is for the model, which is told in full.
 */
export function toolErrorText(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : ""
  if (InvalidToolInputError.isInstance(error) || text.startsWith("Invalid input for tool"))
    return inWords(sentence("tool:wrong_input"))
  if (NoSuchToolError.isInstance(error)) return inWords(sentence("tool:unknown"))
  return text.slice(0, MAX_CHARS) || inWords(sentence("tool:failed"))
}
