/** The load generator of the benchmarks: requests over node:http, with the arrival time of each token. */
import http from "node:http"
import { v7 as uuidv7 } from "uuid"

export interface Target {
  /** Where a question is sent. */
  url: string
  headers: Record<string, string>
  body: (question: string) => object
  /** The text of one event, or "" if it has none. */
  read: (event: Event) => string
}

interface Event {
  type?: string
  delta?: string
  choices?: { delta?: { content?: string } }[]
}

interface Answer {
  /** Milliseconds from the question to the first text. */
  firstMs: number
  /** Milliseconds from the first text to the last. */
  restMs: number
  /** Milliseconds between two tokens. */
  gaps: number[]
  text: string
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 })

export interface RawMessage {
  role: "user" | "assistant"
  content: string
}

/** The model server itself, with earlier messages in the request. */
export const raw = (upstream: string, messages: RawMessage[] = []): Target => ({
  url: `${upstream}/chat/completions`,
  headers: { authorization: "Bearer bench" },
  body: (question) => ({ model: "bench", stream: true, messages: [...messages, { role: "user", content: question }] }),
  read: ({ choices }) => choices?.[0]?.delta?.content ?? "",
})

export interface Place {
  conversationId: string
  parentId?: string | null
}

/** The app, in the given conversation or a new one. */
export const through = (app: string, cookie: string, place?: Place): Target => ({
  url: `${app}/api/chat`,
  headers: { cookie },
  body: (question) => ({
    id: place?.conversationId ?? uuidv7(),
    parentId: place?.parentId,
    message: { id: uuidv7(), parts: [{ type: "text", text: question }] },
  }),
  read: ({ type, delta }) => (type === "text-delta" ? (delta ?? "") : ""),
})

/** A session of a new guest. */
export async function newGuest(app: string): Promise<string> {
  const response = await fetch(app)
  await response.arrayBuffer()
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ")
}

/** Milliseconds to the first byte of a page, for a new visitor. */
export function firstByte(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const askedAt = performance.now()
    const request = http.get(url, { agent }, (response) => {
      response.once("data", () => resolve(performance.now() - askedAt))
      response.on("error", reject)
    })
    request.on("error", reject)
  })
}

/** Asks, reads to the end, and records when each token arrived. Rejects if the request is refused. */
export function ask(target: Target, question: string, body: object = target.body(question)): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = JSON.stringify(body)
    const headers = { ...target.headers, "content-type": "application/json", "content-length": Buffer.byteLength(sent) }
    const askedAt = performance.now()
    const request = http.request(target.url, { method: "POST", agent, headers }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`))
      const arrivals: number[] = []
      const texts: string[] = []
      let rest = ""
      response.setEncoding("utf8")
      response.on("data", (data: string) => {
        const now = performance.now()
        const events = (rest + data).split("\n\n")
        rest = events.pop() ?? ""
        for (const event of events) {
          const text = textIn(event, target)
          if (!text) continue
          texts.push(text)
          for (const _ of text.matchAll(/\bw\d+/g)) arrivals.push(now)
          if (arrivals.length === 0) arrivals.push(now)
        }
      })
      response.on("error", reject)
      response.on("end", () => {
        const [first = Number.NaN] = arrivals
        const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? at))
        resolve({ firstMs: first - askedAt, restMs: (arrivals.at(-1) ?? first) - first, gaps, text: texts.join("") })
      })
    })
    request.on("error", reject)
    request.end(sent)
  })
}

function textIn(event: string, target: Target): string {
  const line = event.split("\n").find((candidate) => candidate.startsWith("data: {"))
  return line ? target.read(JSON.parse(line.slice(6))) : ""
}
