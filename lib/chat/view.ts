/** The shown branch of a conversation, or a piece of it. */

import type { ConversationView } from "@/lib/chat/conversation.types"
import { toSummary } from "@/lib/chat/conversations"
import { messageForUser } from "@/lib/chat/messages"
import type { ViewPiece } from "@/lib/chat/requests"
import { readSettings } from "@/lib/chat/settings"
import { comparedWith, pathTo, siblingsOf } from "@/lib/chat/tree"
import { findListed } from "@/lib/db/listing"
import { emptyFailures, messagesByIds, treeOf } from "@/lib/db/messages"

/** Messages per page: a few screens of long answers, and more than one screen of short ones. */
export const PAGE = 16

/**
 * A conversation's shown branch, or null if this user has none with this ID. With `end`, the branch up to that message,
 * which is empty if there is no such message.
 */
export async function viewConversation(
  userId: string,
  id: string,
  piece: ViewPiece = {},
  end?: string,
): Promise<ConversationView | null> {
  const row = await findListed(id, userId)
  if (!row) return null
  const [tree, empty] = await Promise.all([treeOf(id), emptyFailures(id)])
  // An answer that failed before its first word is not offered as a version; it is shown only while it is the leaf.
  const leaf = end ?? row.activeLeafId
  const shown = tree.filter((message) => message.id === leaf || !empty.has(message.id))
  const path = pathTo(shown, leaf)
  const [from, to] = bounds(path, piece)
  const within = path.slice(from, to)
  const compared = to === path.length && end === undefined ? comparedWith(tree, path.at(-1)) : []
  const known = new Map(
    (
      await messagesByIds(
        id,
        [...within, ...compared].map((message) => message.id),
      )
    ).map((message) => [message.id, message]),
  )
  // The message that each one follows on the page: messages in between may have been deleted.
  const messagesOf = (nodes: { id: string; parentId: string | null }[]) =>
    nodes.flatMap(({ id, parentId }) => {
      const row = known.get(id)
      return row ? messageForUser({ ...row, parentId }) : []
    })
  return {
    conversation: toSummary(
      row,
      [...path.slice(-1), ...compared].some(({ status }) => status === "streaming"),
    ),
    settings: readSettings(row.settings),
    messages: messagesOf(within),
    siblings: siblingsOf(shown, within),
    earlier: from,
    compared: messagesOf(compared),
  }
}

/** Start and end (exclusive) of a piece of the branch. A message of another branch selects the newest page. */
function bounds(path: { id: string }[], { last, before, from }: ViewPiece): [number, number] {
  const place = (id: string | undefined) => path.findIndex((message) => message.id === id)
  if (before !== undefined && place(before) >= 0) {
    const end = place(before)
    const start = from === undefined ? -1 : place(from)
    return [start >= 0 && start < end ? start : Math.max(0, end - PAGE), end]
  }
  if (before === undefined && from !== undefined && place(from) >= 0) return [place(from), path.length]
  return last || from !== undefined || before !== undefined
    ? [Math.max(0, path.length - PAGE), path.length]
    : [0, path.length]
}
