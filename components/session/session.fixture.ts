/** Server responses for conversations and answers, and a session that uses them, for the session tests. */
import type { UIMessageChunk } from "ai"
import { afterEach, beforeAll, beforeEach, vi } from "vitest"
import { textOf } from "@/components/base/message-content"
import { pageStorage } from "@/components/base/storage"
import { DraftStore } from "@/components/draft/draft"
import { ConversationSession } from "@/components/session/session"
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

/** Events of an answer, with its name when followed. */
export const eventsOf = (chunks: UIMessageChunk[], name?: string, from = 0) =>
  chunks.map((chunk, index) => `${nameLine(name)}id: ${from + index}\ndata: ${JSON.stringify(chunk)}\n\n`).join("")

export const doneOf = (name?: string) => `${nameLine(name)}data: [DONE]\n\n`

const nameLine = (name: string | undefined) => (name === undefined ? "" : `event: ${name}\n`)

/** A complete answer stream: from the turn that requested it, or followed by name. */
export const stream = (chunks: UIMessageChunk[], name?: string) =>
  new Response(eventsOf(chunks, name) + doneOf(name), { headers: { "content-type": "text/event-stream" } })

export const refusal = (status: number, code: string, sentence: string) =>
  Response.json({ error: { code, message: sentence } }, { status })

export type Handler = (body: Record<string, unknown>, signal: AbortSignal | null) => Response | Promise<Response>

/** A busy machine needs more than the default of one second. */
export const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000 })

/** Responses by `METHOD /path`; without an entry the server is unreachable. Reset for each test. */
export const routes: Record<string, Handler> = {}
/** Requests the server received. */
export const asked: { name: string; body: Record<string, unknown> }[] = []
export const bodies = (name: string) => asked.filter((one) => one.name === name).map(({ body }) => body)
export const posts = () => bodies("POST /api/chat")

/** Call once per test file. */
export function serve(): void {
  // Loaded once: on a busy machine this takes longer than any of the tests.
  beforeAll(() => import("@/components/stream/answer-reader"), 60_000)
  beforeEach(() => {
    for (const name of Object.keys(routes)) delete routes[name]
    asked.length = 0
    vi.stubGlobal("window", new EventTarget())
    vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
      const name = `${init.method ?? "GET"} ${path.split("?")[0]?.replace(ID, ":id")}`
      const body: Record<string, unknown> = typeof init.body === "string" ? JSON.parse(init.body) : {}
      asked.push({ name, body })
      const handler = routes[name]
      if (!handler) throw new TypeError("Failed to fetch")
      return handler(body, init.signal ?? null)
    })
  })
  afterEach(() => vi.unstubAllGlobals())
}

/** A page with an opened conversation. */
export function open(view: ConversationView | null = null, storage = pageStorage()) {
  const draft = new DraftStore("c")
  const heard: string[] = []
  const session = new ConversationSession({
    id: ID,
    view,
    draft,
    storage: () => storage,
    turn: () => ({ model: "m" }),
    onAccepted: () => heard.push("accepted"),
    onTitle: () => {},
    onEnded: () => heard.push("ended"),
    comparing: () => ({ models: [] }),
    compareAgain: () => {},
    onKept: () => {},
  })
  const leave = session.enter()
  const texts = () => session.snapshot().messages.map(textOf)
  const send = (text: string) => {
    draft.update(() => ({ text }))
    session.send()
  }
  return { session, draft, heard, leave, texts, send }
}
