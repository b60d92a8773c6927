/** Makes a tree of messages sound, whatever a file said of it. Pure, and linear in the number of messages. */
import type { NeutralChat, NeutralMessage } from "@/lib/import/formats/types"

/**
 * Each id once, parents that are there and come before their children, no circles; empty messages are passed over. What
 * follows something that isn't there begins a branch of its own.
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

/** Parents first, siblings as they were. Of a circle one message becomes a beginning. */
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
  // What no beginning leads to goes round in circles.
  for (const message of messages) if (!placed.has(message.id)) place({ ...message, parentId: null })
  return ordered
}

/** What follows an empty message follows what that followed. */
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

/** A piece of a turn, before the pieces of one answer are put together. */
export interface Piece extends Omit<NeutralMessage, "role"> {
  /** Null: nothing that is shown; what follows it follows what it followed. */
  role: "user" | "assistant" | null
}

/**
 * Puts the pieces of an answer together: sources keep a call, its result and the words after it as messages of their own.
 * Where the way forks within an answer, each way goes on as a message of its own. `leafId`: the piece that is shown last.
 */
export function joined(pieces: Piece[], leafId: string | null): Pick<NeutralChat, "messages" | "leafId"> {
  const { sorted, children } = sortedPieces(pieces)
  /** Of each piece: the message that it went into, or that it was passed over for. */
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
