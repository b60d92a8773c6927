/** A model server whose answers are written byte by byte, for responses that a well-behaved one never sends. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Violations } from "@/lib/demo/protocol/contract"

export interface AskedMessage {
  role: string
  content?: unknown
  tool_calls?: { id: string }[]
  tool_call_id?: string
}

export interface Asked {
  model?: string
  service_tier?: string
  messages: AskedMessage[]
  tool_choice?: unknown
  tools?: unknown
  response_format?: unknown
  stream?: boolean
  reasoning_effort?: unknown
}

export type Script = (response: ServerResponse, asked: Asked) => unknown

export interface RawUpstream {
  url: string
  /** How the next requests are answered. */
  script: Script
  /** Requests received, except for titles. */
  asked: Asked[]
  /** Streams whose client disconnected before their end. */
  left: number
  /** Rejects if Fireworks would have refused any request. */
  close(): Promise<void>
}

export const event = (value: unknown) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`

/** A chunk of a streamed completion. */
export const chunk = (delta: object, finishReason: string | null = null, rest: object = {}) =>
  event({
    id: "c1",
    object: "chat.completion.chunk",
    created: 1,
    model: "m",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...rest,
  })

export const text = (content: string) => chunk({ content })
export const usage = { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } }
export const finish = (reason = "stop") => `${chunk({}, reason, usage)}${event("[DONE]")}`

export const call = (id: string, name: string, args: string | null, index = 0) =>
  chunk({ tool_calls: [{ index, id, type: "function", function: { name, arguments: args } }] })

/** An event stream of these pieces that ends properly. */
export const stream =
  (...pieces: (string | Uint8Array)[]): Script =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const piece of pieces) response.write(piece)
    response.end()
  }

/** An event stream of these pieces whose connection then breaks. */
export const broken =
  (...pieces: (string | Uint8Array)[]): Script =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const piece of pieces) response.write(piece)
    setTimeout(() => response.destroy(), 50)
  }

/** A response that is not an event stream. */
export const answerWith =
  (status: number, body: string, headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }

export async function startRawUpstream(model: string): Promise<RawUpstream> {
  const violations = new Violations()
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify({ data: [{ id: model }] }))
    const asked = await bodyOf(request)
    violations.check(asked)
    if (!asked.stream) {
      const choices = [{ index: 0, message: { role: "assistant", content: "Title" }, finish_reason: "stop" }]
      response.setHeader("content-type", "application/json")
      return void response.end(JSON.stringify({ id: "t", created: 1, model, choices, ...usage }))
    }
    upstream.asked.push(asked)
    response.on("close", () => {
      if (!response.writableFinished) upstream.left++
    })
    upstream.script(response, asked)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  const upstream: RawUpstream = {
    url: `http://127.0.0.1:${port}/inference/v1`,
    script: stream(text("ok"), finish()),
    asked: [],
    left: 0,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      violations.end()
    },
  }
  return upstream
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return JSON.parse(Buffer.concat(pieces).toString())
}
