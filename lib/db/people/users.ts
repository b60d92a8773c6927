import { db } from "@/lib/db/client"

/** Switches a user off or on again; false when there is none. */
export async function setDisabled(id: string, disabledAt: Date | null): Promise<boolean> {
  const { count } = await db().user.updateMany({ where: { id }, data: { disabledAt } })
  return count === 1
}

/** Removes a user with everything that is theirs; false when there is none. */
export async function deleteUser(id: string): Promise<boolean> {
  const { count } = await db().user.deleteMany({ where: { id } })
  return count === 1
}
