/** A turn from start to end: what every question writes and reads, in raw statements (`raw.ts`). */
import { cleanText, toJsonText } from "@/lib/db/clean"
import { idList, raw } from "@/lib/db/client"
import type { NewConversation, Touch } from "@/lib/db/conversations"
import { fileUse } from "@/lib/db/files"
import { LEASE_MS, type NewGeneration } from "@/lib/db/generations"
import type { MessageResult, NewAnswer, NewMessage } from "@/lib/db/messages"
import { type AnswersTaken, addedUsage, consumeAnswers, liveUser, type Usage } from "@/lib/db/quota"
import { jsonOf, type Statement } from "@/lib/db/raw"

export interface NewTurn {
  conversationId: string
  /** Null if it already exists. */
  question: NewMessage | null
  /** Files that the question shows. */
  files?: string[]
  answers: NewAnswer[]
  generations: NewGeneration[]
  touch: Touch
  /** Where the shown branch must currently end; undefined: anywhere. */
  leaf?: string | null
  /** What its answers take from the user's quota; undefined: the user's own key pays. */
  taken?: AnswersTaken
  /** What becomes shown instead of its siblings. */
  chosen: { ids: string[]; at: Date } | null
}

const json = (value: unknown) => (value === undefined || value === null ? null : toJsonText(value))

/**
 * Stores the start of a turn, including its conversation if that is new. Fails (`isMissingRow`) while an answer is
 * being written, or if the shown branch does not end at `leaf`; with `isMissingTarget` if a file no longer exists; with
 * `QuotaReached` and `SwitchedOff`.
 */
export const storeTurn = (turn: NewTurn, begun: NewConversation | null): Promise<void> =>
  raw().transact([
    begun ? newConversation(begun) : touched(turn),
    ...(turn.chosen ? [chosenFrom(turn.chosen)] : []),
    ...(turn.question?.parentId ? [toldBeside(turn.question.parentId)] : []),
    ...(turn.question ? [newQuestion(turn.question)] : []),
    ...(turn.files ?? []).map((fileId) => fileUse(turn.conversationId, fileId)),
    ...turn.answers.map(newAnswer),
    ...turn.generations.map(newGeneration),
    ...[...new Set(turn.generations.map(({ userId }) => userId))].map(liveUser),
    ...(turn.taken ? [consumeAnswers(turn.taken)] : []),
  ])

function newConversation(row: NewConversation): Statement {
  const { id, userId, model, activeLeafId, folderId = null, temporary = false, running = 0 } = row
  const now = new Date()
  return {
    sql: `INSERT INTO "Conversation" ("id", "userId", "title", "model", "activeLeafId", "settings", "folderId",
      "temporary", "running", "createdAt", "updatedAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      ...[id, userId, cleanText(row.title), model, activeLeafId, json(row.settings), folderId],
      ...[temporary, running, now, now],
    ],
  }
}

function touched({ conversationId, touch, leaf }: NewTurn): Statement {
  const { activeLeafId, model, begin, settings } = touch
  return {
    sql: `UPDATE "Conversation" SET "activeLeafId" = ?, "model" = ?, "running" = "running" + ?, "updatedAt" = ?,
      "unseen" = ?, "archivedAt" = NULL${settings === undefined ? "" : `, "settings" = ?`}
      WHERE "id" = ? AND "running" = 0${leaf === undefined ? "" : ` AND "activeLeafId" IS NOT DISTINCT FROM ?`}`,
    values: [
      ...[activeLeafId, model, begin, new Date(), false],
      ...(settings === undefined ? [] : [toJsonText(settings)]),
      ...[conversationId, ...(leaf === undefined ? [] : [leaf])],
    ],
    must: true,
  }
}

const chosenFrom = ({ ids, at }: { ids: string[]; at: Date }): Statement => ({
  sql: `UPDATE "Message" SET "chosenAt" = ? WHERE "id" IN ${idList()}`,
  values: [at, JSON.stringify(ids)],
})

/** Continuing from an answer without a verdict reveals its model and those of its siblings. */
const toldBeside = (messageId: string): Statement => ({
  sql: `UPDATE "Message" SET "blind" = ? WHERE "parentId" = (SELECT "parentId" FROM "Message" WHERE "id" = ?) AND "blind"`,
  values: [false, messageId],
})

const newQuestion = ({ id, conversationId, parentId, parts, createdAt }: NewMessage): Statement => ({
  sql: `INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "status", "parts", "createdAt")
    VALUES (?, ?, ?, 'user', 'complete', ?, ?)`,
  values: [id, conversationId, parentId, toJsonText(parts), createdAt],
})

const newAnswer = (answer: NewAnswer): Statement => ({
  sql: `INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "status", "parts", "model", "settings",
    "output", "createdAt", "comparisonId", "comparisonPlace", "chosenAt", "blind")
    VALUES (?, ?, ?, 'assistant', 'streaming', '[]', ?, ?, ?, ?, ?, ?, ?, ?)`,
  values: [
    ...[answer.id, answer.conversationId, answer.parentId, answer.model, json(answer.settings), json(answer.output)],
    ...[answer.createdAt, answer.comparisonId ?? null, answer.comparisonPlace ?? null, answer.chosenAt ?? null],
    answer.blind ?? false,
  ],
})

const newGeneration = ({ id, messageId, conversationId, userId, nodeId }: NewGeneration): Statement => ({
  sql: `INSERT INTO "Generation" ("id", "messageId", "conversationId", "runningIn", "userId", "nodeId", "leaseUntil",
    "startedAt") VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  values: [id, messageId, conversationId, messageId, userId, nodeId, new Date(Date.now() + LEASE_MS), new Date()],
})

/**
 * Writes the end of an answer with its usage, and deletes the log of its generation, in one transaction. Compared
 * answers may end concurrently: the first statement serializes them, so that each counts correctly what is still being
 * written. Fails (`isMissingRow`) if another process has taken the generation over.
 */
export function finishMessage(
  { id: generationId, messageId, conversationId, nodeId }: Omit<NewGeneration, "userId">,
  result: MessageResult,
  usage?: Usage,
): Promise<void> {
  const now = new Date()
  return raw().transact([
    // A user who stops an answer has seen it.
    {
      sql: `UPDATE "Conversation" SET "unseen" = "unseen" OR ? WHERE "id" = ?`,
      values: [result.status !== "stopped", conversationId],
      must: true,
    },
    endOf(messageId, result, now),
    {
      sql: `UPDATE "Generation" SET "endedAt" = ?, "runningIn" = NULL WHERE "id" = ? AND "nodeId" = ?`,
      values: [now, generationId, nodeId],
      must: true,
    },
    { sql: `DELETE FROM "GenerationChunk" WHERE "generationId" = ?`, values: [generationId] },
    // Counted instead of decremented: a generation that was ended twice must not count twice.
    {
      sql: `UPDATE "Conversation" SET "running" = (SELECT COUNT(*) FROM "Generation" WHERE "conversationId" = ?
        AND "endedAt" IS NULL) WHERE "id" = ?`,
      values: [conversationId, conversationId],
    },
    ...(usage ? [addedUsage(usage, now)] : []),
  ])
}

const endOf = (id: string, result: MessageResult, now: Date): Statement => ({
  sql: `UPDATE "Message" SET "status" = ?, "parts" = ?, "finishReason" = ?, "usage" = ?, "costUsd" = ?,
    "timeToFirstTokenMs" = ?, "tokensPerSecond" = ?, "reasoningMs" = ?, "serverTimings" = ?, "outputCheck" = ?,
    "error" = ?, "endedAt" = ? WHERE "id" = ?`,
  values: [
    ...[result.status, toJsonText(result.parts), result.finishReason ?? null, json(result.usage)],
    ...[result.costUsd ?? null, result.timeToFirstTokenMs ?? null, result.tokensPerSecond ?? null],
    ...[result.reasoningMs ?? null, json(result.serverTimings), json(result.outputCheck), json(result.error)],
    ...[now, id],
  ],
  must: true,
})

/** State of a conversation before a turn. */
export interface Standing {
  id: string
  activeLeafId: string | null
  model: string | null
  settings: unknown
  running: number
}

/** A conversation of this user, unless it is deleted, and how many answers are being written for the user overall. */
export async function standingOf(
  id: string,
  userId: string,
): Promise<{ conversation: Standing | null; running: number }> {
  const [row] = await raw().read({
    sql: `SELECT c."id", c."activeLeafId", c."model", c."settings", c."running", mine."running" AS "ofUser"
      FROM (SELECT COUNT(*) AS "running" FROM "Generation" WHERE "userId" = ? AND "endedAt" IS NULL) mine
      LEFT JOIN "Conversation" c ON c."id" = ? AND c."userId" = ? AND c."deletedAt" IS NULL`,
    values: [userId, id, userId],
  })
  const running = Number(row?.ofUser)
  if (!row?.id) return { conversation: null, running }
  const conversation: Standing = {
    id,
    activeLeafId: textOf(row.activeLeafId),
    model: textOf(row.model),
    settings: jsonOf(row.settings),
    running: Number(row.running),
  }
  return { conversation, running }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null)

/** A message of any user. */
export interface KnownMessage {
  id: string
  conversationId: string
  parentId: string | null
  role: Role
  parts: unknown
  userId: string
  /** It was deleted from its conversation. */
  deleted: boolean
}

/** The existing messages with these IDs, unordered, of any user: clients generate IDs. */
export async function knownMessages(ids: string[]): Promise<KnownMessage[]> {
  const rows = await raw().read({
    sql: `SELECT m."id", m."conversationId", m."parentId", m."role", m."parts", m."deletedAt",
      c."userId" FROM "Message" m
      JOIN "Conversation" c ON c."id" = m."conversationId" WHERE m."id" IN ${idList()}`,
    values: [JSON.stringify(ids)],
  })
  return rows.map((row) => ({
    ...turnOf(row),
    conversationId: String(row.conversationId),
    userId: String(row.userId),
    deleted: row.deletedAt !== null,
  }))
}

/** The part of a message that a model is shown. */
export interface TurnRow {
  id: string
  parentId: string | null
  role: Role
  parts: unknown
}

type Role = "user" | "assistant"

const turnOf = ({ id, parentId, role, parts }: Record<string, unknown>): TurnRow => ({
  id: String(id),
  parentId: textOf(parentId),
  role: role === "user" ? "user" : "assistant",
  parts: jsonOf(parts),
})

/** Bounds the recursion in case a corrupted chain is circular. */
const MAX_OF_BRANCH = 20_000

/**
 * The messages from the first to `leafId`, in this order, read along their parents: other branches are not read, and
 * deleted messages are skipped. The caller has checked the owner.
 */
export async function branchTo(conversationId: string, leafId: string): Promise<TurnRow[]> {
  const rows = await raw().read({
    sql: `WITH RECURSIVE branch AS (
        SELECT "id", "parentId", 0 AS depth FROM "Message" WHERE "id" = ? AND "conversationId" = ?
        UNION ALL
        SELECT m."id", m."parentId", b.depth + 1 FROM branch b
        JOIN "Message" m ON m."id" = b."parentId" AND m."conversationId" = ? WHERE b.depth < ${MAX_OF_BRANCH}
      ) SELECT m."id", m."parentId", m."role", m."parts" FROM branch b JOIN "Message" m ON m."id" = b."id"
      WHERE m."deletedAt" IS NULL ORDER BY b.depth DESC`,
    values: [leafId, conversationId, conversationId],
  })
  return rows.map(turnOf)
}
