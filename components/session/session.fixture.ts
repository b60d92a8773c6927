/** Conversations and answers as the server sends them, for the tests of the session. */
import type { UIMessageChunk } from "ai"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

export const ID = "0198c0de-0000-7000-8000-000000000001"
const createdAt = "2026-11-23T08:00:00.000Z"

export const message = (id: string, role: "user" | "assistant", text: string, status: MessageStatus = "complete") => ({
  id,
  role,
  metadata: { parentId: null, createdAt, status },
  parts: [{ type: "text" as const, text }],
})

export const viewOf = (messages: ChatMessage[], siblings: Record<string, string[]> = {}): ConversationView => ({
  conversation: {
    id: ID,
    title: "T",
    model: null,
    createdAt,
    updatedAt: createdAt,
    running: false,
    unseen: false,
    pinned: false,
    archived: false,
    folderId: null,
    tags: [],
  },
  messages,
  settings: {},
  siblings,
  earlier: 0,
  compared: [],
})

export const answer = (messageId: string, text: string, status: MessageStatus = "complete"): UIMessageChunk[] => [
  { type: "start", messageId, messageMetadata: { parentId: null, createdAt, status: "streaming" } },
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: text },
  { type: "text-end", id: "t" },
  { type: "message-metadata", messageMetadata: { parentId: null, createdAt, status } },
  { type: "finish" },
]

/** Events of an answer, with its name where it is followed. */
export const eventsOf = (chunks: UIMessageChunk[], name?: string, from = 0) =>
  chunks.map((chunk, index) => `${nameLine(name)}id: ${from + index}\ndata: ${JSON.stringify(chunk)}\n\n`).join("")

export const doneOf = (name?: string) => `${nameLine(name)}data: [DONE]\n\n`

const nameLine = (name: string | undefined) => (name === undefined ? "" : `event: ${name}\n`)

/** A whole answer: of the turn that asked for it, or followed by its name. */
export const stream = (chunks: UIMessageChunk[], name?: string) =>
  new Response(eventsOf(chunks, name) + doneOf(name), { headers: { "content-type": "text/event-stream" } })

export const refusal = (status: number, code: string, sentence: string) =>
  Response.json({ error: { code, message: sentence } }, { status })

export type Handler = (body: Record<string, unknown>, signal: AbortSignal | null) => Response | Promise<Response>
