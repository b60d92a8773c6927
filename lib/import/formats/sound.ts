/** Repairs a message tree, whatever the file contains. Pure, and linear in the number of messages. */
import type { NeutralChat, NeutralMessage } from "@/lib/import/formats/types"

/**
 * Unique IDs, parents that exist and precede their children, no cycles; empty messages are skipped. A message whose
 * parent is missing starts a branch of its own.
 */
export function sound(chat: NeutralChat): NeutralChat {
  const once = withParents(uniqueById(chat.messages))
  const messages = inOrder(once)
  const kept = withoutEmpty(messages)
  const known = new Set(kept.map(({ id }) => id))
  const leafId = chat.leafId !== null && known.has(chat.leafId) ? chat.leafId : null
  return { ...chat, messages: kept, leafId: leafId ?? kept.at(-1)?.id ?? null }
}

function uniqueById(messages: NeutralMessage[]): NeutralMessage[] {
  const seen = new Set<string>()
  return messages.filter(({ id }) => !seen.has(id) && seen.add(id))
}

function withParents(messages: NeutralMessage[]): NeutralMessage[] {
  const known = new Set(messages.map(({ id }) => id))
  return messages.map((message) =>
    message.parentId === null || known.has(message.parentId) ? message : { ...message, parentId: null },
  )
}

/** Parents first, siblings in their original order. Of each cycle, one message becomes a root. */
function inOrder(messages: NeutralMessage[]): NeutralMessage[] {
  const byParent = new Map<string | null, NeutralMessage[]>()
  for (const message of messages) {
    const siblings = byParent.get(message.parentId)
    if (siblings) siblings.push(message)
    else byParent.set(message.parentId, [message])
  }
  const ordered: NeutralMessage[] = []
  const placed = new Set<string>()
  const place = (first: NeutralMessage) => {
    const waiting = [first]
    for (let message = waiting.pop(); message; message = waiting.pop()) {
      if (placed.has(message.id)) continue
      placed.add(message.id)
      ordered.push(message)
      const children = byParent.get(message.id) ?? []
      for (let at = children.length - 1; at >= 0; at--) {
        const child = children[at]
        if (child) waiting.push(child)
      }
    }
  }
  for (const root of byParent.get(null) ?? []) place(root)
  // Messages not reachable from a root form cycles.
  for (const message of messages) if (!placed.has(message.id)) place({ ...message, parentId: null })
  return ordered
}

/** Children of an empty message are attached to its parent. */
function withoutEmpty(messages: NeutralMessage[]): NeutralMessage[] {
  const before = new Map<string, string | null>()
  const kept: NeutralMessage[] = []
  for (const message of messages) {
    const parent = message.parentId
    const parentId = parent !== null && before.has(parent) ? (before.get(parent) ?? null) : parent
    if (message.parts.length === 0) before.set(message.id, parentId)
    else kept.push(parentId === parent ? message : { ...message, parentId })
  }
  return kept
}

/** A part of a turn, before the parts of an answer are merged. */
export interface Piece extends Omit<NeutralMessage, "role"> {
  /** Null: not shown; its children are attached to its parent. */
  role: "user" | "assistant" | null
}

/**
 * Merges the parts of an answer: sources store a call, its result, and the text after it as separate messages. Where
 * the tree forks within an answer, each branch continues as a message of its own. `leafId`: the last piece shown.
 */
export function joined(pieces: Piece[], leafId: string | null): Pick<NeutralChat, "messages" | "leafId"> {
  const { sorted, children } = sortedPieces(pieces)
  /** For each piece, the message it was merged into, or the parent if it was skipped. */
  const into = new Map<string, NeutralMessage | null>()
  const messages: NeutralMessage[] = []
  for (const { role, ...piece } of sorted) {
    const before = piece.parentId === null ? null : (into.get(piece.parentId) ?? null)
    const alone = piece.parentId !== null && children.get(piece.parentId) === 1
    if (role === null) into.set(piece.id, before)
    else if (role === "assistant" && before?.role === "assistant" && alone) {
      before.parts.push(...piece.parts)
      before.model ??= piece.model
      into.set(piece.id, before)
    } else {
      const message: NeutralMessage = { ...piece, role, parts: [...piece.parts], parentId: before?.id ?? null }
      messages.push(message)
      into.set(piece.id, message)
    }
  }
  const shown = leafId === null ? null : (into.get(leafId)?.id ?? null)
  return { messages, leafId: shown }
}

function sortedPieces(pieces: Piece[]) {
  const asMessages = pieces.map((piece) => ({ ...piece, role: piece.role ?? ("user" as const) }))
  const roles = new Map(pieces.map(({ id, role }) => [id, role]))
  const sorted = inOrder(withParents(uniqueById(asMessages))).map((message) => ({
    ...message,
    role: roles.get(message.id) ?? null,
  }))
  const children = new Map<string, number>()
  for (const { parentId } of sorted) if (parentId !== null) children.set(parentId, (children.get(parentId) ?? 0) + 1)
  return { sorted, children }
}
