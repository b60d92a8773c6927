import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"

/** Switches a user off or on again; false when there is none. */
export async function setDisabled(id: string, disabledAt: Date | null): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id }, data: { disabledAt } })
  return count === 1
}

const SUMS = ["answers", "inputTokens", "outputTokens", "costUsd"]

/**
 * Removes a user with everything that is theirs; false when there is none. What they used stays in the sums of the days,
 * without who they were.
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

/** Who this is, as quotas ask; null when there is none. */
export async function userOf(
  id: string,
): Promise<{ id: string; guest: boolean; admin: boolean; name: string | null } | null> {
  return db().user.findUnique({ where: { id }, select: { id: true, guest: true, admin: true, name: true } })
}
