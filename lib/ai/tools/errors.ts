import { InvalidToolInputError, NoSuchToolError } from "ai"

const MAX_CHARS = 500

/**
 * What the page says about a tool that failed: the tool's own sentence. What the SDK says about a model's wrong
 * call is for the model, which is told in full.
 */
export function toolErrorText(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : ""
  if (InvalidToolInputError.isInstance(error) || text.startsWith("Invalid input for tool"))
    return "The model called this tool with input that it can't take."
  if (NoSuchToolError.isInstance(error)) return "The model called a tool that does not exist here."
  return text.slice(0, MAX_CHARS) || "The tool failed."
}
