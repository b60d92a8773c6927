import { cleanText } from "@/lib/db/clean"
import { db } from "@/lib/db/client"
import type { Image } from "@/lib/db/generated/sqlite/client"

export type ImageRow = Image

export const createImage = (row: Omit<Image, "createdAt">) =>
  db().image.create({ data: { ...row, name: cleanText(row.name) } })

/** An image of this user, or null. */
export const findImage = (id: string, userId: string) => db().image.findFirst({ where: { id, userId } })

/** Removes rows of this user; their bytes may serve others still. */
export const deleteImages = (ids: string[], userId: string) =>
  db().image.deleteMany({ where: { id: { in: ids }, userId } })

/** Some image, whoever's, has this content. */
export const isContentUsed = async (sha256: string): Promise<boolean> =>
  (await db().image.count({ where: { sha256 } })) > 0

/** The images of this user among `ids`, in no order. */
export const findImages = (ids: string[], userId: string) => db().image.findMany({ where: { id: { in: ids }, userId } })
