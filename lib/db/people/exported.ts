/** The account data and share links in a user's export. */
import { db } from "@/lib/db/client"

export const exportedAccount = (id: string) =>
  db().user.findUnique({ where: { id }, select: { name: true, email: true, guest: true, createdAt: true } })

/** Share links, oldest first, without their secrets. */
export const exportedShares = (userId: string) =>
  db().share.findMany({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: { title: true, conversationId: true, createdAt: true, expiresAt: true, revokedAt: true },
  })
