/** All users, for administrators: searched, paged, with their usage. */
import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import { dateOf, dateOrNull } from "@/lib/db/raw"

export const KINDS = ["accounts", "admins", "guests", "off"] as const
export type Kind = (typeof KINDS)[number]

export interface PersonRow {
  id: string
  name: string | null
  email: string | null
  guest: boolean
  admin: boolean
  disabledAt: Date | null
  deleteAfter: Date | null
  createdAt: Date
  /** Rounded to the hour; null: never came back. */
  lastSeenAt: Date | null
  /** In the current month (UTC). */
  answers: number
  spentUsd: number
  storedBytes: number
}

const WHERE: Record<Kind, string> = {
  accounts: `NOT u."guest"`,
  admins: `u."admin"`,
  guests: `u."guest"`,
  off: `u."disabledAt" IS NOT NULL`,
}

/** Compared in lowercase; pattern characters are taken literally. */
const patternOf = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`

const MATCHES = `(LOWER(COALESCE(u."name", '')) LIKE ? ESCAPE '\\' OR COALESCE(u."email", '') LIKE ? ESCAPE '\\' OR u."id" = ?)`

export interface PeopleQuery {
  kind: Kind
  /** Searched in names and email addresses. */
  text: string
  /** First day of the current month, `2026-11-01`. */
  since: string
  limit: number
  offset: number
}

/** A page of users, newest first. */
export async function listPeople({ kind, text, since, limit, offset }: PeopleQuery): Promise<PersonRow[]> {
  const rows = await raw().read({
    // Selects the page first, so that sums are only computed for its users.
    sql: `SELECT ${COLUMNS} FROM (SELECT * FROM "User" u WHERE ${WHERE[kind]} ${text ? `AND ${MATCHES}` : ""}
      ORDER BY u."createdAt" DESC, u."id" DESC LIMIT ? OFFSET ?) u ORDER BY u."createdAt" DESC, u."id" DESC`,
    values: [since, since, ...(text ? [patternOf(text), patternOf(text), text] : []), limit, offset],
  })
  return rows.map(personOf)
}

/** How many users of a kind there are, or match. */
export async function countPeople({ kind, text }: Pick<PeopleQuery, "kind" | "text">): Promise<number> {
  const [row] = await raw().read({
    sql: `SELECT COUNT(*) AS "count" FROM "User" u WHERE ${WHERE[kind]} ${text ? `AND ${MATCHES}` : ""}`,
    values: text ? [patternOf(text), patternOf(text), text] : [],
  })
  return Number(row?.count)
}

/** A single user. */
export async function findPerson(id: string, since: string): Promise<PersonRow | null> {
  const [row] = await raw().read({
    sql: `SELECT ${COLUMNS} FROM "User" u WHERE u."id" = ?`,
    values: [since, since, id],
  })
  return row ? personOf(row) : null
}

const COLUMNS = `u."id", u."name", u."email", u."guest", u."admin", u."disabledAt", u."deleteAfter", u."createdAt",
  (SELECT MAX(s."lastSeenAt") FROM "Session" s WHERE s."userId" = u."id") AS "lastSeenAt",
  (SELECT COALESCE(SUM(d."answers"), 0) FROM "UsageDay" d WHERE d."userId" = u."id" AND d."day" >= ?) AS "answers",
  (SELECT COALESCE(SUM(d."costUsd"), 0) FROM "UsageDay" d WHERE d."userId" = u."id" AND d."day" >= ?) AS "spent",
  (SELECT COALESCE(SUM(f."size"), 0) FROM "File" f WHERE f."userId" = u."id") AS "bytes"`

const textOf = (value: unknown) => (typeof value === "string" ? value : null)

const personOf = (row: Record<string, unknown>): PersonRow => ({
  id: String(row.id),
  name: textOf(row.name),
  email: textOf(row.email),
  guest: Boolean(row.guest),
  admin: Boolean(row.admin),
  disabledAt: dateOrNull(row.disabledAt),
  deleteAfter: dateOrNull(row.deleteAfter),
  createdAt: dateOf(row.createdAt),
  lastSeenAt: dateOrNull(row.lastSeenAt),
  answers: Number(row.answers),
  spentUsd: Number(row.spent),
  storedBytes: Number(row.bytes),
})

/**
 * Grants or revokes the administrator role; never revokes that of the last remaining administrator, and never grants it
 * to a guest. False if that is refused or there is no such user. Two administrators revoking each other's role are
 * serialized.
 */
export async function setAdmin(id: string, admin: boolean): Promise<boolean> {
  const others = `AND EXISTS (SELECT 1 FROM "User" WHERE "admin" AND "id" <> ? AND "disabledAt" IS NULL
    AND "deleteAfter" IS NULL)`
  let changed = true
  await raw()
    .transact([
      { sql: `UPDATE "User" SET "guest" = "guest" WHERE "admin"`, values: [] },
      {
        sql: `UPDATE "User" SET "admin" = ? WHERE "id" = ? AND NOT "guest" ${admin ? "" : others}`,
        values: admin ? [true, id] : [false, id, id],
        must: true,
      },
    ])
    .catch((error: unknown) => {
      if (!isMissingRow(error)) throw error
      changed = false
    })
  return changed
}

export interface OwnQuotas {
  answersPerDay: number | null
  spendPerMonthUsd: number | null
  storageMb: number | null
}

/** Sets a user's own limits; null: those of their kind of account. False if there is no such user. */
export async function setQuotas(id: string, data: OwnQuotas): Promise<boolean> {
  return (await db().user.updateMany({ where: { id }, data })).count === 1
}
