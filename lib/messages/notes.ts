/** Messages that the model got in the middle of an answer, between two of its steps. Pure; safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import type { ChatMessage } from "@/lib/messages/types"

/** As it is stored in the answer: at the place where the model was told. The id is that of the message that waited. */
export const noteSchema = z.object({ id: idSchema, text: z.string() })
export type Note = z.infer<typeof noteSchema>

/** The turns that an answer was for its model: what the person said meanwhile is theirs. */
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
