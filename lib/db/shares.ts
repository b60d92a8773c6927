import { cleanText, toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Share } from "@/lib/db/generated/sqlite/client"

export type ShareRow = Share

interface NewShare {
  id: string
  token: string
  userId: string
  conversationId: string
  title: string
  messages: unknown[]
  imageIds: string[]
}

export const createShareRow = (client: Transaction, row: NewShare) =>
  client.share.create({
    data: { ...row, title: cleanText(row.title), messages: toJson(row.messages), imageIds: toJson(row.imageIds) },
  })

/** The shares of this user's conversation, newest first, revoked ones too; without their snapshots. */
export const sharesOf = (conversationId: string, userId: string) =>
  db().share.findMany({
    where: { conversationId, userId },
    orderBy: { createdAt: "desc" },
    omit: { messages: true, imageIds: true },
  })

/** The newest of this user's shares that can be opened; without their snapshots. */
export const liveSharesOf = (userId: string, most: number) =>
  db().share.findMany({
    where: { userId, revokedAt: null, conversation: { deletedAt: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    omit: { messages: true, imageIds: true },
  })

/** How many live shares this user's conversation has. */
export const countLiveShares = (client: Transaction, conversationId: string, userId: string) =>
  client.share.count({ where: { conversationId, userId, revokedAt: null } })

/** Revokes a share of this user; false when there is no such live one. */
export async function revokeShareRow(id: string, userId: string): Promise<boolean> {
  const { count } = await db().share.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count === 1
}

const live = (token: string) => ({ token, revokedAt: null, conversation: { deletedAt: null } })

/** A share that can be opened: not revoked, its conversation not deleted. */
export const liveShare = (token: string) => db().share.findFirst({ where: live(token) })

/** Whose images such a share shows, and which; without its snapshot. */
export const imagesOfLiveShare = (token: string) =>
  db().share.findFirst({ where: live(token), select: { userId: true, imageIds: true } })
