/** The client side of the hub: bus and log over its socket. */
import { connect, type Socket } from "node:net"
import { createInterface } from "node:readline"
import { z } from "zod"
import type { Bus, Subscriber } from "@/lib/bus/bus"
import type { HubRequest } from "@/lib/bus/hub.fixture"
import type { EventLog, LogEvent } from "@/lib/bus/log"
import { hand } from "@/lib/bus/memory-bus"

const lineSchema = z.union([
  z.object({ as: z.number(), text: z.string() }),
  z.object({ id: z.number(), error: z.string() }),
  z.object({ id: z.number(), value: z.unknown().optional() }),
])
const eventsSchema = z.array(z.object({ seq: z.number(), json: z.string() })).nullable()
const nextSchema = z.object({ events: eventsSchema.optional() }).nullable()

export interface HubClient {
  bus: Bus
  log: EventLog
  close(): Promise<void>
}

export async function connectHub(socket: string): Promise<HubClient> {
  const subscribers = new Map<number, { topic: string; subscriber: Subscriber }>()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let closed = false
  let count = 0
  let connection: Socket | null = null

  const ask = (request: HubRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!connection) return reject(new Error("the hub is out of reach"))
      waiting.set(++count, { resolve, reject })
      connection.write(`${JSON.stringify({ id: count, request })}\n`)
    })
  const take = (line: string) => {
    const message = lineSchema.parse(JSON.parse(line))
    if ("as" in message) {
      const known = subscribers.get(message.as)
      if (known) hand(known.subscriber, message.text)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ("error" in message) asked?.reject(new Error(message.error))
    else asked?.resolve(message.value)
  }
  const join = async () => {
    const made = connect(socket)
    made.on("error", () => {})
    made.on("close", () => {
      if (connection === made) connection = null
      for (const { reject } of waiting.values()) reject(new Error("the hub is out of reach"))
      waiting.clear()
      if (!closed) void joinAgain()
    })
    await new Promise<void>((resolve, reject) => made.once("connect", resolve).once("error", reject))
    connection = made
    createInterface(made)
      .on("error", () => {})
      .on("line", take)
  }
  const joinAgain = async () => {
    await join()
    await Promise.all([...subscribers].map(([as, { topic }]) => ask({ op: "subscribe", topic, as })))
    for (const { subscriber } of subscribers.values()) subscriber.missed?.()
  }
  await join()

  return {
    bus: {
      publish: async (topic, text) => void (await ask({ op: "publish", topic, text })),
      subscribe: async (topic, subscriber) => {
        const as = ++count
        subscribers.set(as, { topic, subscriber })
        await ask({ op: "subscribe", topic, as })
        return () => {
          if (subscribers.delete(as)) ask({ op: "unsubscribe", as }).catch(() => {})
        }
      },
    },
    log: logOver(ask),
    close: async () => {
      closed = true
      const left = new Promise((resolve) => connection?.once("close", resolve))
      connection?.destroy()
      await left
    },
  }
}

function logOver(ask: (request: HubRequest) => Promise<unknown>): EventLog {
  const read = async (log: string, after: number) => eventsSchema.parse(await ask({ op: "read", log, after }))
  return {
    open: async (log) => void (await ask({ op: "open", log })),
    append: async (log, events) => z.number().parse(await ask({ op: "append", log, events })),
    take: async (log) => void (await ask({ op: "take", log })),
    end: async (log, events = []) => void (await ask({ op: "end", log, events })),
    read,
    follow: async (log, after, signal) =>
      (await read(log, Number.MAX_SAFE_INTEGER)) && followed(ask, log, after, signal),
  }
}

/** Requests the next events once the last ones are consumed, so that a slow follower blocks nobody. */
async function* followed(
  ask: (request: HubRequest) => Promise<unknown>,
  log: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<LogEvent[]> {
  let last = after
  const left = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()))
  while (!signal.aborted) {
    const answer = await Promise.race([ask({ op: "next", log, after: last }), left])
    if (signal.aborted) return
    const next = nextSchema.parse(answer)
    if (!next) throw new Error(`log ${log} is gone`)
    if (!next.events) return
    last = next.events.at(-1)?.seq ?? last
    yield next.events
  }
}
