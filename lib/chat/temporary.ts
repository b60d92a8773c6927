/**
 * Conversations that are not kept: deleted when their page is left, or some minutes after it was last heard from (a
 * crashed browser reports nothing).
 */

import { conversationNotFound } from "@/lib/chat/conversations"
import { fileIdsIn } from "@/lib/chat/files"
import { hold, lastHeldAt, letGo } from "@/lib/chat/held"
import { checkpointWal } from "@/lib/db/client"
import {
  deleteTemporary,
  findConversation,
  idleTemporaryConversations,
  isTemporary,
  keepTemporary,
} from "@/lib/db/conversations"
import { findFiles } from "@/lib/db/files"
import { partsOfConversation } from "@/lib/db/messages"
import { deleteUnusedFiles } from "@/lib/files/sweep"
import { parseParts } from "@/lib/messages/parts"

/** Milliseconds that a page may be silent: phones freeze pages in the background. */
const SILENT_MS = 10 * 60_000
/** The same for a client that never reports, and after a restart. */
const UNHELD_MS = 60 * 60_000

/** Permanently removes a temporary conversation of this user and its files. False if there is none with this ID. */
export async function removeTemporary(userId: string, id: string): Promise<boolean> {
  if (!(await isTemporary(id, userId))) return false
  const shown = (await partsOfConversation(id, userId)).flatMap(({ parts }) => fileIdsIn(parseParts(parts)))
  if (!(await deleteTemporary(id, userId))) return false
  await deleteUnusedFiles(await findFiles(shown, userId))
  letGo(id)
  await checkpointWal()
  return true
}

/** Notes that its page still shows it. False if there is none with this ID. */
export async function holdTemporary(userId: string, id: string): Promise<boolean> {
  if (!(await isTemporary(id, userId))) return false
  hold(id)
  return true
}

/** Turns a temporary conversation into a regular one. Repeating this changes nothing. Throws if it doesn't exist. */
export async function makeConversationPermanent(userId: string, id: string): Promise<void> {
  if (await keepTemporary(id, userId)) letGo(id)
  else if (!(await findConversation(id, userId))) throw conversationNotFound()
}

/** Temporary conversations that no page has open anymore, of all users. */
export async function abandonedTemporaryConversations(now = new Date()): Promise<{ id: string; userId: string }[]> {
  const rows = await idleTemporaryConversations(new Date(now.getTime() - SILENT_MS))
  return rows.filter(({ id, updatedAt }) => {
    const beat = lastHeldAt(id)
    return beat === null ? updatedAt.getTime() < now.getTime() - UNHELD_MS : beat < now.getTime() - SILENT_MS
  })
}
