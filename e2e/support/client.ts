/** The API as another program uses it: a guest's session, streams read event by event. */
import type { UIMessageChunk } from "ai"
import type { ChatRequest, ConversationView } from "@/lib/chat/types"

export interface NumberedChunk {
  seq: number
  json: string
}

/** What a stream brought: `done` when it ended with `[DONE]`, else its connection broke. */
export interface Reading {
  events: NumberedChunk[]
  done: boolean
}

export class ApiClient {
  private constructor(
    private readonly url: string,
    readonly cookie: string,
  ) {}

  /** A new guest. */
  static async open(url: string): Promise<ApiClient> {
    const response = await fetch(url)
    await response.arrayBuffer()
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0])
    return new ApiClient(url, cookies.join("; "))
  }

  send(request: ChatRequest, signal?: AbortSignal): Promise<Response> {
    return this.fetch("/api/chat", { method: "POST", body: request, signal })
  }

  attach(conversationId: string, after: number, messageId: string, signal?: AbortSignal): Promise<Response> {
    return this.fetch(`/api/chat/${conversationId}/stream?after=${after}&message=${messageId}`, { signal })
  }

  stop(conversationId: string): Promise<Response> {
    return this.fetch(`/api/chat/${conversationId}/stop`, { method: "POST" })
  }

  goOn(conversationId: string, messageId: string, generationId: string): Promise<Response> {
    return this.fetch(`/api/chat/${conversationId}/continue`, { method: "POST", body: { messageId, generationId } })
  }

  async view(conversationId: string): Promise<ConversationView> {
    const response = await this.fetch(`/api/conversations/${conversationId}`)
    if (!response.ok) throw new Error(`conversation ${conversationId}: status ${response.status}`)
    return response.json()
  }

  private fetch(path: string, init: { method?: string; body?: unknown; signal?: AbortSignal } = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: init.method,
      signal: init.signal,
      headers: { cookie: this.cookie, "content-type": "application/json" },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    })
  }
}

/** Reads a stream to its end, or up to `most` events; never throws: a broken connection is an end too. */
export async function readStream(response: Response, most = Number.POSITIVE_INFINITY): Promise<Reading> {
  const events: NumberedChunk[] = []
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ""
  try {
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n")
      rest = blocks.pop() ?? ""
      for (const block of blocks) {
        if (block === "data: [DONE]") return { events, done: true }
        const [, seq, json] = /^id: (\d+)\ndata: (.*)$/s.exec(block) ?? []
        if (json !== undefined) events.push({ seq: Number(seq), json })
      }
      if (events.length < most) continue
      await reader.cancel()
      break
    }
  } catch {
    // Cut: what came is what came.
  }
  return { events, done: false }
}

/** The text that events make. */
export const textOf = (events: NumberedChunk[]): string =>
  events
    .map(({ json }): UIMessageChunk => JSON.parse(json))
    .map((chunk) => (chunk.type === "text-delta" ? chunk.delta : ""))
    .join("")
