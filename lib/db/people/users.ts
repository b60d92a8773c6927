import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"

/** Disables a user or enables them again; false if there is none. */
export async function setDisabled(id: string, disabledAt: Date | null): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id }, data: { disabledAt } })
  return count === 1
}

const SUMS = ["answers", "inputTokens", "outputTokens", "costUsd"]

/**
 * Removes a user and everything of theirs; false if there is none. Their usage stays in the daily sums, anonymously.
 */
export async function deleteUser(id: string): Promise<boolean> {
  const columns = SUMS.map((name) => `"${name}"`).join(", ")
  const added = SUMS.map((name) => `"${name}" = "FormerUsageDay"."${name}" + excluded."${name}"`).join(", ")
  try {
    await raw().transact([
      {
        sql: `INSERT INTO "FormerUsageDay" ("day", "model", ${columns}) SELECT "day", "model", ${columns} FROM "UsageDay"
          WHERE "userId" = ? ON CONFLICT ("day", "model") DO UPDATE SET ${added}`,
        values: [id],
      },
      { sql: `DELETE FROM "User" WHERE "id" = ?`, values: [id], must: true },
    ])
    return true
  } catch (error) {
    if (isMissingRow(error)) return false
    throw error
  }
}

/** The user as needed for quotas; null if there is none. */
export async function userOf(
  id: string,
): Promise<{ id: string; guest: boolean; admin: boolean; name: string | null } | null> {
  return db().user.findUnique({ where: { id }, select: { id: true, guest: true, admin: true, name: true } })
}
