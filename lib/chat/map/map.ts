/** The branches of a conversation, for viewing all of them, or two side by side. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { z } from "zod"
import { conversationNotFound } from "@/lib/chat/conversations"
import type { BranchComparison, BranchMap, BranchSide, ComparedMessage } from "@/lib/chat/map/map.types"
import { runsOf } from "@/lib/chat/map/runs"
import { pathTo } from "@/lib/chat/tree"
import { cut } from "@/lib/cut"
import { mapNodesOf, textPrefixesOf, textsOfMessages } from "@/lib/db/branch-map"
import { findConversation } from "@/lib/db/conversations"
import { emptyFailures } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"
import { idSchema } from "@/lib/ids"

export const comparedBranchesSchema = z.strictObject({ a: idSchema, b: idSchema }).partial()

/** Runs per map. */
const MAX_RUNS = 1_000
/** Characters per title. */
const TITLE = 120

/** The forks and the runs between them. Throws `conversation:not_found`. */
export async function branchMap(userId: string, id: string): Promise<BranchMap> {
  const { nodes, activeLeafId } = await nodesFor(userId, id)
  const shown = new Set(pathTo(nodes, activeLeafId).map((node) => node.id))
  const all = runsOf(nodes)
  const runs = all.slice(0, MAX_RUNS)
  const titles = await titlesOf(
    id,
    runs.flatMap(({ messages: [first] }) => first?.id ?? []),
  )
  return {
    runs: runs.flatMap(({ parent, messages }) => {
      const [first] = messages
      const last = messages.at(-1)
      if (!first || !last) return []
      const answer = messages.find(({ role }) => role === "assistant")
      return {
        ...{ id: first.id, last: last.id, parent, messages: messages.length, role: first.role },
        title: cut((titles.get(first.id) ?? "").replace(/\s+/g, " ").trim(), TITLE),
        model: answer && !answer.blind ? answer.model : null,
        at: last.createdAt.toISOString(),
        shown: shown.has(first.id),
      }
    }),
    left: all.length - runs.length,
  }
}

/** Messages whose text comes after long reasoning or files; these are read one after the other. */
const MAX_SOUGHT = 50

async function titlesOf(conversationId: string, ids: string[]): Promise<Map<string, string>> {
  const titles = await textPrefixesOf(conversationId, ids, nextTurn)
  for (const id of ids.filter((one) => !titles.get(one)).slice(0, MAX_SOUGHT)) {
    const [text = ""] = await textsOfMessages(conversationId, [id])
    titles.set(id, text.slice(0, 10 * TITLE))
    await nextTurn()
  }
  return titles
}

/** Messages per side, and characters per message. */
const MAX_MESSAGES = 20
const MAX_CHARACTERS = 20_000

/** What follows the last common message of two branches. Throws not found for a missing conversation or message. */
export async function compareBranches(userId: string, id: string, [a, b]: [string, string]): Promise<BranchComparison> {
  const { nodes } = await nodesFor(userId, id)
  const paths = [pathTo(nodes, a), pathTo(nodes, b)] as const
  if (paths.some((path) => path.length === 0)) throw new AppError("message:not_found")
  const [one, other] = paths
  let common = 0
  while (one[common] && one[common]?.id === other[common]?.id) common++
  return { common, a: await sideOf(id, one.slice(common)), b: await sideOf(id, other.slice(common)) }
}

type Nodes = Awaited<ReturnType<typeof mapNodesOf>>

async function sideOf(conversationId: string, path: Nodes): Promise<BranchSide> {
  const messages: ComparedMessage[] = []
  // Sequentially, because each may be long.
  for (const node of path.slice(0, MAX_MESSAGES)) {
    const [text = ""] = await textsOfMessages(conversationId, [node.id])
    messages.push({
      ...{ id: node.id, role: node.role, status: node.status },
      model: node.blind ? null : node.model,
      text: cut(text, MAX_CHARACTERS),
      cut: text.length > MAX_CHARACTERS,
    })
  }
  return { messages, left: path.length - messages.length }
}

/** The nodes that the conversation shows: an answer that failed before its first word is not a version. */
async function nodesFor(userId: string, id: string): Promise<{ nodes: Nodes; activeLeafId: string | null }> {
  const conversation = await findConversation(id, userId)
  if (!conversation) throw conversationNotFound()
  const [all, empty] = await Promise.all([mapNodesOf(id), emptyFailures(id)])
  const { activeLeafId } = conversation
  return { nodes: all.filter((node) => node.id === activeLeafId || !empty.has(node.id)), activeLeafId }
}
