import { InvalidToolInputError, NoSuchToolError } from "ai"
import { z } from "zod"
import { ToolError } from "@/lib/ai/tools/define"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { renderSentence, sentence } from "@/lib/i18n/sentences"

const MAX_CHARS = 500

/**
 * What the page shows about a failed tool: the tool's own sentence. What the SDK says about an invalid call is for the
 * model only, which gets it in full. Null for texts that are not our sentences.
 */
export function toolErrorSentence(error: unknown): Sentence | null {
  if (error instanceof ToolError) return error.sentence
  const text = textOf(error)
  if (InvalidToolInputError.isInstance(error) || text.startsWith("Invalid input for tool"))
    return sentence("tool:wrong_input")
  if (NoSuchToolError.isInstance(error)) return sentence("tool:unknown")
  return text ? null : sentence("tool:failed")
}

/**
 * The same error, or, for a call of a tool that the operator turned off and that the model was not told about, an error
 * that says so.
 */
export const callFault = (error: unknown, blocked: readonly string[] = []): unknown =>
  NoSuchToolError.isInstance(error) && blocked.includes(error.toolName) ? new ToolError(sentence("tool:off")) : error

/** The sentence in its stored form. */
export function toolErrorText(error: unknown): string {
  const told = toolErrorSentence(error)
  return told ? renderSentence(told) : textOf(error).slice(0, MAX_CHARS)
}

/** Characters a model is told about a failed call. */
const MAX_TOLD = 2_000

/**
 * What a model is told about a failed call, from what the SDK would say: without the SDK's names, and without repeating
 * the arguments. The wording is the same in the answer and in later turns, so that it stays in a model server's cache.
 */
export function errorForModel(text: string): string {
  const plain = text.replace(/^(?:AI_\w+Error: )+/, "")
  const wrong = /^Invalid input for tool ([^:]+): AI_\w+Error: [\s\S]*?\nError message: ([\s\S]*)$/.exec(plain)
  const told = wrong ? `Invalid input for tool ${wrong[1]}: ${problemsIn(wrong[2] ?? "")}` : plain
  return told.length > MAX_TOLD ? `${told.slice(0, MAX_TOLD)}…` : told
}

const problemList = z.array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))

/** Schema problems as one line; any other text unchanged. */
function problemsIn(text: string): string {
  const problems = problemList.safeParse(parsed(text)).data
  if (!problems) return text
  return problems.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message)).join("; ")
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : typeof error === "string" ? error : "")
