import { cleanText, toJson } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import type { Conversation } from "@/lib/db/generated/sqlite/client"

export type ConversationRow = Conversation

/** A conversation of this user, deleted ones only when asked for. */
export function findConversation(id: string, userId: string, options: { deleted?: boolean } = {}) {
  return db().conversation.findFirst({ where: { id, userId, ...(options.deleted ? {} : { deletedAt: null }) } })
}

/** Does somebody, whoever it is, have a conversation of this id? */
export async function conversationExists(id: string): Promise<boolean> {
  return (await db().conversation.count({ where: { id } })) > 0
}

/** Whether this person has a conversation, deleted and temporary ones included. */
export const hasConversations = async (userId: string): Promise<boolean> =>
  (await db().conversation.findFirst({ where: { userId }, select: { id: true } })) !== null

/** Whether anybody but this person has a conversation, deleted and temporary ones included. */
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
  /** Answers that begin with it. */
  running?: number
}

export interface Touch {
  /** The branch ends there now. */
  activeLeafId: string
  model: string
  /** They stay as they are when none are given. */
  settings?: unknown
  /** Answers that begin with it. */
  begin: number
}

/** Without a model: the conversation stays with the one that it has. */
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

/** An answer begins beside others; whether it may is to be asked behind this, which keeps others out until the end. */
export const beginBeside = (client: Transaction, id: string, touch: BesideTouch) =>
  client.conversation.update({ where: { id }, data: touched(touch), select: { id: true } })

/**
 * Holds a conversation until the transaction ends: no turn begins in it meanwhile, and who changes it otherwise waits. To
 * be asked first, so that nobody waits for two things in another order. Returns how many answers are being written, null
 * where there is no conversation.
 */
export async function holdConversation(client: Transaction, id: string): Promise<number | null> {
  const held = { where: { id, deletedAt: null }, data: { running: { increment: 0 } }, select: { running: true } }
  const [row] = await client.conversation.updateManyAndReturn(held)
  return row?.running ?? null
}

/** Another branch is shown, whose last answer is of this model. The caller has checked the owner. */
export const showBranch = (client: Transaction, id: string, branch: Pick<Conversation, "activeLeafId" | "model">) =>
  client.conversation.updateMany({ where: { id, deletedAt: null }, data: branch })

/** The shown branch ends there. The caller has checked the owner. */
export const showLeaf = (id: string, activeLeafId: string) =>
  db().conversation.updateMany({ where: { id, deletedAt: null, running: 0 }, data: { activeLeafId } })

type ConversationChange = Partial<
  Pick<
    Conversation,
    "title" | "titleSource" | "activeLeafId" | "model" | "deletedAt" | "unseen" | "pinnedAt" | "archivedAt"
  >
> & { settings?: unknown }

/** Changes one conversation of this user; false when there is none. Of a deleted one only that it is deleted. */
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

/** Removes a temporary conversation of this user for good, with its messages; false when there is none. */
export async function deleteTemporary(id: string, userId: string): Promise<boolean> {
  const { count } = await db().conversation.deleteMany({ where: { id, userId, temporary: true } })
  return count === 1
}

export const isTemporary = async (id: string, userId: string): Promise<boolean> =>
  (await db().conversation.count({ where: { id, userId, temporary: true } })) > 0

/** A temporary conversation of this user is one like any other from now on, found by search too; false when there is none. */
export const keepTemporary = (id: string, userId: string): Promise<boolean> =>
  db().$transaction(async (client) => {
    const { count } = await client.conversation.updateMany({
      where: { id, userId, temporary: true },
      data: { temporary: false },
    })
    if (count === 0) return false
    // What was noted before was passed over.
    await client.$executeRaw`INSERT INTO "SearchQueue" ("conversationId") VALUES (${id})`
    await client.$executeRaw`
      INSERT INTO "SearchQueue" ("conversationId", "messageId")
      SELECT "conversationId", "id" FROM "Message" WHERE "conversationId" = ${id}`
    return true
  })

/** Temporary conversations, of whichever user, without a message since `before`. */
export const quietTemporary = (before: Date) =>
  db().conversation.findMany({
    where: { temporary: true, updatedAt: { lt: before } },
    select: { id: true, userId: true, updatedAt: true },
    take: 1_000,
  })

/**
 * Removes for good what was deleted before `before`, and copies that were begun before `brokeOff` and never became whole
 * (`storeCopy`). Returns how many.
 */
export async function purgeConversations(before: Date, brokeOff: Date): Promise<number> {
  const { count } = await db().conversation.deleteMany({
    where: { OR: [{ deletedAt: { lt: before } }, { createdAt: { lt: brokeOff }, ...beingCopied() }] },
  })
  return count
}

/** It is hidden from its first moment on, and its branch has no end yet. */
export const beingCopied = () => ({ activeLeafId: null, deletedAt: { equals: db().conversation.fields.createdAt } })

/** Sets a title made by a model, unless the person has named the conversation meanwhile. */
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
