/**
 * Repairing a structured answer: the model gets the answer and its problems, and writes only the affected values. The
 * result is an answer like any other, a version next to the old one that starts with all of its content; at the end,
 * what was written after it is put in place (`lib/output/answer/repair.ts`), and the whole is checked again.
 */
import type { UIMessageChunk } from "ai"
import { repairPrompt } from "@/lib/ai/prompts/repair"
import { conversationNotFound } from "@/lib/chat/conversations"
import { toChatMessage } from "@/lib/chat/messages"
import type { ChatRequest } from "@/lib/chat/requests"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import { comparedWith } from "@/lib/chat/tree"
import { messageById, treeOf } from "@/lib/db/messages"
import { branchOf, type History, historyFor } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import { AppError } from "@/lib/http/errors"
import type { StoredSources } from "@/lib/messages/sources.types"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import { effectiveCheck, effectiveText } from "@/lib/output/answer/edits"
import { type RepairPlan, repairPlan } from "@/lib/output/answer/repair"
import { isWithin } from "@/lib/output/view/pointers"

type Repairing = Pick<GenerationJob, "asks" | "continued" | "history" | "settings">

interface Asked {
  job: Pick<GenerationJob, "conversationId" | "model" | "userId">
  settings: ChatSettings | undefined
}

/** The answer that a request repairs; null if it repairs none. Throws for an answer with nothing to repair. */
export async function answerToRepair({ id, message, repair }: ChatRequest): Promise<ChatMessage | null> {
  if (!repair) return null
  const [row, tree] = await Promise.all([messageById(repair.of), treeOf(id)])
  const node = tree.find((one) => one.id === repair.of)
  if (row?.conversationId !== id || node?.parentId !== message.id || row.role !== "assistant")
    throw conversationNotFound()
  const answer = toChatMessage(row)
  const { output, outputCheck } = answer.metadata ?? {}
  const check = effectiveCheck(answer.parts, outputCheck)
  const isCompared = comparedWith(tree, node).length > 0
  if (row.status === "streaming" || isCompared || !output || !check || check.valid)
    throw new AppError("message:not_repairable")
  return answer
}

/** The run that repairs: without tools, continuing from the whole answer, asked only for what is wrong. */
export function repairing(answer: ChatMessage, { job, settings }: Asked): Repairing {
  const { output = { type: "json" }, outputCheck } = answer.metadata ?? {}
  const text = effectiveText(answer.parts)
  const plan = repairPlan(text, output, effectiveCheck(answer.parts, outputCheck)?.problems ?? [])
  // Length limit and stop sequences are meant for whole answers.
  const own = { ...settings, tools: [], alternatives: undefined, maxTokens: undefined, stop: undefined }
  const kept = sourcesBeside(answer.parts, plan.places)
  const chunks: UIMessageChunk[] = [
    ...(kept ? [{ type: "data-sources" as const, id: "sources", data: kept }] : []),
    { type: "text-start", id: "answer" },
    { type: "text-delta", id: "answer", delta: text },
    { type: "text-end", id: "answer" },
    { type: "data-repair", id: "repair", data: { of: answer.id, places: plan.places, state: "asked" } },
  ]
  return {
    asks: plan.asks,
    settings: own,
    history: () => historyOf(answer, plan, { job, settings: own }),
    continued: { chunks, open: null, usage: undefined, costUsd: undefined, reasoningMs: undefined },
  }
}

/** Sources of the values that aren't requested again. */
function sourcesBeside(parts: ChatMessage["parts"], places: string[]): StoredSources | null {
  const part = parts.find(({ type }) => type === "data-sources")
  if (part?.type !== "data-sources") return null
  return { values: part.data.values.filter(({ path }) => !places.some((place) => isWithin(path, place))) }
}

async function historyOf(
  answer: ChatMessage,
  { places, told }: RepairPlan,
  { job, settings }: Asked,
): Promise<History> {
  const { userId, conversationId, model } = job
  const turns = await branchOf(conversationId, answer.id)
  const history = await historyFor(userId, turns, model, { settings })
  const content = repairPrompt(places, told)
  return {
    messages: normalizeTurns([...history.messages, { role: "user", content }]),
    tokens: history.tokens + estimateTokens(content),
  }
}
