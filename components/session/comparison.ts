/** What follows from answers that are compared. Pure. */
import { hasBegun } from "@/components/base/message-content"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"

/**
 * The answer that a message sent now goes on from when none was kept: the one that was found better, else the
 * first that is whole, else the first that can
 * be used, else the first that says something, else the first. Undefined when none are compared.
 */
export const goesOnFrom = (compared: ChatMessage[]): ChatMessage | undefined =>
  compared.find(({ metadata }) => metadata?.verdict === "better") ??
  compared.find(({ metadata }) => metadata?.status === "complete") ??
  compared.find((answer) => isUsable(answer.metadata?.status, answer.parts) && hasBegun(answer)) ??
  compared.find(hasBegun) ??
  compared[0]

/** How many of the answers are whole, and of how many. */
export const countWhole = (compared: ChatMessage[]) => ({
  whole: compared.filter(({ metadata }) => metadata?.status === "complete").length,
  all: compared.length,
})

/** Ids of the answers that are alternatives: one that failed before its first word is none. */
export const worthKeeping = (compared: ChatMessage[]): string[] =>
  compared.filter((message) => message.metadata?.status !== "failed" || hasBegun(message)).map(({ id }) => id)

/** Stands for an answer until its first event comes. */
export const emptyAnswer = (answer: {
  id: string
  model: string | undefined
  parentId: string | null
  createdAt: string
  /** Whose it is is not told. */
  blind?: true
}): ChatMessage => {
  const { id, model, parentId, createdAt, blind } = answer
  const metadata = { parentId, createdAt, status: "streaming" as const, ...(blind ? { blind } : { model }) }
  return { id, role: "assistant", metadata, parts: [] }
}

/** Those that one can be made of. */
export const toMerge = (compared: ChatMessage[]): ChatMessage[] =>
  compared.filter((answer) => !isMerged(answer) && isUsable(answer.metadata?.status, answer.parts))
