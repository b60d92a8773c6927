/**
 * Deletes a single message of a conversation, and restores it. What follows it stays: it is shown, and sent to models,
 * after the message's own parent.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { z } from "zod"
import { fileIdsIn } from "@/lib/chat/files"
import { choicesOn, choiceTimestamp, chosenLeafOfAll, chosenLeafUnder, comparedWith, pathTo } from "@/lib/chat/tree"
import { db } from "@/lib/db/client"
import { findConversation, setActiveLeaf } from "@/lib/db/conversations"
import { isMissingRow } from "@/lib/db/errors"
import { chooseMessages, emptyFailures, nodesOf, treeOf } from "@/lib/db/messages"
import {
  isImageReferenced,
  partsOfMessage,
  purgeMessage,
  removedMessages,
  removeFileUses,
  sharedOf,
  softDeleteMessage,
  undeleteMessage,
} from "@/lib/db/removal"
import { withoutDeleted } from "@/lib/db/visible-tree"
import { AppError } from "@/lib/http/errors"
import { parseParts } from "@/lib/messages/parts"

/** How often to retry if another change of the conversation comes first. */
const MAX_TRIES = 3

/**
 * Deletes or restores a message; does nothing if it is already in that state. Throws `conversation:not_found`,
 * `message:not_found`, `conversation:busy` while an answer is being written, `message:compared` for compared answers
 * and their question.
 */
export async function setDeleted(
  userId: string,
  conversationId: string,
  { message, deleted }: { message: string; deleted: boolean },
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await (deleted ? remove : bringBack)(userId, conversationId, message)
    } catch (error) {
      if (!isMissingRow(error)) throw error
      if (tries === MAX_TRIES) throw new AppError("conversation:busy")
    }
  }
}

async function standing(userId: string, conversationId: string, messageId: string) {
  const conversation = await findConversation(conversationId, userId)
  if (!conversation) throw new AppError("conversation:not_found")
  const nodes = await nodesOf(conversationId)
  const target = nodes.find(({ id }) => id === messageId)
  if (!target) throw new AppError("message:not_found")
  if (conversation.running > 0) throw new AppError("conversation:busy")
  return { activeLeafId: conversation.activeLeafId, nodes, target }
}

async function remove(userId: string, conversationId: string, messageId: string): Promise<void> {
  const { activeLeafId, nodes, target } = await standing(userId, conversationId, messageId)
  if (target.deletedAt) return
  const tree = withoutDeleted(nodes)
  const compared = comparedWith(
    tree,
    tree.find(({ id }) => id === activeLeafId),
  )
  if (compared.some(({ id, parentId }) => id === messageId || parentId === messageId))
    throw new AppError("message:compared")
  const left = withoutDeleted(nodes.map((node) => (node === target ? { ...node, deletedAt: new Date() } : node)))
  const parentId = tree.find(({ id }) => id === messageId)?.parentId ?? null
  const then = activeLeafId === messageId ? await leafAfter(conversationId, left, parentId) : activeLeafId
  await softDeleteMessage({ conversationId, messageId, leaf: { is: activeLeafId, then } })
}

type Tree = Awaited<ReturnType<typeof treeOf>>

/** The new end of a branch whose last message is deleted: another version of it, if there is one. */
async function leafAfter(conversationId: string, left: Tree, parentId: string | null): Promise<string | null> {
  const empty = await emptyFailures(conversationId)
  const worthReading = left.filter(({ id }) => !empty.has(id))
  if (parentId === null) return chosenLeafOfAll(worthReading) ?? chosenLeafOfAll(left)
  return chosenLeafUnder(left, chosenLeafUnder(worthReading, parentId))
}

async function bringBack(userId: string, conversationId: string, messageId: string): Promise<void> {
  const { activeLeafId, target } = await standing(userId, conversationId, messageId)
  if (!target.deletedAt) return
  await undeleteMessage(conversationId, messageId)
  const tree = await treeOf(conversationId)
  if (pathTo(tree, activeLeafId).some(({ id }) => id === messageId)) return
  await chooseMessages(db(), choicesOn(tree, messageId), choiceTimestamp(tree))
  await setActiveLeaf(conversationId, chosenLeafUnder(tree, messageId))
}

const idsSchema = z.array(z.string()).catch([])

/**
 * Permanently removes messages deleted before `before`, and files that nothing else shows. Returns how many messages.
 */
export async function purgeMessages(before: Date): Promise<number> {
  const removed = await removedMessages(before)
  const images = new Map<string, string[]>()
  for (const { id, conversationId } of removed) {
    const shown = fileIdsIn(parseParts(await partsOfMessage(id)))
    if (shown.length > 0) images.set(conversationId, [...(images.get(conversationId) ?? []), ...shown])
    await purgeMessage(id)
    await nextTurn()
  }
  for (const [conversationId, ids] of images) await dropUnshown(conversationId, ids)
  return removed.length
}

async function dropUnshown(conversationId: string, ids: string[]): Promise<void> {
  const shared = new Set((await sharedOf(conversationId)).flatMap(({ imageIds }) => idsSchema.parse(imageIds)))
  const unshown: string[] = []
  for (const id of new Set(ids)) {
    if (!shared.has(id) && !(await isImageReferenced(conversationId, id))) unshown.push(id)
    await nextTurn()
  }
  await removeFileUses(conversationId, unshown)
}
