/**
 * `search_conversations`: searches the user's other chats, with the same search as the page. Temporary chats are not
 * indexed.
 */
import { defineTool, type ToolCall } from "@/lib/ai/tools/define"
import {
  type OwnSearchInput,
  type OwnSearchOutput,
  ownSearchInput,
  ownSearchOutput,
} from "@/lib/ai/tools/search_conversations/types"
import { searchConversations } from "@/lib/search/search"
import type { SearchHit } from "@/lib/search/types"

const MOST = 8
/** Number of words that are searched one by one if nothing contains them all. */
const MAX_WORDS = 4

export default defineTool({
  name: "search_conversations",
  description:
    "Search the person's earlier chats in this application for what was said. Use it when they refer to something from another chat. The person sees the results as links.",
  input: ownSearchInput,
  output: ownSearchOutput,
  limits: { timeMs: 20_000, resultChars: 20_000, atOnce: 2 },
  // The results include model answers, and what those had read.
  may: { useNetwork: false, runUnasked: true, fromOutside: true },
  toModel: ({ hits }) =>
    hits.length === 0
      ? "0 hits"
      : hits
          .map(({ title, role, date, excerpt }) => `“${title}”, ${date}${role ? `, ${role}` : ""}: ${excerpt}`)
          .join("\n\n"),
  run: (input, call) => searchOwnConversations(input, call),
})

/**
 * The best hits in chats other than the calling one. If no message contains all words, those that contain most of them.
 */
export async function searchOwnConversations(
  { query }: OwnSearchInput,
  { userId, conversationId, signal }: Pick<ToolCall, "userId" | "conversationId" | "signal">,
): Promise<OwnSearchOutput> {
  const ask = async (text: string) => {
    const { hits } = await searchConversations(userId, text, { limit: MOST * 2, signal })
    return hits.filter((hit) => hit.conversationId !== conversationId)
  }
  const all = await ask(asWords(query))
  const hits = all.length > 0 ? all : await withMostWords(query, ask)
  return { hits: hits.slice(0, MOST).map(toHit) }
}

/** Otherwise `tag:` and `folder:` would work as filters. */
const asWords = (query: string) => query.replace(/:/g, " ")

async function withMostWords(query: string, ask: (text: string) => Promise<SearchHit[]>): Promise<SearchHit[]> {
  const words = [
    ...new Set(
      asWords(query)
        .replace(/["“”]/g, " ")
        .split(/\s+/)
        .filter((word) => word.length > 2),
    ),
  ]
  if (words.length < 2) return []
  const counts = new Map<string, { hit: SearchHit; count: number }>()
  for (const word of words.slice(0, MAX_WORDS))
    for (const hit of await ask(word)) {
      const key = hit.message?.id ?? hit.conversationId
      counts.set(key, { hit, count: (counts.get(key)?.count ?? 0) + 1 })
    }
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ hit }) => hit)
}

const toHit = ({ conversationId, title, message, date }: SearchHit): OwnSearchOutput["hits"][number] => ({
  conversationId,
  messageId: message?.id ?? null,
  title: title.text,
  role: message?.role ?? null,
  excerpt: message?.excerpt.text ?? "",
  date: date.slice(0, 10),
})
