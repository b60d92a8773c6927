/** Browser sessions: created, looked up at each request, revoked. */
import { db, raw, type Transaction } from "@/lib/db/client"

export interface NewSession {
  id: string
  userId: string
  /** SHA-256 in hex. */
  keyHash: string
  expiresAt: Date
  /** What the browser reports about itself, and its IP address. */
  device: string | null
  address: string | null
}

const SESSION = `INSERT INTO "Session" ("id", "userId", "keyHash", "createdAt", "expiresAt", "device", "address")`

/** Creates a guest and their first session, both or neither. */
export const createGuest = (session: NewSession): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "User" ("id", "guest", "createdAt") VALUES (?, ?, ?)`,
      values: [session.userId, true, new Date()],
    },
    insertion(session),
  ])

/** A session of an existing user. */
export const createSession = (session: NewSession): Promise<void> => raw().transact([insertion(session)])

const insertion = ({ id, userId, keyHash, expiresAt, device, address }: NewSession) => ({
  sql: `${SESSION} VALUES (?, ?, ?, ?, ?, ?, ?)`,
  values: [id, userId, keyHash, new Date(), expiresAt, device, address],
})

/** A session for an existing user who is not disabled, unless there is one with this ID, even a revoked one. */
export const createSessionOnce = ({
  id,
  userId,
  keyHash,
  expiresAt,
}: Omit<NewSession, "device" | "address">): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "Session" ("id", "userId", "keyHash", "createdAt", "expiresAt")
        SELECT ?, "id", ?, ?, ? FROM "User" WHERE "id" = ? AND "disabledAt" IS NULL ON CONFLICT ("id") DO NOTHING`,
      values: [id, keyHash, new Date(), expiresAt, userId],
    },
  ])

export interface LiveSession {
  user: { id: string; guest: boolean; admin: boolean; name: string | null; email: string | null }
  /** Not seen since `seenBefore`. */
  unseen: boolean
}

/**
 * The user of a valid session: it matches this user and key, is neither expired nor revoked, and the user is not
 * disabled.
 */
export async function liveSession(
  { id, userId, keyHash }: Pick<NewSession, "id" | "userId" | "keyHash">,
  { now, seenBefore }: { now: Date; seenBefore: Date },
): Promise<LiveSession | null> {
  const [row] = await raw().read({
    sql: `SELECT u."guest", u."admin", u."name", u."email", (s."lastSeenAt" IS NULL OR s."lastSeenAt" < ?) AS "unseen"
      FROM "Session" s JOIN "User" u ON u."id" = s."userId"
      WHERE s."id" = ? AND s."userId" = ? AND s."keyHash" = ? AND s."expiresAt" > ? AND s."revokedAt" IS NULL
      AND u."disabledAt" IS NULL`,
    values: [seenBefore, id, userId, keyHash, now],
  })
  if (!row) return null
  const textOrNull = (value: unknown) => (typeof value === "string" ? value : null)
  return {
    user: {
      id: userId,
      guest: Boolean(row.guest),
      admin: Boolean(row.admin),
      name: textOrNull(row.name),
      email: textOrNull(row.email),
    },
    unseen: Boolean(row.unseen),
  }
}

/** Notes that these were seen, and extends them like a cookie that is renewed now. */
export const noteSeen = (ids: string[], lastSeenAt: Date, expiresAt: Date) =>
  db().session.updateMany({ where: { id: { in: ids } }, data: { lastSeenAt, expiresAt } })

/** Revokes a session of this user; false if there is no valid one. */
export async function revokeSessionRow(id: string, userId: string): Promise<boolean> {
  const { count } = await db().session.updateMany({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count === 1
}

/** Revokes all sessions of this user but one. Returns how many. */
export async function revokeSessionRows(client: Transaction, userId: string, except: string | null): Promise<number> {
  const { count } = await client.session.updateMany({
    where: { userId, revokedAt: null, ...(except ? { id: { not: except } } : {}) },
    data: { revokedAt: new Date() },
  })
  return count
}

/** The valid sessions of this user, most recently seen first. */
export const liveSessions = (userId: string) =>
  db().session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, device: true, address: true, createdAt: true, lastSeenAt: true },
    orderBy: [{ lastSeenAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    take: 200,
  })

/** Notes where a session is used from now on. */
export const recordSessionLocation = (id: string, where: Pick<NewSession, "device" | "address">) =>
  db().session.updateMany({ where: { id }, data: where })

/** Which of these users lost a session since then, were disabled, or no longer exist. */
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
 * Removes expired sessions, and guests created before `before` that never came back with their cookie, such as visitors
 * that keep no cookies. Returns how many rows.
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
      outputSchemas: { none: {} },
      folders: { none: {} },
      modelSight: { none: {} },
      grids: { none: {} },
      evals: { none: {} },
    },
  })
  return spent.count + strangers.count
}

/** When its owner last proved who they are: at its start, or later. Null if there is none. */
export async function ownerConfirmedAt(id: string): Promise<Date | null> {
  const row = await db().session.findUnique({ where: { id }, select: { createdAt: true, confirmedAt: true } })
  return row && (row.confirmedAt ?? row.createdAt)
}

export const recordConfirmation = (id: string, confirmedAt: Date) =>
  db().session.updateMany({ where: { id }, data: { confirmedAt } })

/** Whether a session is or was that of an account. */
export const isMemberSession = async (id: string, keyHash: string): Promise<boolean> =>
  (await db().session.count({ where: { id, keyHash, user: { guest: false } } })) > 0
