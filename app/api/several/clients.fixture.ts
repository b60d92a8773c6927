/** Clients that use several processes through one address and keep going when processes fail. */
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import type { ConversationView } from "@/lib/chat/conversation.types"

/** A question, and the received part of its answer. */
export interface Turn {
  id: string
  answerId: string
  words: number
  /** Event numbers in the order of arrival, and their text. */
  seen: number[]
  text: string
  /** `performance.now()` when it was first sent, and when it was accepted; null: not known whether it was. */
  asked: number
  accepted: number | null
  /** How often the stream broke. */
  breaks: number
  /** `performance.now()` of each received chunk. */
  arrivals: number[]
}

/** A client's view of a conversation: the ids of its questions. */
export interface Look {
  asked: number
  answered: number
  ids: string[]
}

/** Milliseconds between two attempts; timeout of a request; timeout of a silent stream. */
const AGAIN_MS = 100
const LONGEST_MS = 15_000
const SILENT_MS = 20_000

export class Person {
  constructor(
    private readonly url: string,
    private readonly cookie: string,
    /** Makes the model server answer with this many words at this rate per second. */
    private readonly question = (words: number, rate: number) => `[[words n=${words} rate=${rate}]]`,
  ) {}

  /** Sends a question until it is accepted, and reads the answer to its end. */
  async ask(conversationId: string, words: number, rate: number, over: () => boolean): Promise<Turn> {
    const turn: Turn = {
      ...{ id: uuidv7(), answerId: uuidv7(), words, seen: [], text: "" },
      ...{ asked: performance.now(), accepted: null, breaks: 0, arrivals: [] },
    }
    const body = {
      id: conversationId,
      message: { id: turn.id, parts: [{ type: "text", text: this.question(words, rate) }] },
      responseId: turn.answerId,
    }
    const response = await this.until(over, () => this.send("/api/chat", body))
    if (!response) return turn
    turn.accepted = performance.now()
    let ended = await this.read(turn, response)
    while (!ended) {
      turn.breaks++
      const again = await this.until(
        () => false,
        () => this.send(`/api/chat/${conversationId}/stream?after=${turn.seen.at(-1) ?? -1}&message=${turn.answerId}`),
      )
      // Nothing is running anymore: the rest is what is stored.
      ended = !again || again.status === 204 || (await this.read(turn, again))
    }
    return turn
  }

  async look(conversationId: string): Promise<Look | null> {
    const asked = performance.now()
    const view = await this.view(conversationId)
    if (!view) return null
    const ids = view.messages.filter(({ role }) => role === "user").map(({ id }) => id)
    return { asked, answered: performance.now(), ids }
  }

  async view(conversationId: string): Promise<ConversationView | null> {
    const response = await this.send(`/api/conversations/${conversationId}`).catch(() => null)
    return response?.ok ? response.json() : null
  }

  /** Retries failed requests: no process was available, or the conversation is being written. */
  private async until(over: () => boolean, ask: () => Promise<Response>): Promise<Response | null> {
    for (;;) {
      const response = await ask().catch(() => null)
      if (response?.ok) return response
      await response?.body?.cancel()
      if (over()) return null
      await wait(AGAIN_MS)
    }
  }

  private async send(where: string, body?: object): Promise<Response> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), LONGEST_MS)
    const headers = { cookie: this.cookie, "content-type": "application/json" }
    try {
      return await fetch(`${this.url}${where}`, {
        headers,
        signal: late.signal,
        ...(body && { method: "POST", body: JSON.stringify(body) }),
      })
    } finally {
      clearTimeout(timer)
    }
  }

  /** Continues reading. True at the end of the answer; false if the stream broke. */
  private async read(turn: Turn, response: Response): Promise<boolean> {
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    let rest = ""
    try {
      for (;;) {
        const silence = new AbortController()
        const read = await Promise.race([
          reader?.read(),
          wait(SILENT_MS, null, { signal: silence.signal }).catch(() => null),
        ])
        silence.abort()
        if (!read || read.done) return false
        turn.arrivals.push(performance.now())
        const blocks = (rest + decoder.decode(read.value, { stream: true })).split("\n\n")
        rest = blocks.pop() ?? ""
        for (const block of blocks) {
          if (block === "data: [DONE]") return true
          const [, seq, json] = /^id: (\d+)\ndata: (.*)$/s.exec(block) ?? []
          if (json === undefined) continue
          turn.seen.push(Number(seq))
          const chunk = JSON.parse(json)
          if (chunk.type === "text-delta") turn.text += chunk.delta
        }
      }
    } catch {
      return false
    } finally {
      await reader?.cancel().catch(() => {})
    }
  }
}

/**
 * Checks linearizability of one conversation: `order` contains everything accepted, each once; a question accepted
 * before another one was sent comes before it; a look shows a gapless prefix of the order, at least up to what was
 * accepted before it started, and no less than an earlier look. Returns the contradictions.
 */
export function contradictions(order: string[], turns: Turn[], looks: Look[]): string[] {
  const at = new Map(order.map((id, n) => [id, n]))
  const place = ({ id }: Turn) => at.get(id) ?? -1
  const found: string[] = []
  if (at.size !== order.length) found.push("a question is there twice")
  for (const turn of turns)
    if (turn.accepted !== null && !at.has(turn.id)) found.push(`${turn.id} was accepted and is not there`)
  for (const one of turns)
    for (const other of turns)
      if (one.accepted !== null && at.has(other.id) && one.accepted < other.asked && place(one) > place(other))
        found.push(`${other.id} was asked after ${one.id} was accepted, and stands before it`)
  let seen = { answered: 0, end: 0 }
  for (const { ids, asked, answered } of looks.toSorted((a, b) => a.asked - b.asked)) {
    const first = ids.length > 0 ? (at.get(ids[0] ?? "") ?? -1) : 0
    const end = first + ids.length
    if (first < 0 || ids.some((id, n) => order[first + n] !== id)) found.push(`a look shows what never stood: ${ids}`)
    for (const turn of turns)
      if (turn.accepted !== null && turn.accepted < asked && place(turn) >= end)
        found.push(`a look does not show ${turn.id}, which was accepted before`)
    if (asked > seen.answered && end < seen.end) found.push("a look shows less than one before")
    if (end >= seen.end) seen = { answered, end }
  }
  return found
}
