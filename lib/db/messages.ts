import { toJson, toNullableJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Message } from "@/lib/db/generated/sqlite/client"
import { withoutDeleted } from "@/lib/db/visible-tree"

type Verdict = "better" | "worse" | "tie" | "bad"

export type MessageRow = Message

/** The result of an answer, written once, at its end. */
export interface MessageResult {
  status: "complete" | "stopped" | "interrupted" | "failed"
  parts: unknown[]
  finishReason?: string
  usage?: unknown
  costUsd?: number
  timeToFirstTokenMs?: number
  tokensPerSecond?: number
  reasoningMs?: number
  serverTimings?: unknown
  outputCheck?: unknown
  error?: unknown
}

/**
 * The tree of a conversation's messages without their content, oldest first, with deleted ones skipped. The caller has
 * checked the owner.
 */
export const treeOf = async (conversationId: string, client: Transaction = db()) =>
  withoutDeleted(await nodesOf(conversationId, client))

/** All stored messages of the tree, including deleted ones. */
export const nodesOf = (conversationId: string, client: Transaction = db()) =>
  client.message.findMany({
    where: { conversationId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      parentId: true,
      status: true,
      comparisonId: true,
      comparisonPlace: true,
      decidedAt: true,
      createdAt: true,
      chosenAt: true,
      deletedAt: true,
    },
  })

/** The content of all branches of a conversation of this user. */
export const partsOfConversation = (conversationId: string, userId: string) =>
  db().message.findMany({ where: { conversationId, conversation: { userId } }, select: { parts: true } })

/** IDs per query: SQLite's limit is 32,766 values. */
const IDS_AT_ONCE = 10_000

/** Messages of a conversation in the order of these IDs. The caller has checked the owner. */
export async function messagesByIds(conversationId: string, ids: string[]): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE)
    rows.push(
      ...(await db().message.findMany({ where: { conversationId, id: { in: ids.slice(from, from + IDS_AT_ONCE) } } })),
    )
  const places = new Map(ids.map((id, place) => [id, place]))
  return rows.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

/** IDs of answers that failed before their first word. */
export async function emptyFailures(conversationId: string): Promise<Set<string>> {
  const rows = await db().message.findMany({
    where: { conversationId, status: "failed" },
    select: { id: true, parts: true },
  })
  return new Set(rows.filter(({ parts }) => !Array.isArray(parts) || parts.length === 0).map(({ id }) => id))
}

/** A message of this user's conversations, or null. */
export function findMessage(id: string, userId: string) {
  return db().message.findFirst({ where: { id, deletedAt: null, conversation: { userId, deletedAt: null } } })
}

/** A message by ID, of any user: clients generate IDs, so one may be taken. */
export function messageById(id: string) {
  return db().message.findUnique({
    where: { id },
    include: { conversation: { select: { userId: true, deletedAt: true } } },
  })
}

/** Those of these messages whose model is hidden. */
export async function blindMessageIds(ids: string[]): Promise<Set<string>> {
  const rows = await db().message.findMany({ where: { id: { in: ids }, blind: true }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}

export interface NewMessage {
  id: string
  conversationId: string
  parentId: string | null
  parts: unknown[]
  createdAt: Date
}

export interface NewAnswer {
  id: string
  conversationId: string
  parentId: string
  model: string
  settings?: unknown
  output?: unknown
  createdAt: Date
  /** Its comparison, and its place there. */
  comparisonId?: string
  comparisonPlace?: number
  /** When it was chosen over its siblings. */
  chosenAt?: Date
  /** Its model is hidden for now. */
  blind?: boolean
  /** What it was merged from. */
  merged?: unknown
}

/** Inserts a question, unless it exists already, and empty answers to it. */
export function createTurn(client: Transaction, question: NewMessage | null, answers: NewAnswer[]) {
  return client.message.createMany({
    data: [
      ...(question ? [{ ...question, parts: toJson(question.parts), role: "user", status: "complete" } as const] : []),
      ...answers.map(({ settings, output, merged, ...rest }) => ({
        ...rest,
        parts: [],
        role: "assistant" as const,
        status: "streaming" as const,
        settings: toNullableJson(settings),
        output: toNullableJson(output),
        merged: toNullableJson(merged),
      })),
    ],
  })
}

/** Marks these messages as chosen over their siblings. */
export const chooseMessages = (client: Transaction, ids: string[], chosenAt: Date) =>
  client.message.updateMany({ where: { id: { in: ids } }, data: { chosenAt } })

/** Ends a comparison: its answers become ordinary versions. */
export const endComparison = (client: Transaction, conversationId: string, comparisonId: string) =>
  client.message.updateMany({
    where: { conversationId, comparisonId },
    data: { decidedAt: new Date() },
  })

/** Reveals the models of the compared answers to this question, and of those they replaced. */
export const revealModels = (client: Transaction, comparisonId: string, questionId: string | null) =>
  client.message.updateMany({
    where: { parentId: questionId, blind: true, OR: [{ comparisonId }, { comparisonId: null }] },
    data: { blind: false },
  })

/** Reopens an ended comparison. False if there is none. */
export async function reopenComparison(client: Transaction, conversationId: string, comparisonId: string) {
  const { count } = await client.message.updateMany({
    where: { conversationId, comparisonId, decidedAt: { not: null } },
    data: { decidedAt: null },
  })
  return count > 0
}

/** Sets the verdict on these answers, null to withdraw it, and reveals their models. */
export const setVerdict = (client: Transaction, ids: string[], verdict: Verdict | null) =>
  client.message.updateMany({ where: { id: { in: ids } }, data: { verdict, blind: false } })

/** Whether any of these has a verdict. */
export const isJudged = async (client: Transaction, ids: string[]): Promise<boolean> =>
  (await client.message.count({ where: { id: { in: ids }, verdict: { not: null } } })) > 0

/** Removes an ended answer from its place in a comparison. False if it is no longer there, or is being written. */
export async function removeFromComparison(client: Transaction, id: string, comparisonId: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, comparisonId, decidedAt: null, status: { not: "streaming" } },
    data: { comparisonId: null, comparisonPlace: null },
  })
  return count === 1
}

/**
 * Reopens an ended answer: `streaming`, with its parts unchanged. False if it is already being written, or was deleted.
 */
export async function reopenAnswer(client: Transaction, id: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, deletedAt: null, status: { not: "streaming" } },
    data: { status: "streaming", endedAt: null },
  })
  return count === 1
}

/** Locks an ended message until the transaction ends. False if it is being written, or no longer exists. */
export async function lockEndedMessage(client: Transaction, id: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, deletedAt: null, status: { not: "streaming" } },
    data: { role: "assistant" },
  })
  return count === 1
}

/** The parts of a message, in a transaction that has locked it. The caller has checked the owner. */
export const partsOfMessage = async (client: Transaction, id: string): Promise<unknown> =>
  (await client.message.findUnique({ where: { id }, select: { parts: true } }))?.parts

export const setParts = (client: Transaction, id: string, parts: unknown) =>
  client.message.update({ where: { id }, data: { parts: toJson(parts) }, select: { id: true } })

export const hasChildMessages = async (conversationId: string, id: string) =>
  (await treeOf(conversationId)).some(({ parentId }) => parentId === id)
/** Tokens and cost of all answers of a conversation. The caller has checked the owner. */
export const spendingOf = (conversationId: string) =>
  db().message.findMany({
    where: { conversationId, role: "assistant", deletedAt: null },
    select: { id: true, status: true, usage: true, costUsd: true, blind: true },
  })
