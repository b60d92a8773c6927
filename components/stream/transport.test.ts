import type { UIMessageChunk } from "ai"
import { afterEach, describe, expect, it } from "vitest"
import { ApiError } from "@/components/base/api"
import { createTransport, type TransportOptions } from "@/components/stream/transport"
import {
  ANSWER,
  afterOf,
  bytesFrom,
  CHAT,
  chunks,
  closeServer,
  messages,
  QUESTION,
  serve,
  write,
} from "@/components/stream/transport.fixture"

afterEach(closeServer)

interface Run {
  received: UIMessageChunk[]
  events: string[]
}

function transportFor(origin: string, run: Run, extra: Partial<TransportOptions> = {}) {
  return createTransport({
    origin,
    turn: () => ({ parentId: messages[0]?.id, responseId: ANSWER, model: "m" }),
    resumedMessageId: () => undefined,
    wait: async () => undefined,
    onAccepted: () => run.events.push("accepted"),
    onConnection: (connection) => run.events.push(connection),
    onGone: () => run.events.push("gone"),
    ...extra,
  })
}

async function send(origin: string, extra: Partial<TransportOptions> = {}, abortSignal?: AbortSignal): Promise<Run> {
  const run: Run = { received: [], events: [] }
  const stream = await transportFor(origin, run, extra).sendMessages({
    trigger: "submit-message",
    chatId: CHAT,
    messageId: undefined,
    messages,
    abortSignal,
  })
  for await (const chunk of stream) run.received.push(chunk)
  return run
}

describe("a turn", () => {
  it("sends the last message of the person only, with the ids of the turn", async () => {
    let sent: unknown
    const origin = await serve((_, response, body) => {
      sent = JSON.parse(body)
      write(response, bytesFrom(-1))
    })
    const { received, events } = await send(origin)
    expect(received).toEqual(chunks)
    expect(events[0]).toBe("accepted")
    expect(sent).toEqual({
      id: CHAT,
      message: {
        id: QUESTION,
        role: "user",
        parts: [
          { type: "file", url: "/api/images/1", mediaType: "image/png", filename: "a.png" },
          { type: "text", text: "Hello" },
        ],
      },
      parentId: messages[0]?.id,
      responseId: ANSWER,
      model: "m",
    })
  })

  it("brings each event once and in order wherever the connection is cut", async () => {
    const total = bytesFrom(-1).length
    let cut = 0
    let asked: number[] = []
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), cut)
      asked.push(afterOf(request))
      write(response, bytesFrom(afterOf(request)))
    })
    for (cut = 0; cut < total; cut++) {
      asked = []
      const { received } = await send(origin)
      expect(received, `cut at byte ${cut}`).toEqual(chunks)
      // A cut inside the end mark, or before it, asks once more; nothing is asked for twice.
      expect(asked.length, `cut at byte ${cut}`).toBe(1)
    }
  })

  it("names the answer that it asked for when the connection is cut before its first event", async () => {
    let asked = ""
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), 0)
      asked = request.url ?? ""
      write(response, bytesFrom(-1))
    })
    const { received } = await send(origin)
    expect(received).toEqual(chunks)
    expect(asked).toBe(`/api/chat/${CHAT}/stream?after=-1&message=${ANSWER}`)
  })

  it("survives cuts of every following connection, too", async () => {
    const origin = await serve((request, response) => {
      const bytes = bytesFrom(request.method === "POST" ? -1 : afterOf(request))
      const firstEvent = bytes.indexOf("\n\n") + 2
      // One event a connection and a bit of the next; the end mark comes whole.
      write(response, bytes, afterOf(request) === chunks.length - 1 ? undefined : firstEvent + 5)
    })
    const { received } = await send(origin)
    expect(received).toEqual(chunks)
  })

  it("drops events that come twice and fetches again what was left out", async () => {
    const origin = await serve((request, response) => {
      if (request.method === "GET") return write(response, bytesFrom(Math.max(-1, afterOf(request) - 2)))
      const event = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify(chunks[seq])}\n\n`
      write(response, Buffer.from(event(0) + event(1) + event(1) + event(4)))
    })
    const { received } = await send(origin)
    expect(received).toEqual(chunks)
  })

  it("tells of reconnecting, and that it is over", async () => {
    const origin = await serve((request, response) =>
      request.method === "POST" ? write(response, bytesFrom(-1), 60) : write(response, bytesFrom(afterOf(request))),
    )
    const { events } = await send(origin)
    expect(events).toContain("reconnecting")
    expect(events.at(-1)).toBe("open")
  })

  it("waits longer after each connection that brings nothing, and anew after progress", async () => {
    const waits: number[] = []
    let connections = 0
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), 0)
      connections++
      if (connections <= 3) return response.destroy()
      if (connections === 4) return write(response, bytesFrom(-1), bytesFrom(-1).indexOf("\n\n") + 2)
      write(response, bytesFrom(afterOf(request)))
    })
    await send(origin, { wait: async (attempt) => void waits.push(attempt) })
    expect(waits).toEqual([0, 1, 2, 3, 0])
  })

  it("says that the answer is gone when nothing runs any more", async () => {
    const origin = await serve((request, response) =>
      request.method === "POST" ? write(response, bytesFrom(-1), 100) : response.writeHead(204).end(),
    )
    const { events } = await send(origin)
    expect(events).toContain("gone")
  })

  it("repeats a POST that got no answer with the same ids", async () => {
    const bodies: string[] = []
    const origin = await serve((_, response, body) => {
      bodies.push(body)
      if (bodies.length < 4) response.destroy()
      else write(response, bytesFrom(-1))
    })
    const { received } = await send(origin)
    expect(received).toEqual(chunks)
    expect(new Set(bodies).size).toBe(1)
  })

  it("gives up on a server that never answers, with a sentence", async () => {
    const origin = await serve((_, response) => response.destroy())
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: "network", message: expect.stringContaining("can't be reached") })
  })

  it("throws the server's code and sentence when the message is refused", async () => {
    const origin = await serve((_, response) =>
      response.writeHead(413).end(JSON.stringify({ error: { code: "message:too_long", message: "Too long." } })),
    )
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "message:too_long", message: "Too long.", status: 413 })
  })

  it("makes a sentence of a refusal that is no JSON", async () => {
    const origin = await serve((_, response) => response.writeHead(502).end("<html>Bad gateway</html>"))
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "server:internal", message: expect.stringContaining("502") })
  })

  it("stops reconnecting when the conversation is gone", async () => {
    const origin = await serve((request, response) =>
      request.method === "POST"
        ? write(response, bytesFrom(-1), 60)
        : response
            .writeHead(404)
            .end(JSON.stringify({ error: { code: "conversation:not_found", message: "This conversation is gone." } })),
    )
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "conversation:not_found" })
  })

  it("closes the connection when the reader leaves, and does not reconnect", async () => {
    let connections = 0
    let closed: () => void = () => undefined
    const closing = new Promise<void>((resolve) => {
      closed = resolve
    })
    const origin = await serve((_, response) => {
      connections++
      response.on("close", closed)
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(bytesFrom(-1).subarray(0, bytesFrom(-1).indexOf("\n\n") + 2))
    })
    const run: Run = { received: [], events: [] }
    const stream = await transportFor(origin, run).sendMessages({
      trigger: "submit-message",
      chatId: CHAT,
      messageId: undefined,
      messages,
      abortSignal: undefined,
    })
    const reader = stream.getReader()
    await reader.read()
    await reader.cancel()
    await closing
    expect(connections).toBe(1)
    expect(run.events).not.toContain("reconnecting")
  })

  it("ends with an abort when it is stopped", async () => {
    const controller = new AbortController()
    const origin = await serve((_, response) => {
      write(response, bytesFrom(-1).subarray(0, 60))
      controller.abort()
    })
    await expect(send(origin, {}, controller.signal)).rejects.toMatchObject({ name: "AbortError" })
  })
})

describe("resuming", () => {
  const resume = (origin: string, run: Run) =>
    transportFor(origin, run, { resumedMessageId: () => ANSWER }).reconnectToStream({ chatId: CHAT })

  it("reads the answer from its first event and names the message", async () => {
    let asked = ""
    const origin = await serve((request, response) => {
      asked = request.url ?? ""
      write(response, bytesFrom(-1))
    })
    const run: Run = { received: [], events: [] }
    for await (const chunk of (await resume(origin, run)) ?? []) run.received.push(chunk)
    expect(run.received).toEqual(chunks)
    expect(asked).toBe(`/api/chat/${CHAT}/stream?after=-1&message=${ANSWER}`)
  })

  it("is null when nothing runs, and says so", async () => {
    const origin = await serve((_, response) => response.writeHead(204).end())
    const run: Run = { received: [], events: [] }
    expect(await resume(origin, run)).toBeNull()
    expect(run.events).toContain("gone")
  })
})
