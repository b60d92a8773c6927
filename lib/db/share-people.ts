/** Who may read shares that are restricted to named people, and readers' reports to the operator. */
import { cleanText } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import { isLive } from "@/lib/db/shares"

/** An author's name and whether they have an account. */
export const findAuthor = (id: string) =>
  db().user.findUnique({ where: { id }, select: { name: true, email: true, guest: true } })

/** The account with exactly this email address (in lowercase) that can sign in. */
export const findAccountByEmail = (email: string) =>
  db().user.findFirst({
    where: { email, guest: false, disabledAt: null },
    select: { id: true, name: true, email: true },
  })

/** Lets someone read a share. Repeating this changes nothing. */
export const grant = (client: Transaction, shareId: string, userId: string) =>
  client.shareGrant.upsert({
    where: { shareId_userId: { shareId, userId } },
    create: { shareId, userId },
    update: {},
    select: { userId: true },
  })

export const countGrants = (client: Transaction, shareId: string) => client.shareGrant.count({ where: { shareId } })

/** Revokes it; false if they had no access. */
export async function revokeGrant(shareId: string, userId: string): Promise<boolean> {
  return (await db().shareGrant.deleteMany({ where: { shareId, userId } })).count === 1
}

export const grantedUsers = async (shareId: string): Promise<string[]> =>
  (await db().shareGrant.findMany({ where: { shareId }, select: { userId: true } })).map(({ userId }) => userId)

/** IDs of everyone with access to any share of this conversation. */
export const readersOfConversation = async (conversationId: string): Promise<string[]> =>
  (
    await db().shareGrant.findMany({
      where: { share: { conversationId, revokedAt: null } },
      distinct: ["userId"],
      select: { userId: true },
    })
  ).map(({ userId }) => userId)

/** The live shares that this user has access to, newest first. */
export const sharesWith = (userId: string, most: number) =>
  db().shareGrant.findMany({
    where: { userId, share: { inside: true, ...isLive() } },
    orderBy: [{ createdAt: "desc" }, { shareId: "desc" }],
    take: most,
    select: {
      createdAt: true,
      share: { select: { id: true, token: true, title: true, user: { select: { name: true, email: true } } } },
    },
  })

export const createReport = (client: Transaction, report: { id: string; shareId: string; reason: string }) =>
  client.shareReport.create({ data: { ...report, reason: cleanText(report.reason) }, select: { id: true } })

/** Number of open reports of a share. */
export const countOpenReports = (client: Transaction, shareId: string) =>
  client.shareReport.count({ where: { shareId, closedAt: null } })
