/** Conversations that leave nothing behind: gone when the page that holds them is left, at the latest a day later. */
import { imageIdsOf } from "@/lib/chat/history"
import { parseParts } from "@/lib/chat/parts"
import { deleteTemporary, staleTemporary } from "@/lib/db/conversations"
import { deleteImages, findImages, isContentUsed } from "@/lib/db/images"
import { partsOfConversation } from "@/lib/db/messages"
import { imageStorage } from "@/lib/images/storage"

/** Hours without a message after which a temporary conversation goes whose page did not say that it was left. */
const KEPT_HOURS = 24

/** Removes a temporary conversation of this user for good, with its pictures. False when there is none of that id. */
export async function removeTemporary(userId: string, id: string): Promise<boolean> {
  const messages = (await partsOfConversation(id, userId)).map(({ parts }) => ({ parts: parseParts(parts) }))
  if (!(await deleteTemporary(id, userId))) return false
  const images = await findImages(imageIdsOf(messages), userId)
  await deleteImages(
    images.map((image) => image.id),
    userId,
  )
  for (const { sha256 } of images) if (!(await isContentUsed(sha256))) await imageStorage().delete(sha256)
  return true
}

/** Removes those that were forgotten, of all users. Returns how many. */
export async function removeStaleTemporary(now = new Date()): Promise<number> {
  const rows = await staleTemporary(new Date(now.getTime() - KEPT_HOURS * 60 * 60 * 1_000))
  for (const { id, userId } of rows) await removeTemporary(userId, id)
  return rows.length
}
