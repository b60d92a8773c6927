/**
 * Conversations that leave nothing behind: gone when the page that holds them is left, or some minutes after it was
 * last heard of (a browser that crashed tells nobody).
 */

import { conversationNotFound } from "@/lib/chat/conversations"
import { fileIdsIn } from "@/lib/chat/files"
import { heldAt, hold, letGo } from "@/lib/chat/held"
import { emptyLog } from "@/lib/db/client"
import { deleteTemporary, findConversation, isTemporary, keepTemporary, quietTemporary } from "@/lib/db/conversations"
import { findFiles } from "@/lib/db/files"
import { partsOfConversation } from "@/lib/db/messages"
import { dropFiles } from "@/lib/files/sweep"
import { parseParts } from "@/lib/messages/parts"

/** Milliseconds that a page may be silent: phones freeze the pages that they don't show. */
const SILENT_MS = 10 * 60_000
/** The same for a program that never says that it holds one, and after a restart. */
const UNHELD_MS = 60 * 60_000

/** Removes a temporary conversation of this user for good, with its pictures. False when there is none of that id. */
export async function removeTemporary(userId: string, id: string): Promise<boolean> {
  if (!(await isTemporary(id, userId))) return false
  const shown = (await partsOfConversation(id, userId)).flatMap(({ parts }) => fileIdsIn(parseParts(parts)))
  if (!(await deleteTemporary(id, userId))) return false
  await dropFiles(await findFiles(shown, userId))
  letGo(id)
  await emptyLog()
  return true
}

/** Notes that its page still shows it. False when there is none of that id. */
export async function holdTemporary(userId: string, id: string): Promise<boolean> {
  if (!(await isTemporary(id, userId))) return false
  hold(id)
  return true
}

/** Keeps a temporary conversation: from now on it is like any other. Asked again, it changes nothing. Throws where there is none. */
export async function keepConversation(userId: string, id: string): Promise<void> {
  if (await keepTemporary(id, userId)) letGo(id)
  else if (!(await findConversation(id, userId))) throw conversationNotFound()
}

/** Those that no page holds any more, of all users. */
export async function forgottenTemporary(now = new Date()): Promise<{ id: string; userId: string }[]> {
  const rows = await quietTemporary(new Date(now.getTime() - SILENT_MS))
  return rows.filter(({ id, updatedAt }) => {
    const beat = heldAt(id)
    return beat === null ? updatedAt.getTime() < now.getTime() - UNHELD_MS : beat < now.getTime() - SILENT_MS
  })
}
