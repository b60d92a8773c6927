/** Sessions of browsers: begun, looked up at each request, revoked. */
import { db, raw } from "@/lib/db/client"

export interface NewSession {
  id: string
  userId: string
  /** SHA-256 in hex. */
  keyHash: string
  expiresAt: Date
}

/** Makes a guest and their first session, both or neither. */
export const createGuest = ({ id, userId, keyHash, expiresAt }: NewSession): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "User" ("id", "guest", "createdAt") VALUES (?, ?, ?)`,
      values: [userId, true, new Date()],
    },
    {
      sql: `INSERT INTO "Session" ("id", "userId", "keyHash", "createdAt", "expiresAt") VALUES (?, ?, ?, ?, ?)`,
      values: [id, userId, keyHash, new Date(), expiresAt],
    },
  ])

/** A session for a user who is there and not switched off, unless there is one of this id, be it revoked. */
export const createSessionOnce = ({ id, userId, keyHash, expiresAt }: NewSession): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "Session" ("id", "userId", "keyHash", "createdAt", "expiresAt")
        SELECT ?, "id", ?, ?, ? FROM "User" WHERE "id" = ? AND "disabledAt" IS NULL ON CONFLICT ("id") DO NOTHING`,
      values: [id, keyHash, new Date(), expiresAt, userId],
    },
  ])

export interface LiveSession {
  user: { id: string; guest: boolean; admin: boolean; name: string | null }
  /** It was not seen since `seenBefore`. */
  unseen: boolean
}

/** The user of a session that counts: it is of this user and key, not over, not revoked, and its user not switched off. */
export async function liveSession(
  { id, userId, keyHash }: Omit<NewSession, "expiresAt">,
  { now, seenBefore }: { now: Date; seenBefore: Date },
): Promise<LiveSession | null> {
  const [row] = await raw().read({
    sql: `SELECT u."guest", u."admin", u."name", (s."lastSeenAt" IS NULL OR s."lastSeenAt" < ?) AS "unseen"
      FROM "Session" s JOIN "User" u ON u."id" = s."userId"
      WHERE s."id" = ? AND s."userId" = ? AND s."keyHash" = ? AND s."expiresAt" > ? AND s."revokedAt" IS NULL
      AND u."disabledAt" IS NULL`,
    values: [seenBefore, id, userId, keyHash, now],
  })
  if (!row) return null
  const name = typeof row.name === "string" ? row.name : null
  return {
    user: { id: userId, guest: Boolean(row.guest), admin: Boolean(row.admin), name },
    unseen: Boolean(row.unseen),
  }
}

/** Notes that these were seen, and are good for as long as a cookie that is renewed now. */
export const noteSeen = (ids: string[], lastSeenAt: Date, expiresAt: Date) =>
  db().session.updateMany({ where: { id: { in: ids } }, data: { lastSeenAt, expiresAt } })

/** Revokes a session of this user; false when there is none that counts. */
export async function revokeSessionRow(id: string, userId: string): Promise<boolean> {
  const { count } = await db().session.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count === 1
}

/** Which of these users lost a session since then, or are switched off or no more. */
export async function endedUsers(userIds: string[], since: Date): Promise<string[]> {
  const [there, revoked] = await Promise.all([
    db().user.findMany({ where: { id: { in: userIds }, disabledAt: null }, select: { id: true } }),
    db().session.findMany({
      where: { userId: { in: userIds }, revokedAt: { gte: since } },
      select: { userId: true },
      distinct: ["userId"],
    }),
  ])
  const live = new Set(there.map(({ id }) => id))
  for (const { userId } of revoked) live.delete(userId)
  return userIds.filter((id) => !live.has(id))
}

/**
 * Removes the sessions that are over, and the guests that never came back with their cookie since `before`: visitors that
 * keep no cookie. Returns how many rows.
 */
export async function removeSpentSessions(now: Date, before: Date): Promise<number> {
  const spent = await db().session.deleteMany({ where: { expiresAt: { lt: now } } })
  const strangers = await db().user.deleteMany({
    where: {
      guest: true,
      createdAt: { lt: before },
      sessions: { every: { lastSeenAt: null }, some: {} },
      conversations: { none: {} },
      files: { none: {} },
      presets: { none: {} },
      prompts: { none: {} },
      folders: { none: {} },
      modelSight: { none: {} },
    },
  })
  return spent.count + strangers.count
}
