import { toJson, toNullableJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Message } from "@/lib/db/generated/sqlite/client"
import { withoutDeleted } from "@/lib/db/visible-tree"

type Verdict = "better" | "worse" | "tie" | "bad"

export type MessageRow = Message

/** How an answer ended: what is written once, when it is over. */
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
 * The tree of a conversation's messages without what they say, oldest first, as it is when those that are deleted are
 * passed over. The caller has checked the owner.
 */
export const treeOf = async (conversationId: string, client: Transaction = db()) =>
  withoutDeleted(await nodesOf(conversationId, client))

/** All messages of the tree, deleted ones too, as they are stored. */
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

/** What was said in a conversation of this user, on all branches. */
export const partsOfConversation = (conversationId: string, userId: string) =>
  db().message.findMany({ where: { conversationId, conversation: { userId } }, select: { parts: true } })

/** Ids that one question may hold: SQLite's limit is 32,766 values. */
const IDS_AT_ONCE = 10_000

/** Messages of a conversation by their ids, in the order of these. The caller has checked the owner. */
export async function messagesByIds(conversationId: string, ids: string[]): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE)
    rows.push(
      ...(await db().message.findMany({ where: { conversationId, id: { in: ids.slice(from, from + IDS_AT_ONCE) } } })),
    )
  const places = new Map(ids.map((id, place) => [id, place]))
  return rows.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
}

/** Ids of the answers that failed before their first word. */
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

/** A message by id, whoever owns it: ids are made by clients, so one may be taken. */
export function messageById(id: string) {
  return db().message.findUnique({
    where: { id },
    include: { conversation: { select: { userId: true, deletedAt: true } } },
  })
}

/** Those of these messages of which must not be told whose they are. */
export async function blindAmong(ids: string[]): Promise<Set<string>> {
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
  /** The comparison that it belongs to, and its place there. */
  comparisonId?: string
  comparisonPlace?: number
  /** When it was preferred to the others. */
  chosenAt?: Date
  /** Whose it is must not be told yet. */
  blind?: boolean
  /** What it is made of. */
  merged?: unknown
}

/** A question, unless it is there already, and the empty answers to it. */
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

/** These messages are preferred to their siblings from now on. */
export const chooseMessages = (client: Transaction, ids: string[], chosenAt: Date) =>
  client.message.updateMany({ where: { id: { in: ids } }, data: { chosenAt } })

/** Ends a comparison: its answers are versions like any others. */
export const endComparison = (client: Transaction, conversationId: string, comparisonId: string) =>
  client.message.updateMany({
    where: { conversationId, comparisonId },
    data: { decidedAt: new Date() },
  })

/** Whose the answers of a comparison to this question are may be told, and of those that others took the place of. */
export const tellNames = (client: Transaction, comparisonId: string, questionId: string | null) =>
  client.message.updateMany({
    where: { parentId: questionId, blind: true, OR: [{ comparisonId }, { comparisonId: null }] },
    data: { blind: false },
  })

/** An ended comparison is open again. False when there is none. */
export async function reopenComparison(client: Transaction, conversationId: string, comparisonId: string) {
  const { count } = await client.message.updateMany({
    where: { conversationId, comparisonId, decidedAt: { not: null } },
    data: { decidedAt: null },
  })
  return count > 0
}

/** How these answers came off; null: nobody says so any more. Whose they are may be told. */
export const setVerdict = (client: Transaction, ids: string[], verdict: Verdict | null) =>
  client.message.updateMany({ where: { id: { in: ids } }, data: { verdict, blind: false } })

/** Whether it was said of one of these how it came off. */
export const isJudged = async (client: Transaction, ids: string[]): Promise<boolean> =>
  (await client.message.count({ where: { id: { in: ids }, verdict: { not: null } } })) > 0

/** An ended answer leaves its place in a comparison. False when it is not there any more, or is being written. */
export async function leaveComparison(client: Transaction, id: string, comparisonId: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, comparisonId, decidedAt: null, status: { not: "streaming" } },
    data: { comparisonId: null, comparisonPlace: null },
  })
  return count === 1
}

/** An ended answer is written again: `streaming`, its parts as they were. False when it is being written already, or was deleted. */
export async function reopenAnswer(client: Transaction, id: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, deletedAt: null, status: { not: "streaming" } },
    data: { status: "streaming", endedAt: null },
  })
  return count === 1
}

/** Holds an ended message until the transaction ends. False when it is being written, or is not there any more. */
export async function lockEnded(client: Transaction, id: string): Promise<boolean> {
  const { count } = await client.message.updateMany({
    where: { id, deletedAt: null, status: { not: "streaming" } },
    data: { role: "assistant" },
  })
  return count === 1
}

/** What a message says, in a transaction that holds it. The caller has checked the owner. */
export const partsOfMessage = async (client: Transaction, id: string): Promise<unknown> =>
  (await client.message.findUnique({ where: { id }, select: { parts: true } }))?.parts

export const setParts = (client: Transaction, id: string, parts: unknown) =>
  client.message.update({ where: { id }, data: { parts: toJson(parts) }, select: { id: true } })

export const hasFollowers = async (conversationId: string, id: string) =>
  (await treeOf(conversationId)).some(({ parentId }) => parentId === id)
/** Tokens and money of all answers of a conversation. The caller has checked the owner. */
export const spendingOf = (conversationId: string) =>
  db().message.findMany({
    where: { conversationId, role: "assistant", deletedAt: null },
    select: { id: true, status: true, usage: true, costUsd: true, blind: true },
  })
