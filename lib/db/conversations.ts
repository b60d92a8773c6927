import { cleanText, toJson } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import type { Conversation } from "@/lib/db/generated/sqlite/client"

export type ConversationRow = Conversation

/** A conversation of this user; deleted ones only on request. */
export function findConversation(id: string, userId: string, options: { deleted?: boolean } = {}) {
  return db().conversation.findFirst({ where: { id, userId, ...(options.deleted ? {} : { deletedAt: null }) } })
}

/** Whether any user has a conversation with this ID. */
export async function conversationExists(id: string): Promise<boolean> {
  return (await db().conversation.count({ where: { id } })) > 0
}

/** Whether this user has any conversation, including deleted and temporary ones. */
export const hasConversations = async (userId: string): Promise<boolean> =>
  (await db().conversation.findFirst({ where: { userId }, select: { id: true } })) !== null

/** Whether anyone else has a conversation, including deleted and temporary ones. */
export async function othersHaveConversations(userId: string | null): Promise<boolean> {
  const where = userId === null ? {} : { userId: { not: userId } }
  return (await db().conversation.findFirst({ where, select: { id: true } })) !== null
}

export interface NewConversation {
  id: string
  userId: string
  title: string
  model: string
  activeLeafId: string
  settings?: unknown
  temporary?: boolean
  folderId?: string
  /** Number of answers that start with it. */
  running?: number
}

export interface Touch {
  /** The new end of the branch. */
  activeLeafId: string
  model: string
  /** Unchanged if omitted. */
  settings?: unknown
  /** Number of answers that start with it. */
  begin: number
}

/** Without a model, the conversation keeps its own. */
export type BesideTouch = Omit<Touch, "model"> & Partial<Pick<Touch, "model">>

const touched = ({ activeLeafId, model, settings, begin }: BesideTouch) => ({
  activeLeafId,
  model,
  running: { increment: begin },
  updatedAt: new Date(),
  unseen: false,
  archivedAt: null,
  ...(settings === undefined ? {} : { settings: toJson(settings) }),
})

/**
 * Registers an answer that starts next to others. Check whether it may only after this, which locks the conversation
 * until the end.
 */
export const registerParallelAnswer = (client: Transaction, id: string, touch: BesideTouch) =>
  client.conversation.update({ where: { id }, data: touched(touch), select: { id: true } })

/**
 * Locks a conversation until the transaction ends: no turn starts in it, and other changes wait. Call it first, so that
 * locks are always taken in the same order. Returns how many answers are being written, null if there is no
 * conversation.
 */
export async function lockConversation(client: Transaction, id: string): Promise<number | null> {
  const held = { where: { id, deletedAt: null }, data: { running: { increment: 0 } }, select: { running: true } }
  const [row] = await client.conversation.updateManyAndReturn(held)
  return row?.running ?? null
}

/** Shows another branch, whose last answer is by this model. The caller has checked the owner. */
export const setActiveBranch = (
  client: Transaction,
  id: string,
  branch: Pick<Conversation, "activeLeafId" | "model">,
) => client.conversation.updateMany({ where: { id, deletedAt: null }, data: branch })

/** Sets the end of the shown branch. The caller has checked the owner. */
export const setActiveLeaf = (id: string, activeLeafId: string) =>
  db().conversation.updateMany({ where: { id, deletedAt: null, running: 0 }, data: { activeLeafId } })

type ConversationChange = Partial<
  Pick<
    Conversation,
    "title" | "titleSource" | "activeLeafId" | "model" | "deletedAt" | "unseen" | "pinnedAt" | "archivedAt"
  >
> & { settings?: unknown }

/** Changes one conversation of this user; false if there is none. For a deleted one, only its deletion can change. */
export async function updateConversation(
  id: string,
  userId: string,
  { settings, ...data }: ConversationChange,
): Promise<boolean> {
  const { count } = await db().conversation.updateMany({
    where: { id, userId, ...(data.deletedAt === undefined ? { deletedAt: null } : {}) },
    data: {
      ...data,
      ...(data.title === undefined ? {} : { title: cleanText(data.title) }),
      ...(settings === undefined ? {} : { settings: toJson(settings) }),
    },
  })
  return count === 1
}

/** Permanently removes a temporary conversation of this user and its messages; false if there is none. */
export async function deleteTemporary(id: string, userId: string): Promise<boolean> {
  const { count } = await db().conversation.deleteMany({ where: { id, userId, temporary: true } })
  return count === 1
}

export const isTemporary = async (id: string, userId: string): Promise<boolean> =>
  (await db().conversation.count({ where: { id, userId, temporary: true } })) > 0

/** Turns a temporary conversation of this user into a regular one, which search finds too; false if there is none. */
export const keepTemporary = (id: string, userId: string): Promise<boolean> =>
  db().$transaction(async (client) => {
    const { count } = await client.conversation.updateMany({
      where: { id, userId, temporary: true },
      data: { temporary: false },
    })
    if (count === 0) return false
    // Earlier queue entries were skipped.
    await client.$executeRaw`INSERT INTO "SearchQueue" ("conversationId") VALUES (${id})`
    await client.$executeRaw`
      INSERT INTO "SearchQueue" ("conversationId", "messageId")
      SELECT "conversationId", "id" FROM "Message" WHERE "conversationId" = ${id}`
    return true
  })

/** Temporary conversations of all users without a message since `before`. */
export const idleTemporaryConversations = (before: Date) =>
  db().conversation.findMany({
    where: { temporary: true, updatedAt: { lt: before } },
    select: { id: true, userId: true, updatedAt: true },
    take: 1_000,
  })

/**
 * Permanently removes anything deleted before `before`, and copies started before `brokeOff` that were never completed
 * (`storeCopy`). Returns how many.
 */
export async function purgeConversations(before: Date, brokeOff: Date): Promise<number> {
  const { count } = await db().conversation.deleteMany({
    where: { OR: [{ deletedAt: { lt: before } }, { createdAt: { lt: brokeOff }, ...copyInProgressFilter() }] },
  })
  return count
}

/** A copy in progress is hidden from the moment of its creation, and its branch has no end yet. */
export const copyInProgressFilter = () => ({
  activeLeafId: null,
  deletedAt: { equals: db().conversation.fields.createdAt },
})

/** Sets a title made by a model, unless the user has renamed the conversation. */
export const setModelTitle = (id: string, title: string): Promise<boolean> =>
  raw()
    .transact([
      {
        sql: `UPDATE "Conversation" SET "title" = ?, "titleSource" = 'model' WHERE "id" = ? AND "titleSource" = 'draft'`,
        values: [cleanText(title), id],
        must: true,
      },
    ])
    .then(
      () => true,
      (error: unknown) => {
        if (isMissingRow(error)) return false
        throw error
      },
    )
