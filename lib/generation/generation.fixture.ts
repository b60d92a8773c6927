/** A model server over HTTP, a fresh database, and the steps that generation tests share. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll } from "vitest"
import type { ChatRequest } from "@/lib/chat/requests"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import type { ChatMessage, MessageMetadata } from "@/lib/messages/types"

export const API_KEY = "fw-test"
export const MODEL = "accounts/fireworks/models/kimi-k3"
/** The model server's models. */
export const MODELS = [MODEL, "accounts/fireworks/models/glm-5p3-flash", "accounts/fireworks/models/gpt-oss-120b"]
/** Also on the model server: writes the titles for models that can't turn reasoning off. */
export const QUICK = "accounts/fireworks/models/deepseek-v4p1-flash"
export const user = { id: uuidv7(), guest: true, name: null }
export const never = new AbortController().signal

/** What `setUp` has started; set once the tests run. */
export const started: { server: DemoServer; testDb: TestDatabase } = {
  get server(): DemoServer {
    throw new Error("setUp() has not run")
  },
  get testDb(): TestDatabase {
    throw new Error("setUp() has not run")
  },
}

/** Call once per test file. `env` adds settings; the database is SQLite unless `postgresUrl` is given. */
export function setUp(env: Record<string, string> = {}, postgresUrl?: string): void {
  beforeAll(async () => {
    const server = await startDemoServer({
      testMode: true,
      apiKey: API_KEY,
      models: [...MODELS, QUICK].map((id) => ({ id })),
      tokensPerSecond: 0,
      firstTokenMs: 0,
    })
    Object.assign(process.env, {
      FIREWORKS_API_KEY: API_KEY,
      FIREWORKS_BASE_URL: server.url,
      DEFAULT_MODEL: MODEL,
      ...env,
    })
    const testDb = await withTestDb(postgresUrl)
    await newUser(testDb, user.id)
    Object.defineProperties(started, { server: { value: server }, testDb: { value: testDb } })
  })
  afterAll(async () => {
    await started.server.close()
    await started.testDb.close()
  })
}

/** Creates a user for a test unless it already exists. */
async function newUser({ database }: TestDatabase, id: string): Promise<void> {
  await database.user.upsert({ where: { id }, create: { id, guest: true }, update: {} })
}

/** A guest other than `user`. */
export async function newGuest(): Promise<typeof user> {
  const guest = { id: uuidv7(), guest: true, name: null }
  await newUser(started.testDb, guest.id)
  return guest
}

/** Imported late, because the settings are read from the environment above. */
export const modules = async () => ({
  ...(await import("@/lib/generation/accept")),
  ...(await import("@/lib/generation/attach")),
  ...(await import("@/lib/generation/stop")),
  ...(await import("@/lib/generation/continue")),
  ...(await import("@/lib/generation/compare")),
  ...(await import("@/lib/generation/verdict")),
  ...(await import("@/lib/generation/view")),
  ...(await import("@/lib/generation/recover")),
  ...(await import("@/lib/generation/log/checkpoint")),
  ...(await import("@/lib/generation/runtime")),
  ...(await import("@/lib/chat/conversations")),
  ...(await import("@/lib/chat/view")),
})

export const ask = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  id: uuidv7(),
  message: { id: uuidv7(), parts: [{ type: "text", text }] },
  ...more,
})

export async function send(request: ChatRequest, as = user) {
  const { acceptMessage, followMessages } = await modules()
  await newUser(started.testDb, as.id)
  const { answerIds } = await acceptMessage(as, request)
  const [answerId = ""] = answerIds
  const response = await followMessages(as.id, [answerId], { signal: never })
  return { answerId, response }
}

/**
 * Answer requests to the model server after the first `since` requests; excludes title requests, whose timing varies.
 */
export const answersAsked = (since: number) =>
  started.server.requests.slice(since).filter(({ body }) => JSON.stringify(body)?.includes('"stream":true'))

export async function eventsOf(response: Response | null) {
  const text = (await response?.text()) ?? ""
  const events = text.split("\n\n").flatMap((block) => {
    const [, id, data] = /^id: (\d+)\ndata: (.*)$/s.exec(block) ?? []
    return data ? [{ seq: Number(id), chunk: JSON.parse(data) }] : []
  })
  return {
    events,
    done: text.endsWith("data: [DONE]\n\n"),
    text: events.map(({ chunk }) => (chunk.type === "text-delta" ? chunk.delta : "")).join(""),
  }
}

/** Reads until the stream has delivered `text`. */
export async function readUntil(response: Response | null, text: string) {
  const reader = response?.body?.getReader()
  const decoder = new TextDecoder()
  let seen = ""
  while (reader && !seen.includes(text)) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`the stream ended before ${text}`)
    seen += decoder.decode(value, { stream: true })
  }
}

export async function stored(conversationId: string, as = user): Promise<ChatMessage[]> {
  const { viewConversation } = await modules()
  return (await viewConversation(as.id, conversationId))?.messages ?? []
}

export const textOf = (message: ChatMessage | undefined) =>
  message?.parts.map((part) => (part.type === "text" ? part.text : "")).join("") ?? ""
export const metadataOf = (events: { chunk: { type: string; messageMetadata?: MessageMetadata } }[]) =>
  events.findLast(({ chunk }) => chunk.type === "message-metadata")?.chunk.messageMetadata
