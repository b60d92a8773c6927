/** Accounts scheduled for deletion. */
import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"

/**
 * Schedules the deletion, once: if repeated, the first date stays. Refused for the last remaining administrator. If two
 * leave at once, one waits for the other.
 */
export async function setDeleteAfter(id: string, deleteAfter: Date): Promise<"set" | "was_set" | "refused"> {
  const others = `SELECT 1 FROM "User" WHERE "admin" AND "id" <> ? AND "disabledAt" IS NULL AND "deleteAfter" IS NULL`
  try {
    await raw().transact([
      { sql: `UPDATE "User" SET "guest" = "guest" WHERE "admin"`, values: [] },
      {
        sql: `UPDATE "User" SET "deleteAfter" = ? WHERE "id" = ? AND "deleteAfter" IS NULL AND (NOT "admin" OR EXISTS (${others}))`,
        values: [deleteAfter, id, id],
        must: true,
      },
    ])
    return "set"
  } catch (error) {
    if (!isMissingRow(error)) throw error
    return (await deleteAfterOf(id)) === null ? "refused" : "was_set"
  }
}

/** Cancels it. False if it wasn't scheduled, or deletion has begun. */
export async function forgetDeleteAfter(id: string): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { id, deleteAfter: { not: null }, disabledAt: null },
    data: { deleteAfter: null },
  })
  return count === 1
}

/** Begins deleting a guest, who can't become an account from here on. False if they are no longer a guest. */
export async function startGuestDeletion(id: string): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id, guest: true }, data: { disabledAt: new Date() } })
  return count === 1
}

/** Begins deleting an account, which can't be kept from here on. False if it isn't due, or its owner has canceled. */
export async function startDueDeletion(id: string, now: Date): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { id, deleteAfter: { lte: now } },
    data: { disabledAt: new Date() },
  })
  return count === 1
}

export const deleteAfterOf = async (id: string): Promise<Date | null> =>
  (await db().user.findUnique({ where: { id }, select: { deleteAfter: true } }))?.deleteAfter ?? null

/** Accounts that are due for deletion. */
export const dueDeletions = (now: Date) =>
  db().user.findMany({
    where: { deleteAfter: { lte: now } },
    select: { id: true, name: true, email: true },
    take: 1_000,
  })
