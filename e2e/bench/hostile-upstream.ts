/**
 * A malicious model server, as a separate process. The last question selects its answer: `hostile KIND COUNT` is one of
 * the kinds below, as fast as it is read; `bench rate=100` is w0 w1 … at that rate without an end.
 */
import { createServer, type ServerResponse } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import { HOSTILE_TEXTS } from "./texts"

const MB = 2 ** 20

function event(delta: object, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return `data: ${JSON.stringify({ id: "h", object: "chat.completion.chunk", created: 0, model: "bench", choices })}\n\n`
}

const call = (index: number, name: string, text: string, id?: string) => ({
  tool_calls: [{ index, ...(id && { id, type: "function" }), function: { ...(id && { name }), arguments: text } }],
})

type Kind = (count: number, tool: string) => Iterable<string>

const KINDS: Record<string, Kind> = {
  *thoughts(count) {
    for (let n = 0; n < count; n++)
      yield event({ reasoning_content: `thought ${n} ` }) + event({ content: `word ${n} ` })
  },
  *calls(count, tool) {
    for (let n = 0; n < count; n++) yield event(call(n, tool, '{"location":"Nowhere"}', `call_${n}`))
    yield event({}, "tool_calls")
  },
  *megabytes(count) {
    const piece = `${"All work and no play. ".repeat(3_000)}\n\n`
    for (let sent = 0; sent < count * MB; sent += piece.length) yield event({ content: piece })
  },
  *arguments(count, tool) {
    yield event(call(0, tool, '{"location":"', "call_0"))
    for (let sent = 0; sent < count * MB; sent += 8) yield event(call(0, tool, "abcdefgh"))
    yield event(call(0, tool, '"}')) + event({}, "tool_calls")
  },
  *json() {
    yield event({ content: '"x"' })
  },
}

/** Resolves when the buffer has room again, or the client is gone. */
const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off("drain", done)
      response.off("close", done)
      resolve()
    }
    response.on("drain", done)
    response.on("close", done)
  })

async function answer(response: ServerResponse, question: string, tool: string): Promise<void> {
  const [, kind = "", count = "1"] = /hostile (\w+) (\d+)/.exec(question) ?? []
  const [, rate] = /bench rate=(\d+)/.exec(question) ?? []
  const text = HOSTILE_TEXTS[kind]?.(Number(count)) ?? "Done."
  const pieces =
    KINDS[kind]?.(Number(count), tool) ?? (text.match(/[\s\S]{1,4000}/g) ?? []).map((content) => event({ content }))
  response.writeHead(200, { "content-type": "text/event-stream" })
  const startedAt = performance.now()
  for (let sent = 0; rate && !response.closed; sent++) {
    response.write(event({ content: `w${sent} ` }))
    await wait(Math.max(0, startedAt + ((sent + 1) / Number(rate)) * 1_000 - performance.now()))
  }
  for (const piece of pieces) {
    if (response.closed) return
    if (!response.write(piece)) await drained(response)
  }
  response.end(`${event({}, "stop")}data: [DONE]\n\n`)
}

const server = createServer(async (request, response) => {
  if (request.method === "GET")
    return void response.end(
      JSON.stringify({ data: [{ id: "bench", supports_chat: true, supports_tools: true, context_length: 1_000_000 }] }),
    )
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const { stream, messages, tools } = JSON.parse(Buffer.concat(pieces).toString())
  const { role, content } = messages.at(-1)
  const question = typeof content === "string" ? content : JSON.stringify(content)
  if (stream) return answer(response, role === "user" ? question : "", tools?.[0]?.function.name ?? "none")
  const choices = [{ index: 0, message: { role: "assistant", content: "A title" }, finish_reason: "stop" }]
  response.setHeader("content-type", "application/json")
  response.end(JSON.stringify({ id: "t", object: "chat.completion", created: 0, model: "bench", choices }))
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address) process.send?.(address.port)
})
process.on("disconnect", () => process.exit(0))
