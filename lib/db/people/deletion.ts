/** Accounts that were asked to be deleted. */
import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"

/**
 * Sets the moment of the end, once: asked again, the first one stays. Never of the last administrator that stays: refused
 * then. Of two that leave at once, one waits for the other.
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

/** Takes that back. False where nothing was asked, or the end has begun. */
export async function forgetDeleteAfter(id: string): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { id, deleteAfter: { not: null }, disabledAt: null },
    data: { deleteAfter: null },
  })
  return count === 1
}

/** The end of a guest begins: from here on they become no account. False when they are no guest any more. */
export async function beginEndOfGuest(id: string): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id, guest: true }, data: { disabledAt: new Date() } })
  return count === 1
}

/** The end of an account begins: from here on it can't be kept. False when its time has not come, or its owner keeps it. */
export async function beginDueEnd(id: string, now: Date): Promise<boolean> {
  const { count } = await db().user.updateMany({
    where: { id, deleteAfter: { lte: now } },
    data: { disabledAt: new Date() },
  })
  return count === 1
}

export const deleteAfterOf = async (id: string): Promise<Date | null> =>
  (await db().user.findUnique({ where: { id }, select: { deleteAfter: true } }))?.deleteAfter ?? null

/** Those whose time has come. */
export const dueDeletions = (now: Date) =>
  db().user.findMany({
    where: { deleteAfter: { lte: now } },
    select: { id: true, name: true, email: true },
    take: 1_000,
  })
