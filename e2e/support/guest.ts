/** A guest who uses the API like a program, and records when each chunk of an answer arrives. */
import { randomUUID } from "node:crypto"
import type { UIMessageChunk } from "ai"
import { readEvents } from "@/components/stream/event-stream"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatRequest, ContinueRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"

/** One question, and what the client has seen of the answer. */
export interface Turn {
  conversationId: string
  messageId: string
  question: string
  /** The POST returned 200. */
  accepted: boolean
  text: string
  /** Length of the text at each arrival, with its `performance.now()`. */
  arrivals: { at: number; length: number }[]
  /** The end of the answer was seen. */
  finished: boolean
}

export const newTurn = (conversationId: string, question: string, messageId: string = randomUUID()): Turn => ({
  conversationId,
  messageId,
  question,
  accepted: false,
  text: "",
  arrivals: [],
  finished: false,
})

/** The answer to `[[words n=…]]`. */
export const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

/** The text of a message, all parts together. */
export const textOf = ({ parts }: ChatMessage) => parts.map((part) => (part.type === "text" ? part.text : "")).join("")

export class Guest {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  /** Any page sets a session cookie. */
  static async arrive(url: string): Promise<Guest> {
    const page = await fetch(url)
    await page.arrayBuffer()
    const cookie = page.headers.getSetCookie().map((header) => header.split(";")[0])
    return new Guest(url, cookie.join("; "))
  }

  /** Sends the question, with the same ids each time. */
  post({ conversationId, messageId, question }: Turn): Promise<Response> {
    return this.send({ id: conversationId, message: { id: messageId, parts: [{ type: "text", text: question }] } })
  }

  send(request: ChatRequest): Promise<Response> {
    return this.request("/api/chat", request)
  }

  /** Follows an answer from after event `after`. */
  attach(conversationId: string, after: number, messageId: string): Promise<Response> {
    return this.request(`/api/chat/${conversationId}/stream?after=${after}&message=${messageId}`)
  }

  goOn(conversationId: string, request: ContinueRequest): Promise<Response> {
    return this.request(`/api/chat/${conversationId}/continue`, request)
  }

  /** Sends the question and reads the answer to its end. Throws if it is refused or the connection breaks. */
  async ask(turn: Turn): Promise<void> {
    const response = await this.post(turn)
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`)
    turn.accepted = true
    for await (const events of readEvents(response.body)) {
      for (const { data } of events) {
        if (data === "[DONE]") continue
        const chunk: UIMessageChunk = JSON.parse(data)
        if (chunk.type === "text-delta") turn.text += chunk.delta
        if (chunk.type === "finish") turn.finished = true
      }
      turn.arrivals.push({ at: performance.now(), length: turn.text.length })
    }
  }

  /** Stops what is running in a conversation. */
  async stop(conversationId: string): Promise<void> {
    await this.request(`/api/chat/${conversationId}/stop`, {})
  }

  /** The conversation's current view; null if there is none. */
  async view(conversationId: string): Promise<ConversationView | null> {
    const response = await this.request(`/api/conversations/${conversationId}`)
    if (response.status === 404) return null
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return response.json()
  }

  /** A GET, or a POST if there is a body. */
  request(path: string, body?: object): Promise<Response> {
    const headers = { cookie: this.cookie, "content-type": "application/json" }
    return fetch(`${this.url}${path}`, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers })
  }
}
