import { db } from "@/lib/db/client"
import type { OwnKey } from "@/lib/db/generated/sqlite/client"

export type OwnKeyRow = OwnKey

/** The user's encrypted key; null if they have none. */
export const ownKeyOf = (userId: string): Promise<OwnKeyRow | null> => db().ownKey.findUnique({ where: { userId } })

/** Stores a key, replacing any previous one, and puts it in use. */
export const storeOwnKey = (userId: string, row: Pick<OwnKeyRow, "sealed" | "lastFour">): Promise<OwnKeyRow> =>
  db().ownKey.upsert({
    where: { userId },
    create: { ...row, userId },
    update: { ...row, inUse: true, createdAt: new Date() },
  })

/** False if there is none. */
export async function setOwnKeyInUse(userId: string, inUse: boolean): Promise<boolean> {
  const { count } = await db().ownKey.updateMany({ where: { userId }, data: { inUse } })
  return count === 1
}

export const removeOwnKey = (userId: string) => db().ownKey.deleteMany({ where: { userId } })
