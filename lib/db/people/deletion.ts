/** Accounts that were asked to be deleted. */
import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"

/**
 * Sets the moment of the end, never of the last administrator that stays: false then. Of two that leave at once, one waits
 * for the other.
 */
export async function setDeleteAfter(id: string, deleteAfter: Date): Promise<boolean> {
  const others = `SELECT 1 FROM "User" WHERE "admin" AND "id" <> ? AND "disabledAt" IS NULL AND "deleteAfter" IS NULL`
  try {
    await raw().transact([
      { sql: `UPDATE "User" SET "guest" = "guest" WHERE "admin"`, values: [] },
      {
        sql: `UPDATE "User" SET "deleteAfter" = ? WHERE "id" = ? AND (NOT "admin" OR EXISTS (${others}))`,
        values: [deleteAfter, id, id],
        must: true,
      },
    ])
    return true
  } catch (error) {
    if (isMissingRow(error)) return false
    throw error
  }
}

/** Takes that back. */
export const forgetDeleteAfter = (id: string) => db().user.updateMany({ where: { id }, data: { deleteAfter: null } })

export const deleteAfterOf = async (id: string): Promise<Date | null> =>
  (await db().user.findUnique({ where: { id }, select: { deleteAfter: true } }))?.deleteAfter ?? null

/** Those whose time has come. */
export const dueDeletions = (now: Date) =>
  db().user.findMany({
    where: { deleteAfter: { lte: now } },
    select: { id: true, name: true, email: true },
    take: 1_000,
  })
