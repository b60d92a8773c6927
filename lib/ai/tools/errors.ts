import { InvalidToolInputError, NoSuchToolError } from "ai"
import { z } from "zod"
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

/** The same error; of a call that the model was told nothing of, since the operator has switched its tool off, that. */
export const callFault = (error: unknown, blocked: readonly string[] = []): unknown =>
  NoSuchToolError.isInstance(error) && blocked.includes(error.toolName) ? new ToolError(sentence("tool:off")) : error

/** The same as it is stored. */
export function toolErrorText(error: unknown): string {
  const told = toolErrorSentence(error)
  return told ? inWords(told) : textOf(error).slice(0, MAX_CHARS)
}

/** Characters of what a model is told of a call that failed. */
const MOST_TOLD = 2_000

/**
 * What a model is told of a call that failed, given what the SDK would tell it: without the SDK's names, and without the
 * arguments once more. The same words in the answer and in later turns, so that a model server's cache goes on fitting.
 */
export function faultForModel(text: string): string {
  const plain = text.replace(/^(?:AI_\w+Error: )+/, "")
  const wrong = /^Invalid input for tool ([^:]+): AI_\w+Error: [\s\S]*?\nError message: ([\s\S]*)$/.exec(plain)
  const told = wrong ? `Invalid input for tool ${wrong[1]}: ${problemsIn(wrong[2] ?? "")}` : plain
  return told.length > MOST_TOLD ? `${told.slice(0, MOST_TOLD)}…` : told
}

const problemList = z.array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))

/** Problems of a schema as one line, anything else as it is. */
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
