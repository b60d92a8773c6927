/** Where a message is placed in the tree of its conversation. */
import type { ChatRequest } from "@/lib/chat/requests"
import { choicesOn, choiceTimestamp, chosenLeafUnder, pathTo } from "@/lib/chat/tree"
import { nodesOf, treeOf } from "@/lib/db/messages"
import type { KnownMessage, NewTurn, Standing } from "@/lib/db/turns"
import { visibleFrom, withoutDeleted } from "@/lib/db/visible-tree"
import { AppError } from "@/lib/http/errors"

/** The message to reply to, which must be in this conversation; for a deleted one, the one before it. */
export async function parentOf(
  { id, parentId, append }: ChatRequest,
  conversation: Standing | null,
): Promise<string | null> {
  const leaf = conversation?.activeLeafId ?? null
  if (parentId === undefined || parentId === leaf) return leaf
  if (append && conversation) return endBehind(conversation, parentId)
  if (parentId === null) return null
  const nodes = conversation ? await nodesOf(id) : []
  if (!nodes.some((node) => node.id === parentId)) throw noParent()
  return visibleFrom(nodes, parentId)
}

/** The current end of the branch whose end was `seen` (null: before the first message). */
async function endBehind({ id, activeLeafId }: Standing, seen: string | null): Promise<string | null> {
  const nodes = await nodesOf(id)
  if (seen !== null && !nodes.some((node) => node.id === seen)) throw noParent()
  const end = seen === null ? null : visibleFrom(nodes, seen)
  const tree = withoutDeleted(nodes)
  if (end === null || pathTo(tree, activeLeafId).some((message) => message.id === end)) return activeLeafId
  return chosenLeafUnder(tree, end)
}

const noParent = () => new AppError("message:not_found/parent")

/** Where a turn is placed in the tree of its conversation. */
export async function placeOf(
  { parentId: asked, append }: ChatRequest,
  { conversation, asked: stored }: { conversation: Standing | null; asked: KnownMessage | null },
  parentId: string | null,
): Promise<Pick<NewTurn, "leaf" | "chosen">> {
  if (!conversation) return { chosen: null }
  const { activeLeafId } = conversation
  // A turn meant for the end of the conversation must not follow another turn that was added there.
  const atEnd = !stored && (append || asked === undefined)
  const end = stored ? stored.id : parentId
  const leaf = atEnd ? activeLeafId : undefined
  if (end === null || end === activeLeafId) return { leaf, chosen: null }
  const tree = await treeOf(conversation.id)
  return { leaf, chosen: { ids: choicesOn(tree, end), at: choiceTimestamp(tree) } }
}
