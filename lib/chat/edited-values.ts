/** Overwriting values of a structured answer: stored with the message, alongside what the model wrote. */
import { conversationNotFound } from "@/lib/chat/conversations"
import { toChatMessage } from "@/lib/chat/messages"
import { db } from "@/lib/db/client"
import { findConversation } from "@/lib/db/conversations"
import { findMessage, lockEndedMessage, partsOfMessage, setParts } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"
import type { ValueEdit } from "@/lib/messages/edits.types"
import { parseParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"
import { editedText, editsOf, withEdits, withStoredEdits } from "@/lib/output/answer/edits"
import { answerText } from "@/lib/output/answer/repair"
import { checkAnswer } from "@/lib/output/check"

/** How often to retry while others edit the same answer. */
const MAX_TRIES = 5

/**
 * Overwrites values, or reverts that, all or none. Throws `conversation:not_found`, `message:not_found`,
 * `message:not_editable` if it is not a place in a JSON answer, and `message:edited_elsewhere` if a value differs from
 * what its editor saw.
 */
export async function editValues(userId: string, conversationId: string, messageId: string, edits: ValueEdit[]) {
  if (!(await findConversation(conversationId, userId))) throw conversationNotFound()
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const message = await editable(userId, conversationId, messageId)
    const text = answerText(message.parts)
    const stored = editsOf(message.parts)
    const applied = withEdits(text, stored, edits)
    if ("refused" in applied)
      throw new AppError(applied.refused === "conflict" ? "message:edited_elsewhere" : "message:not_editable")
    const { output } = message.metadata ?? {}
    const isEdited = applied.values.length > 0
    const check = output && isEdited ? await checkAnswer(userId, editedText(text, applied), output) : undefined
    const next = { ...applied, ...(check && { check }) }
    if (await storeUnlessChanged(messageId, JSON.stringify(stored), next)) return
  }
  throw new AppError("message:edited_elsewhere")
}

async function editable(userId: string, conversationId: string, messageId: string): Promise<ChatMessage> {
  const row = await findMessage(messageId, userId)
  if (row?.conversationId !== conversationId) throw new AppError("message:not_found")
  const message = toChatMessage(row)
  if (row.role !== "assistant" || row.status === "streaming" || !message.metadata?.output)
    throw new AppError("message:not_editable")
  return message
}

/** False if values were edited concurrently. */
const storeUnlessChanged = (id: string, seen: string, edits: Parameters<typeof withStoredEdits>[1]): Promise<boolean> =>
  db().$transaction(async (client) => {
    if (!(await lockEndedMessage(client, id))) throw new AppError("message:not_editable")
    const parts = parseParts(await partsOfMessage(client, id))
    if (JSON.stringify(editsOf(parts)) !== seen) return false
    await setParts(client, id, withStoredEdits(parts, edits))
    return true
  })
