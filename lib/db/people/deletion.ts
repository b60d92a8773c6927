/** Accounts that were asked to be deleted. */
import { db } from "@/lib/db/client"

/** Sets the moment of the end; null takes it back. False when there is nobody. */
export async function setDeleteAfter(id: string, deleteAfter: Date | null): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id }, data: { deleteAfter } })
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

/** Administrators beside this one that can still get in. */
export const otherAdmins = (id: string) =>
  db().user.count({ where: { id: { not: id }, admin: true, disabledAt: null, deleteAfter: null } })
