/** An HTTP server that refuses a part of a request, in the words of any server. */
import { createServer, type Server } from "node:http"
import { afterAll, beforeAll, beforeEach, expect } from "vitest"
import { retryingRefusals } from "@/lib/ai/ask-again"
import type { Body, Change } from "@/lib/ai/refusals/changes"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"

export type Refusal = [status: number, body: unknown]

/** What the server refuses, and how it says so; what was sent, and what may remain of it. */
export type Case = [server: string, refused: string, refusal: Refusal, sent: Body, left: Body]

export const refusing = {
  /** Received bodies. */
  asked: [] as Body[],
  /** Decides about a request; null: it is answered. */
  judge: (_body: Body): Refusal | null => null,
}

let url = ""

/** Call once per test file. */
export function setUpRefusing(): void {
  let server: Server
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let text = ""
      for await (const piece of request) text += piece
      const body: Body = JSON.parse(text)
      refusing.asked.push(body)
      const refusal = refusing.judge(body)
      response.writeHead(refusal?.[0] ?? 200)
      response.end(refusal ? (typeof refusal[1] === "string" ? refusal[1] : JSON.stringify(refusal[1])) : "answer")
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1/chat/completions`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    refusing.asked = []
    Reflect.deleteProperty(globalThis, Symbol.for("sparkler.refusals"))
  })
}

export const messages = [
  { role: "user", content: "What does `top_k` mean? tools, thinking, 'none'" },
  { role: "assistant", content: "It counts.", reasoning_content: "Hm." },
  { role: "user", content: "And now?" },
]
export const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }]
export const schema = { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } }

export async function ask(extra: Body, model = "m") {
  const told: Change[] = []
  const fetchIt = retryingRefusals(nodeFetch, (change) => void told.push(change))
  const body = JSON.stringify({ model, messages, stream: true, ...extra })
  const response = await fetchIt(url, { method: "POST", body })
  return { status: response.status, text: await response.text(), told }
}

export const error = (message: string, more: object = {}) => ({
  error: { message, type: "invalid_request_error", ...more },
})

/**
 * Expects that the request is repeated without the key, the next question also omits it, and another model still gets
 * it.
 */
export async function expectAskedWithout([, key, refusal, sent, left]: Case): Promise<void> {
  refusing.judge = (body) => (key in body ? refusal : null)
  const { status, text, told } = await ask(sent)
  expect([status, text]).toEqual([200, "answer"])
  expect(refusing.asked.at(-1)).toEqual({ model: "m", messages, stream: true, ...left })
  expect(told.length).toBe(refusing.asked.length - 1)

  refusing.asked = []
  const next = await ask(sent)
  expect(refusing.asked, "not sent again").toEqual([{ model: "m", messages, stream: true, ...left }])
  expect(next.told, "told once").toEqual([])

  refusing.judge = () => null
  refusing.asked = []
  await ask(sent, "another")
  expect(refusing.asked[0], "another model").toEqual({ model: "another", messages, stream: true, ...sent })
}
