/** What of a person's account, and of the links that they made, goes into their export. */
import { db } from "@/lib/db/client"

export const exportedAccount = (id: string) =>
  db().user.findUnique({ where: { id }, select: { name: true, email: true, guest: true, createdAt: true } })

/** Links, oldest first, without what opens them. */
export const exportedShares = (userId: string) =>
  db().share.findMany({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: { title: true, conversationId: true, createdAt: true, expiresAt: true, revokedAt: true },
  })
