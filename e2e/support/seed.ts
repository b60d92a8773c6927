/** Writes conversations directly to the database file, for content that would take too long to generate. */
import { v7 as uuidv7 } from "uuid"
import { openDatabase } from "@/lib/db/client"

interface Turn {
  question: string
  answer: string
}

/** Creates a conversation with these turns in sequence. Returns its id. The user must have a row. */
export async function seedConversation(
  dataDir: string,
  { userId, title, model, turns }: { userId: string; title: string; model: string; turns: Turn[] },
): Promise<string> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const id = uuidv7()
  const begin = Date.now() - turns.length * 60_000
  let parentId: string | null = null
  const messages = turns.flatMap(({ question, answer }, turn) => {
    const createdAt = new Date(begin + turn * 60_000)
    const asked = {
      id: uuidv7(),
      parentId,
      role: "user" as const,
      parts: [{ type: "text", text: question }],
      createdAt,
    }
    parentId = uuidv7()
    const answered = {
      id: parentId,
      parentId: asked.id,
      role: "assistant" as const,
      parts: [{ type: "text", text: answer, state: "done" }],
      model,
      finishReason: "stop",
      createdAt: new Date(createdAt.getTime() + 1_000),
    }
    return [asked, answered]
  })
  try {
    await database.conversation.create({ data: { id, userId, title, model, activeLeafId: parentId } })
    const rows = messages.map((message) => ({ ...message, conversationId: id, status: "complete" as const }))
    for (let from = 0; from < rows.length; from += 500)
      await database.message.createMany({ data: rows.slice(from, from + 500) })
  } finally {
    await database.$disconnect()
  }
  return id
}

/** The user who owns a conversation. */
export async function ownerOf(dataDir: string, conversationId: string): Promise<string> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  try {
    return (await database.conversation.findUniqueOrThrow({ where: { id: conversationId } })).userId
  } finally {
    await database.$disconnect()
  }
}

/** Creates this many conversations without messages, three hours apart, the newest now. */
export async function seedConversations(
  dataDir: string,
  { userId, count }: { userId: string; count: number },
): Promise<void> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const now = Date.now()
  try {
    for (let from = 0; from < count; from += 1_000)
      await database.conversation.createMany({
        data: Array.from({ length: Math.min(1_000, count - from) }, (_, place) => ({
          id: uuidv7(),
          userId,
          title: `Conversation ${from + place + 1}`,
          updatedAt: new Date(now - (from + place) * 3 * 60 * 60_000),
        })),
      })
  } finally {
    await database.$disconnect()
  }
}
