/**
 * The benchmarks' model server, as a separate process. It speaks the Fireworks protocol and does nothing else, so that
 * the app is what is measured. The last question selects its answer: `bench n=300 rate=30` is w0 w1 … at 30 tokens a
 * second (0: as fast as they are read), one token per event; `md=` is the same with Markdown; `long` is a long Markdown
 * answer with code; `bench tool` calls `calculate` first. `GET /closed` returns the times (ms since 1970) at which
 * clients closed streams early, `GET /ended` those at which the last token of a stream was sent.
 */
import { createServer, type ServerResponse } from "node:http"
import { markdownTokens } from "./texts"

/** Tokens per write at full speed. */
const BURST = 64
const closedAt: number[] = []
const endedAt: number[] = []

const LONG = Array.from(
  { length: 6 },
  (_, n) =>
    `## Section ${n + 1}\n\nSome **running text** with a [link](https://example.org/${n}) and \`code\`, long enough to be read.\n\n- first\n- second\n\n\`\`\`ts\nexport const value${n} = [1, 2, 3].map((x) => x * ${n})\n\`\`\`\n`,
).join("\n")

function chunk(delta: object, finishReason: string | null = null, rest: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return `data: ${JSON.stringify({ id: "bench", object: "chat.completion.chunk", created: 0, model: "bench", choices, ...rest })}\n\n`
}

const usage = (tokens: number) => ({
  usage: { prompt_tokens: 100, completion_tokens: tokens, total_tokens: tokens + 100 },
})

function stream(response: ServerResponse, tokens: string[], rate: number): void {
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.write(chunk({ role: "assistant", content: "" }))
  const startedAt = performance.now()
  let sent = 0
  let timer: NodeJS.Timeout | undefined
  response.on("close", () => {
    clearTimeout(timer)
    if (!response.writableFinished) closedAt.push(Date.now())
  })
  const next = () => {
    const due = rate === 0 ? sent + BURST : Math.floor(((performance.now() - startedAt) / 1_000) * rate) + 1
    let text = ""
    for (; sent < Math.min(due, tokens.length); sent++) text += chunk({ content: tokens[sent] })
    const room = text === "" || response.write(text)
    if (sent === tokens.length) endedAt.push(Date.now())
    if (sent === tokens.length) return void response.end(`${chunk({}, "stop", usage(sent))}data: [DONE]\n\n`)
    if (rate === 0) return room ? void setImmediate(next) : void response.once("drain", next)
    timer = setTimeout(next, startedAt + (sent / rate) * 1_000 - performance.now())
  }
  next()
}

function callTool(response: ServerResponse): void {
  const call = { name: "calculate", arguments: JSON.stringify({ expression: "2^64" }) }
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.write(
    chunk({
      role: "assistant",
      tool_calls: [{ index: 0, id: `call-${Date.now()}`, type: "function", function: call }],
    }),
  )
  response.end(`${chunk({}, "tool_calls", usage(9))}data: [DONE]\n\n`)
}

const server = createServer(async (request, response) => {
  if (request.url?.endsWith("/ended")) return void response.end(JSON.stringify(endedAt))
  if (request.url?.endsWith("/closed")) return void response.end(JSON.stringify(closedAt))
  if (request.method === "GET")
    return void response.end(
      JSON.stringify({ data: [{ id: "bench", supports_chat: true, supports_tools: true, context_length: 1_000_000 }] }),
    )
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const body = JSON.parse(Buffer.concat(pieces).toString())
  if (!body.stream) {
    const choices = [{ index: 0, message: { role: "assistant", content: "A title" }, finish_reason: "stop" }]
    response.setHeader("content-type", "application/json")
    return void response.end(
      JSON.stringify({ id: "t", object: "chat.completion", created: 0, model: "bench", choices, ...usage(2) }),
    )
  }
  if (body.tools && body.messages.at(-1).role === "user" && JSON.stringify(body.messages.at(-1)).includes("bench tool"))
    return callTool(response)
  const { content } = body.messages.findLast(({ role }: { role: string }) => role === "user")
  const question: string = typeof content === "string" ? content : JSON.stringify(content)
  const [, kind, count = "1", rate = "0"] = /bench (n|md)=(\d+) rate=(\d+)/.exec(question) ?? []
  const tokens =
    kind === "md"
      ? markdownTokens(Number(count))
      : question.includes("long")
        ? (LONG.match(/.{1,6}/gs) ?? [])
        : Array.from({ length: Number(count) }, (_, n) => (n === 0 ? "w0" : ` w${n}`))
  stream(response, tokens, Number(rate))
})

server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (typeof address === "object" && address) process.send?.(address.port)
})
process.on("disconnect", () => process.exit(0))
