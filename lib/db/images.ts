import { cleanText } from "@/lib/db/clean"
import { db } from "@/lib/db/client"
import type { Image } from "@/lib/db/generated/sqlite/client"

export type ImageRow = Image

export const createImage = (row: Omit<Image, "createdAt">) =>
  db().image.create({ data: { ...row, name: cleanText(row.name) } })

/** An image of this user, or null. */
export const findImage = (id: string, userId: string) => db().image.findFirst({ where: { id, userId } })

/** The images of this user among `ids`, in no order. */
export const findImages = (ids: string[], userId: string) => db().image.findMany({ where: { id: { in: ids }, userId } })
