/** Conversations for tests, in their stored form. */
import { v7 as uuidv7 } from "uuid"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import type { MessageStatus } from "@/lib/messages/types"

interface Written {
  status?: MessageStatus
  parts?: unknown[]
  /** Neither tokens nor cost are known. */
  uncounted?: boolean
  comparisonId?: string
}

export const textPart = (text: string) => ({ type: "text", text })

/** A user with a conversation, and functions that add messages: a question, then alternating answers and questions. */
export async function writtenConversation(database: Database) {
  const userId = uuidv7()
  const id = uuidv7()
  await database.user.create({ data: { id: userId } })
  const settings = { systemPrompt: "Rhyme." }
  await database.conversation.create({ data: { id, userId, title: "Harbors", model: "kimi", settings } })
  let written = 0
  const say = async (
    text: string,
    parentId: string | null,
    { parts, uncounted, ...more }: Written = {},
  ): Promise<string> => {
    const parent = await database.message.findUnique({ where: { id: parentId ?? "" }, select: { role: true } })
    const role: "user" | "assistant" = parent?.role === "user" ? "assistant" : "user"
    const data = {
      ...{ id: uuidv7(), conversationId: id, parentId, role, status: "complete" as MessageStatus },
      ...{ parts: toJson(parts ?? [textPart(text)]), createdAt: new Date(Date.UTC(2026, 0, 1) + ++written * 1_000) },
      ...(role === "assistant" && { model: "kimi" }),
      ...(role === "assistant" && !uncounted && { usage: { input: 10, output: 5 }, costUsd: 0.25 }),
      ...more,
    }
    await database.message.create({ data })
    await database.conversation.update({ where: { id }, data: { activeLeafId: data.id } })
    return data.id
  }
  /** Adds a branch of these messages; returns their IDs. */
  const branch = async (texts: string[], from: string | null = null): Promise<string[]> => {
    const ids: string[] = []
    for (const text of texts) ids.push(await say(text, ids.at(-1) ?? from))
    return ids
  }
  return { userId, id, say, branch }
}
