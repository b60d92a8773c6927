/** A server that cuts connections, for the tests of the transport. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { UIMessageChunk } from "ai"
import type { ChatMessage } from "@/lib/messages/types"

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

export const messages: ChatMessage[] = [
  { id: "0198c0de-0000-7000-8000-000000000000", role: "assistant", parts: [{ type: "text", text: "before" }] },
  {
    id: QUESTION,
    role: "user",
    parts: [
      { type: "file", url: "/api/images/1", mediaType: "image/png", filename: "a.png" },
      { type: "text", text: "Hello" },
    ],
  },
]

export const bytesFrom = (after: number) =>
  Buffer.from(
    chunks
      .map((chunk, seq) => ({ chunk, seq }))
      .slice(after + 1)
      .map(({ chunk, seq }) => `id: ${seq}\ndata: ${JSON.stringify(chunk)}\n\n`)
      .concat(": still here\n\ndata: [DONE]\n\n")
      .join(""),
  )

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

let close: (() => void) | undefined
/** Ends the server of the last test. */
export const closeServer = (): void => close?.()

/** A real server on a free port; its origin. */
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

/** The event that a request wants to go on behind. */
export const afterOf = (request: IncomingMessage) => Number(new URL(`http://x${request.url}`).searchParams.get("after"))
