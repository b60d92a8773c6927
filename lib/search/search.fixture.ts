/** Conversations to search, and queries: for the search cases on either database. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { searchConversations } from "@/lib/search/search"
import type { MarkedText } from "@/lib/search/types"

type Line = string | { role?: "user" | "assistant"; text: string; at?: Date; parentId?: string | null }

export function searching(database: () => Database) {
  /** A conversation with these lines, of a new user unless one is given. */
  async function conversationOf(title: string, lines: Line[], userId: string = randomUUID()) {
    await database().user.upsert({ where: { id: userId }, create: { id: userId }, update: {} })
    const id = uuidv7()
    await database().conversation.create({ data: { id, userId, title } })
    const ids: string[] = []
    for (const line of lines) {
      const { role = "user", text, at = new Date(), parentId } = typeof line === "string" ? { text: line } : line
      const messageId = uuidv7()
      const parts = toJson([{ type: "text", text }])
      const row = { id: messageId, conversationId: id, role, status: "complete", parts, createdAt: at } as const
      await database().message.create({ data: { ...row, parentId: parentId ?? ids.at(-1) ?? null } })
      ids.push(messageId)
    }
    return { id, userId, ids }
  }

  const search = async (userId: string, text: string, limit = 20) =>
    (await searchConversations(userId, text, { limit })).hits
  const found = async (userId: string, text: string) =>
    (await search(userId, text)).map(({ message, title }) => message?.excerpt.text ?? `# ${title.text}`)
  const marked = ({ text, marks }: MarkedText) => marks.map(([start, end]) => text.slice(start, end))

  return { conversationOf, search, found, marked }
}
