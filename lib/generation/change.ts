/**
 * Changing a part of an answer: the model gets the answer, the part, and the request, and writes the new part. The
 * result is an answer like any other, a version next to the old one that starts with all of its content; at the end,
 * what was written after it replaces the part (`lib/messages/change.ts`).
 */
import type { UIMessageChunk } from "ai"
import { changePrompt } from "@/lib/ai/prompts/change"
import { conversationNotFound, selectBranch } from "@/lib/chat/conversations"
import { toChatMessage } from "@/lib/chat/messages"
import { setDeleted } from "@/lib/chat/removal"
import type { ChatRequest } from "@/lib/chat/requests"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import { comparedWith } from "@/lib/chat/tree"
import { db } from "@/lib/db/client"
import { findConversation } from "@/lib/db/conversations"
import { findMessage, hasChildMessages, messageById, setParts, treeOf } from "@/lib/db/messages"
import { branchOf, type History, historyFor } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import { messageChunks } from "@/lib/generation/log/chunks"
import { AppError } from "@/lib/http/errors"
import { acceptedChange, openChange, textsOf } from "@/lib/messages/change"
import type { ChangeRequest, StoredChange } from "@/lib/messages/change.types"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"

const notChangeable = () => new AppError("message:not_changeable")

/** Job fields that differ for a change. */
type Changing = Pick<GenerationJob, "history" | "settings" | "continued">

interface Asked {
  job: Pick<GenerationJob, "conversationId" | "parentId" | "userId" | "model">
  change: ChangeRequest
  settings: ChatSettings | undefined
}

/** The answer that a request changes; null if it changes none. Throws if the answer differs from what the user saw. */
export async function answerToChange({ id, message, change }: ChatRequest): Promise<ChatMessage | null> {
  if (!change) return null
  const [row, tree] = await Promise.all([messageById(change.of), treeOf(id)])
  // A message in between may be deleted.
  const node = tree.find((one) => one.id === change.of)
  if (row?.conversationId !== id || node?.parentId !== message.id || row.role !== "assistant")
    throw conversationNotFound()
  const answer = toChatMessage(row)
  const part = textsOf(answer.parts)[change.text]?.slice(change.start, change.start + change.old.length)
  // With compared answers, one has to be chosen first: until then their models may be hidden.
  const isCompared = comparedWith(tree, node).length > 0
  if (row.status === "streaming" || answer.metadata?.output || isCompared || part !== change.old) throw notChangeable()
  return answer
}

/** The run that changes a part: without tools, and continuing from the whole answer. */
export function changing(answer: ChatMessage, { job, change, settings }: Asked): Changing {
  const asked: StoredChange = { ...change, state: "asked", length: 0 }
  const [, ...chunks] = messageChunks(answer)
  const content = chunks.filter(({ type }) => !LEFT_OUT.has(type))
  const mark: UIMessageChunk = { type: "data-change", id: "change", data: asked }
  // Length limit and stop sequences are meant for whole answers.
  const own = { ...settings, tools: [], alternatives: undefined, maxTokens: undefined, stop: undefined }
  return {
    settings: own,
    history: () => historyOf(answer, { job, change, settings: own }),
    continued: {
      chunks: [...content, mark],
      open: null,
      ...{ usage: undefined, costUsd: undefined, reasoningMs: undefined },
    },
  }
}

/** Token alternatives belong to the answer as originally written; an earlier change is accepted by this one. */
const LEFT_OUT = new Set<string>(["finish", "data-alternatives", "data-change", "data-served"])

async function historyOf(answer: ChatMessage, { job, change, settings }: Asked): Promise<History> {
  const { userId, conversationId, model } = job
  const turns = await branchOf(conversationId, change.of)
  const history = await historyFor(userId, turns, model, { settings })
  const text = textsOf(answer.parts)[change.text] ?? ""
  const content = changePrompt({
    ...change,
    before: text.slice(0, change.start),
    after: text.slice(change.start + change.old.length),
  })
  return {
    messages: normalizeTurns([...history.messages, { role: "user", content }]),
    tokens: history.tokens + estimateTokens(content),
  }
}

/**
 * Accepts or discards a change. Discarding deletes the version and shows the answer it was made from. A decision is
 * final. Throws `conversation:not_found`, `message:not_found`, and `message:not_changeable` for a change that is not
 * finished or already has replies.
 */
export async function decideChange(userId: string, conversationId: string, messageId: string, taken: boolean) {
  if (!(await findConversation(conversationId, userId))) throw conversationNotFound()
  const row = await findMessage(messageId, userId)
  if (row?.conversationId !== conversationId) throw new AppError("message:not_found")
  const { parts } = toChatMessage(row)
  const change = openChange(parts)
  if (!change) return
  if (row.status === "streaming") throw notChangeable()
  if (taken) {
    if (row.status !== "complete" || change.begun !== undefined) throw notChangeable()
    await setParts(db(), messageId, acceptedChange(parts))
  } else await leave(userId, conversationId, messageId, change)
}

/** Deleted like any message; the user can ask again. */
async function leave(userId: string, conversationId: string, messageId: string, { of }: StoredChange): Promise<void> {
  if (await hasChildMessages(conversationId, messageId)) throw notChangeable()
  await setDeleted(userId, conversationId, { message: messageId, deleted: true })
  const tree = await treeOf(conversationId)
  if (tree.some(({ id }) => id === of)) await selectBranch(userId, conversationId, of)
}
