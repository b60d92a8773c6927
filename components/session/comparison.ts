/** Pure helpers for compared answers. */
import { hasBegun } from "@/components/base/message-content"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"

/**
 * The answer a message sent now continues from when none was kept: the one judged better, else the first complete one,
 * else the first usable one, else the first with any content, else the first. Undefined when none are compared.
 */
export const continuationAnswer = (compared: ChatMessage[]): ChatMessage | undefined =>
  compared.find(({ metadata }) => metadata?.verdict === "better") ??
  compared.find(({ metadata }) => metadata?.status === "complete") ??
  compared.find((answer) => isUsable(answer.metadata?.status, answer.parts) && hasBegun(answer)) ??
  compared.find(hasBegun) ??
  compared[0]

/** The number of complete answers and the total. */
export const countComplete = (compared: ChatMessage[]) => ({
  whole: compared.filter(({ metadata }) => metadata?.status === "complete").length,
  all: compared.length,
})

/** Ids of the answers that count as alternatives: excludes those that failed before their first word. */
export const keepableAnswerIds = (compared: ChatMessage[]): string[] =>
  compared.filter((message) => message.metadata?.status !== "failed" || hasBegun(message)).map(({ id }) => id)

/** Placeholder for an answer until its first event arrives. */
export const placeholderAnswer = (answer: {
  id: string
  model: string | undefined
  parentId: string | null
  createdAt: string
  /** The model's name is hidden. */
  blind?: true
}): ChatMessage => {
  const { id, model, parentId, createdAt, blind } = answer
  const metadata = { parentId, createdAt, status: "streaming" as const, ...(blind ? { blind } : { model }) }
  return { id, role: "assistant", metadata, parts: [] }
}

/** The answers that can be merged into one. */
export const mergeableAnswers = (compared: ChatMessage[]): ChatMessage[] =>
  compared.filter((answer) => !isMerged(answer) && isUsable(answer.metadata?.status, answer.parts))
