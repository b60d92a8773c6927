/**
 * A model server that answers rows (“row 17”) with their number or a configured reply, fails as configured, and counts
 * its requests.
 */
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { chunk, finish, text } from "@/lib/generation/raw-upstream.fixture"

export interface Faults {
  /** Percentage of requests that fail in some way. */
  percent: number
  /**
   * After every `every` requests a storm starts: the next `length` requests, or those within `ms` milliseconds, are
   * rejected with 429 and `retry-after`.
   */
  storm?: { every: number; length?: number; ms?: number; retryAfterS: number }
  /** Milliseconds before an answer. */
  delayMs?: number
  /** Holds all answers until this many requests are open at once. */
  hold?: number
  /** Number of rows that are answered; others wait until the faults change. */
  most?: number
}

export interface Asked {
  model?: string
  response_format?: { json_schema?: { name?: string } }
  messages: { role: string; content: unknown }[]
}

export interface RowUpstream {
  url: string
  faults: Faults
  /** Requests by row, and how many of them were fully answered. */
  asked: Map<number, number>
  answered: Map<number, number>
  /** Requests rejected by a storm. */
  refused: number
  /** Peak number of concurrent requests. */
  mostAtOnce: number
  bodies: Asked[]
  /** The reply to a row; a number is an error status. Without a reply, the answer is the row's number. */
  reply?: (asked: Asked, row: number) => string | number | undefined
  /** Requests of judges by row, not included above. */
  judged: Map<number, number>
  close(): Promise<void>
}

const FAILURES: ((response: ServerResponse) => void)[] = [
  (response) =>
    void response.writeHead(500, { "content-type": "application/json" }).end('{"error":{"message":"oops"}}'),
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write(text('{"row":'))
    setTimeout(() => response.destroy(), 5)
  },
  (response) => void response.destroy(),
  (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>gateway</p>"),
]

const add = (counts: Map<number, number>, row: number) => void counts.set(row, (counts.get(row) ?? 0) + 1)

/** Starts a server, on this port if given. The order of faults is deterministic. */
export async function startRowUpstream(models: string[], port = 0): Promise<RowUpstream> {
  let [count, now, stormUntil] = [0, 0, 0]
  const upstream: RowUpstream = {
    ...{ url: "", faults: { percent: 0 }, asked: new Map(), answered: new Map(), refused: 0, mostAtOnce: 0 },
    ...{ bodies: [], judged: new Map(), close: async () => {} },
  }
  const answer = async (body: string, response: ServerResponse) => {
    const asked: Asked = JSON.parse(body)
    const isJudge = asked.response_format?.json_schema?.name === "verdict"
    if (upstream.bodies.length < 20) upstream.bodies.push(asked)
    const row = Number(/row (\d+)/.exec(JSON.stringify(asked.messages.at(-1)))?.[1])
    const { percent, storm, delayMs = 0, hold = 0 } = upstream.faults
    add(isJudge ? upstream.judged : upstream.asked, row)
    count++
    if (storm?.ms && count % storm.every === 0) stormUntil = performance.now() + storm.ms
    if (storm && (count % storm.every < (storm.length ?? 0) || performance.now() < stormUntil)) {
      upstream.refused++
      const headers = { "content-type": "application/json", "retry-after": String(storm.retryAfterS) }
      return void response.writeHead(429, headers).end('{"error":{"message":"rate limit exceeded"}}')
    }
    while (upstream.answered.size >= (upstream.faults.most ?? Number.POSITIVE_INFINITY))
      await new Promise((resolve) => setTimeout(resolve, 5))
    while (upstream.mostAtOnce < hold) await new Promise((resolve) => setTimeout(resolve, 5))
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    // A hash of the count, so that failures cluster realistically.
    const isFault = ((count * 2_654_435_761) >>> 0) % 100 < percent
    if (isFault) return FAILURES[count % FAILURES.length]?.(response)
    const said = upstream.reply?.(asked, row) ?? `{"row":${row},"even":${row % 2 === 0}}`
    if (typeof said === "number")
      return void response.writeHead(said, { "content-type": "application/json" }).end('{"error":{"message":"no"}}')
    if (!isJudge) add(upstream.answered, row)
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.write(chunk({ content: said }, null))
    response.end(finish())
  }
  const server = createServer((request, response) => {
    if (request.method === "GET")
      return void response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ object: "list", data: models.map((id) => ({ id, object: "model" })) }))
    now++
    upstream.mostAtOnce = Math.max(upstream.mostAtOnce, now)
    response.on("close", () => now--)
    const pieces: Buffer[] = []
    request.on("data", (piece: Buffer) => pieces.push(piece))
    request.on("end", () => void answer(Buffer.concat(pieces).toString(), response))
  })
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  upstream.close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return upstream
}
