/**
 * ChatGPT's `conversations.json`: `mapping` holds the messages by ID, each with its `parent`; `current_node` is the
 * last one shown. Images are in the zip, under names that begin with the ID from their URL.
 */
import { callOf, isToolRole, type Pending, partsOf } from "@/lib/import/formats/chatgpt-parts"
import { joined, type Piece } from "@/lib/import/formats/sound"
import type { Adapter, Loss, NeutralPart } from "@/lib/import/formats/types"
import { dateOf, type Entry, entryOf, idOf, nameOf, textOf } from "@/lib/import/formats/values"

export const chatgpt: Adapter = (chat, files) => {
  const mapping = entryOf(chat.mapping)
  const id = idOf(chat.conversation_id) ?? idOf(chat.id)
  if (!id) return null
  const losses: Loss[] = []
  const calls: Pending = new Map()
  const nodes = Object.entries(mapping).map(([key, node]) => ({ key, node: entryOf(node) }))
  const pieces = nodes.map(({ key, node }) => pieceOf(key, node, { files, losses, calls }))
  withResults(pieces, calls)
  const starred = chat.is_starred === true || Boolean(chat.pinned_time)
  const updatedAt = dateOf(chat.update_time)
  return {
    ...{ id, title: nameOf(chat.title) ?? "", createdAt: dateOf(chat.create_time), updatedAt },
    model: nameOf(chat.default_model_slug),
    settings: null,
    pinnedAt: starred ? (dateOf(chat.pinned_time) ?? updatedAt ?? Date.now()) : null,
    archivedAt: chat.is_archived === true ? (updatedAt ?? Date.now()) : null,
    ...{ folder: null, tags: [], titleSource: "user", losses },
    ...joined(pieces, idOf(chat.current_node)),
  }
}

interface Reading {
  files: Parameters<Adapter>[1]
  losses: Loss[]
  calls: Pending
}

function pieceOf(key: string, node: Entry, reading: Reading): Piece {
  const message = entryOf(node.message)
  const author = entryOf(message.author)
  const role = textOf(author.role)
  const metadata = entryOf(message.metadata)
  const piece = {
    ...{ id: key, parentId: idOf(node.parent), createdAt: dateOf(message.create_time) },
    model: nameOf(metadata.model_slug),
    parts: [] as NeutralPart[],
  }
  const hidden = metadata.is_visually_hidden_from_conversation === true
  if (hidden || role === null || role === "system") return { ...piece, role: null }
  if (role === "user") return { ...piece, model: null, role, parts: partsOf(message, reading) }
  const call = callOf(key, message)
  if (call) reading.calls.set(key, call)
  if (call && !isToolRole(role)) return { ...piece, role: "assistant" }
  return { ...piece, role: "assistant", parts: isToolRole(role) && call ? [] : partsOf(message, reading) }
}

/** Keeps each call in place, together with the result that follows it. */
function withResults(pieces: Piece[], calls: Pending): void {
  for (const piece of pieces) {
    const call = calls.get(piece.id)
    if (!call) continue
    const asked = call.result && piece.parentId !== null ? calls.get(piece.parentId) : undefined
    if (asked && !asked.result && asked.output === undefined) {
      asked.output = call.output ?? ""
      piece.parts.push(...call.parts)
    } else if (call.result) piece.parts.push(...call.alone(), ...call.parts)
  }
  for (const piece of pieces) {
    const call = calls.get(piece.id)
    if (call && !call.result) piece.parts.push(call.made())
  }
}
