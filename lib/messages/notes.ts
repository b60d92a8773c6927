/**
 * Messages that the model received in the middle of an answer, between two steps. Pure; safe to import on both sides.
 */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import type { ChatMessage } from "@/lib/messages/types"

/** As stored in the answer, at the point where the model received it. The ID is that of the queued message. */
export const noteSchema = z.object({ id: idSchema, text: z.string() })
export type Note = z.infer<typeof noteSchema>

/** The turns that the model saw for an answer: notes are user turns. */
export function turnsIn(message: ChatMessage): ChatMessage[] {
  if (message.role !== "assistant" || !message.parts.some(({ type }) => type === "data-steer")) return [message]
  let turn: ChatMessage = { ...message, parts: [] }
  const turns = [turn]
  for (const part of message.parts) {
    if (part.type !== "data-steer") {
      turn.parts.push(part)
      continue
    }
    const { id, text } = part.data
    turn = { ...message, parts: [] }
    turns.push({ id, role: "user", parts: [{ type: "text", text }] }, turn)
  }
  return turns
}
