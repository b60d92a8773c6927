/** A server that drops connections, for the tests of following answers. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { UIMessageChunk } from "ai"
import type { ChatRequest } from "@/lib/chat/requests"

export const CHAT = "0198c0de-0000-7000-8000-000000000001"
export const QUESTION = "0198c0de-0000-7000-8000-000000000002"
export const ANSWER = "0198c0de-0000-7000-8000-000000000003"

export const chunks: UIMessageChunk[] = [
  { type: "start", messageId: ANSWER },
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: "Grüße " },
  { type: "text-delta", id: "t", delta: "aus 東京 " },
  { type: "text-delta", id: "t", delta: "🎇\n\nid: 7\ndata: no event" },
  { type: "text-end", id: "t" },
  { type: "finish" },
]

export const request: ChatRequest = {
  id: CHAT,
  message: { id: QUESTION, role: "user", parts: [{ type: "text", text: "Hello" }] },
  responseId: ANSWER,
}

/** The events after `after`: unnamed as in the turn's own response, named as in a followed stream. */
export const bytesFrom = (after: number, name?: string) => {
  const named = name === undefined ? "" : `event: ${name}\n`
  return Buffer.from(
    chunks
      .map((chunk, seq) => ({ chunk, seq }))
      .slice(after + 1)
      .map(({ chunk, seq }) => `${named}id: ${seq}\ndata: ${JSON.stringify(chunk)}\n\n`)
      .concat(`: still here\n\n${named}data: [DONE]\n\n`)
      .join(""),
  )
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

let close: (() => void) | undefined
/** Closes the last test's server. */
export const closeServer = (): void => close?.()

/** Starts a real server on a free port; resolves to its origin. */
export async function serve(handler: Handler): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const data of request) body += data
    handler(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const address = server.address()
  if (!isAddress(address)) throw new Error("the server has no port")
  return `http://127.0.0.1:${address.port}`
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo => typeof address === "object"

/** Writes the stream and, when `cut` lies within it, destroys the connection there. */
export function write(response: ServerResponse, bytes: Buffer, cut = bytes.length): void {
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.flushHeaders()
  if (cut >= bytes.length) response.end(bytes)
  else response.write(bytes.subarray(0, cut), () => response.destroy())
}

/** The position a request resumes from: `{answer}:{after}`. */
const placeOf = (request: IncomingMessage) =>
  new URL(`http://x${request.url}`).searchParams.get("answers")?.split(":") ?? []
export const afterOf = (request: IncomingMessage) => Number(placeOf(request)[1])

/** The answer from the requested position. */
export const followed = (request: IncomingMessage) => bytesFrom(afterOf(request), placeOf(request)[0])
