import { cleanText, toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Share } from "@/lib/db/generated/sqlite/client"

export type ShareRow = Share

interface Stored {
  title: string
  /** The snapshot. */
  messages: unknown
  imageIds: string[]
  options: unknown
  authorName: string | null
  upToMessageId: string | null
}

/** How it can be opened. */
interface Terms {
  expiresAt?: Date | null
  passcodeHash?: string | null
  listed?: boolean
}

interface NewShare
  extends Pick<Stored, "title" | "messages" | "imageIds">,
    Partial<Omit<Stored, "title" | "messages" | "imageIds">>,
    Terms {
  id: string
  token: string
  userId: string
  conversationId: string
  inside?: boolean
}

const HEAVY = { messages: true, imageIds: true } as const

/** What is loaded about the people who may read a restricted share. */
const PEOPLE = {
  grants: { orderBy: { createdAt: "asc" }, select: { user: { select: { id: true, name: true, email: true } } } },
} as const

const jsonOf = ({ title, messages, imageIds, options }: Partial<Stored>) => ({
  ...(title === undefined ? {} : { title: cleanText(title) }),
  ...(messages === undefined ? {} : { messages: toJson(messages) }),
  ...(imageIds === undefined ? {} : { imageIds: toJson(imageIds) }),
  ...(options === undefined ? {} : { options: toJson(options) }),
})

export const createShareRow = (
  client: Transaction,
  { title, messages, imageIds, options, authorName, ...row }: NewShare,
) =>
  client.share.create({
    data: {
      ...row,
      title: cleanText(title),
      messages: toJson(messages),
      imageIds: toJson(imageIds),
      ...(options === undefined ? {} : { options: toJson(options) }),
      authorName: authorName ? cleanText(authorName) : null,
    },
    omit: HEAVY,
    include: PEOPLE,
  })

/** Changes a share of this user that was not revoked; false if there is none. A new snapshot updates its time. */
export async function updateShareRow(
  id: string,
  userId: string,
  { authorName, upToMessageId, expiresAt, passcodeHash, listed, ...stored }: Partial<Stored> & Terms,
): Promise<boolean> {
  const { count } = await db().share.updateMany({
    where: { id, userId, revokedAt: null },
    data: {
      ...jsonOf(stored),
      ...(authorName === undefined ? {} : { authorName: authorName && cleanText(authorName) }),
      ...{ upToMessageId, expiresAt, passcodeHash, listed },
      ...(stored.messages === undefined ? {} : { updatedAt: new Date() }),
    },
  })
  return count === 1
}

/** A share of this user that was not revoked, without its snapshot. */
export const findOwnShare = (id: string, userId: string) =>
  db().share.findFirst({
    where: { id, userId, revokedAt: null, conversation: { deletedAt: null } },
    omit: HEAVY,
    include: PEOPLE,
  })

/** The snapshot of the same. */
export const snapshotOfOwnShare = (id: string, userId: string) =>
  db().share.findFirst({ where: { id, userId, revokedAt: null }, select: { messages: true } })

/** The shares of this user's conversation, newest first, including revoked ones; without their snapshots. */
export const sharesOf = (conversationId: string, userId: string) =>
  db().share.findMany({
    where: { conversationId, userId },
    orderBy: { createdAt: "desc" },
    omit: HEAVY,
    include: PEOPLE,
  })

/** The newest of this user's shares that were not revoked, including expired ones; without their snapshots. */
export const liveSharesOf = (userId: string, most: number) =>
  db().share.findMany({
    where: { userId, revokedAt: null, conversation: { deletedAt: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    omit: HEAVY,
    include: PEOPLE,
  })

export type ListedShare = Awaited<ReturnType<typeof sharesOf>>[number]

/** How many live shares this user's conversation has. */
export const countLiveShares = (client: Transaction, conversationId: string, userId: string) =>
  client.share.count({ where: { conversationId, userId, revokedAt: null } })

/** Revokes a share of this user; false if there is no live one. */
export async function revokeShareRow(id: string, userId: string): Promise<boolean> {
  const { count } = await db().share.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count === 1
}

/**
 * It can be opened: not revoked, not expired, its conversation not deleted, its author neither disabled nor scheduled
 * for deletion.
 */
export const isLive = (now = new Date()) => ({
  revokedAt: null,
  conversation: { deletedAt: null },
  user: { disabledAt: null, deleteAfter: null },
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
})

/** Who may open a live share, and which images it shows; without its snapshot. */
export const liveShare = (token: string) =>
  db().share.findFirst({ where: { token, ...isLive() }, omit: { messages: true } })

/** Whether this user may read a restricted share. */
export const isGranted = async (shareId: string, userId: string): Promise<boolean> =>
  (await db().shareGrant.count({ where: { shareId, userId } })) > 0

/** The snapshot of a share that was just found to be live. */
export async function snapshotOfShare(id: string): Promise<unknown> {
  const row = await db().share.findUnique({ where: { id }, select: { messages: true } })
  return row?.messages
}

/** Counts a view. */
export const countView = (id: string) => db().share.updateMany({ where: { id }, data: { views: { increment: 1 } } })
