/** Tests of posting a turn and following its single answer; the turn's own response does not name events. */
import type { UIMessageChunk } from "ai"
import { createTranslator } from "next-intl"
import { afterEach, describe, expect, it, vi } from "vitest"
import { ApiError } from "@/components/base/api"
import { setRequestTexts } from "@/components/base/request-texts"
import { followAnswers } from "@/components/stream/follow-answers"
import { postTurn } from "@/components/stream/post-turn"
import {
  ANSWER,
  afterOf,
  bytesFrom,
  CHAT,
  chunks,
  closeServer,
  followed,
  serve,
  request as turn,
  write,
} from "@/components/stream/server.fixture"
import texts from "@/lib/i18n/en.json"

setRequestTexts(createTranslator({ locale: "en", messages: texts, namespace: "requests" }))
afterEach(closeServer)

interface Run {
  received: (UIMessageChunk | "done" | "gone")[]
  events: string[]
}

interface Extra {
  signal?: AbortSignal
  wait?: (attempt: number) => Promise<void>
  /** Called for each chunk. */
  onChunk?: () => void
  run?: Run
}

const WHOLE = [...chunks, "done"]

/** Follows the answer from the beginning; `first` is the turn's response. */
async function follow(origin: string, first: Response | null, extra: Extra = {}): Promise<Run> {
  const { signal = new AbortController().signal, wait = async () => undefined, onChunk, run = newRun() } = extra
  const places = new Map([[ANSWER, -1]])
  const onConnection = (connection: string) => void run.events.push(connection)
  const options = { chatId: CHAT, places, origin, wait, onConnection, signal }
  for await (const batch of followAnswers({ ...options, first: first && { response: first, ids: [ANSWER] } }))
    for (const { news } of batch) {
      run.received.push(news)
      onChunk?.()
    }
  return run
}

const newRun = (): Run => ({ received: [], events: [] })

/** Sends the turn and follows its answer. */
async function send(origin: string, extra: Extra = {}): Promise<Run> {
  const { signal = new AbortController().signal, wait = async () => undefined, run = newRun() } = extra
  const onConnection = (connection: string) => void run.events.push(connection)
  const response = await postTurn(turn, { origin, wait, onConnection, signal })
  run.events.push("accepted")
  return follow(origin, response, { ...extra, signal, wait, run })
}

describe("turn", () => {
  it("is sent unchanged, and its answer streams in the response", async () => {
    let sent: unknown
    const origin = await serve((_, response, body) => {
      sent = JSON.parse(body)
      write(response, bytesFrom(-1))
    })
    const { received, events } = await send(origin)
    expect(received).toEqual(WHOLE)
    expect(events).toEqual(["open", "accepted", "open", "open"])
    expect(sent).toEqual(turn)
  })

  it("delivers each event once and in order, wherever the connection breaks", async () => {
    const total = bytesFrom(-1).length
    let cut = 0
    let asked: number[] = []
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), cut)
      asked.push(afterOf(request))
      write(response, followed(request))
    })
    for (cut = 0; cut < total; cut++) {
      asked = []
      const { received } = await send(origin)
      expect(received, `cut at byte ${cut}`).toEqual(WHOLE)
      // A cut inside or before the end mark causes one more request; nothing is requested twice.
      expect(asked.length, `cut at byte ${cut}`).toBe(1)
    }
  })

  it("names the requested answer when the connection breaks before the first event", async () => {
    let asked = ""
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), 0)
      asked = request.url ?? ""
      write(response, followed(request))
    })
    const { received } = await send(origin)
    expect(received).toEqual(WHOLE)
    expect(asked).toBe(`/api/chat/${CHAT}/stream?${new URLSearchParams({ answers: `${ANSWER}:-1` })}`)
  })

  it("survives breaks of every subsequent connection, too", async () => {
    const origin = await serve((request, response) => {
      const bytes = request.method === "POST" ? bytesFrom(-1) : followed(request)
      const firstEvent = bytes.indexOf("\n\n") + 2
      // Each connection delivers one event and part of the next; the end mark arrives whole.
      write(response, bytes, afterOf(request) === chunks.length - 1 ? undefined : firstEvent + 5)
    })
    const { received } = await send(origin)
    expect(received).toEqual(WHOLE)
  })

  it("drops duplicate events and refetches missing ones", async () => {
    const origin = await serve((request, response) => {
      if (request.method === "GET") return write(response, bytesFrom(Math.max(-1, afterOf(request) - 2), ANSWER))
      const event = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify(chunks[seq])}\n\n`
      write(response, Buffer.from(event(0) + event(1) + event(1) + event(4)))
    })
    const { received } = await send(origin)
    expect(received).toEqual(WHOLE)
  })

  it("reports reconnecting, and when it is over", async () => {
    const origin = await serve((request, response) =>
      request.method === "POST" ? write(response, bytesFrom(-1), 60) : write(response, followed(request)),
    )
    const { events } = await send(origin)
    expect(events).toContain("reconnecting")
    expect(events.at(-1)).toBe("open")
  })

  it("backs off after each connection without data, and resets after progress", async () => {
    const waits: number[] = []
    let connections = 0
    const origin = await serve((request, response) => {
      if (request.method === "POST") return write(response, bytesFrom(-1), 0)
      connections++
      if (connections <= 3) return response.destroy()
      if (connections === 4) return write(response, followed(request), followed(request).indexOf("\n\n") + 2)
      write(response, followed(request))
    })
    await send(origin, { wait: async (attempt) => void waits.push(attempt) })
    expect(waits).toEqual([0, 1, 2, 3, 0])
  })

  it("reports the answer as gone when nothing runs any more", async () => {
    const origin = await serve((request, response) =>
      request.method === "POST" ? write(response, bytesFrom(-1), 100) : response.writeHead(204).end(),
    )
    const { received } = await send(origin)
    expect(received.at(-1)).toBe("gone")
  })

  it("repeats an unanswered POST with the same ids", async () => {
    const bodies: string[] = []
    const origin = await serve((_, response, body) => {
      bodies.push(body)
      if (bodies.length < 4) response.destroy()
      else write(response, bytesFrom(-1))
    })
    const { received } = await send(origin)
    expect(received).toEqual(WHOLE)
    expect(new Set(bodies).size).toBe(1)
  })

  it("gives up on a server that never responds, with a message", async () => {
    const origin = await serve((_, response) => response.destroy())
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: "network", message: expect.stringContaining("Can't reach") })
  })

  it("throws the server's code and message when the request is rejected", async () => {
    const origin = await serve((_, response) =>
      response.writeHead(413).end(JSON.stringify({ error: { code: "message:too_long", message: "Too long." } })),
    )
    const error = await send(origin).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "message:too_long", message: "Too long.", status: 413 })
  })

  it("creates a message for a rejection that is not JSON", async () => {
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

  it("closes the connection when the page is left, and does not reconnect", async () => {
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
    const controller = new AbortController()
    const run = newRun()
    // The server has the turn; only its answer remains.
    const response = await postTurn(turn, { origin, onConnection: () => {}, signal: new AbortController().signal })
    const left = follow(origin, response, { signal: controller.signal, onChunk: () => controller.abort(), run })
    await expect(left).rejects.toMatchObject({ name: "AbortError" })
    await closing
    expect([connections, run.received.length]).toEqual([1, 1])
    expect(run.events).not.toContain("reconnecting")
  })

  it("ends with an abort when canceled before the server responds", async () => {
    const controller = new AbortController()
    const origin = await serve(() => controller.abort())
    await expect(send(origin, { signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" })
  })
})

it("a turn is resent when the connection broke within the status line", async () => {
  const cut = new Response("")
  Object.defineProperty(cut, "status", { value: 20 })
  Object.defineProperty(cut, "ok", { value: false })
  const whole = new Response("data: [DONE]\n\n")
  const answers = [cut, whole]
  vi.stubGlobal("fetch", async () => answers.shift())
  const { signal } = new AbortController()
  const response = await postTurn(turn, { onConnection: () => {}, signal, wait: async () => {} }).finally(
    vi.unstubAllGlobals,
  )
  expect(response).toBe(whole)
})

describe("answer followed without a turn", () => {
  it("is read from its first event, by its id", async () => {
    let asked = ""
    const origin = await serve((request, response) => {
      asked = request.url ?? ""
      write(response, followed(request))
    })
    expect((await follow(origin, null)).received).toEqual(WHOLE)
    expect(asked).toBe(`/api/chat/${CHAT}/stream?${new URLSearchParams({ answers: `${ANSWER}:-1` })}`)
  })

  it("is gone when nothing runs", async () => {
    const origin = await serve((_, response) => response.writeHead(204).end())
    expect(await follow(origin, null)).toEqual({ received: ["gone"], events: ["open"] })
  })
})
