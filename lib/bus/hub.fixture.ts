/**
 * A second implementation of bus and log, to prove that the interface is independent of the first: one program holds
 * both, and processes connect to it over a socket, with one JSON message per line.
 */
import { rmSync } from "node:fs"
import { createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { createInterface } from "node:readline"
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { createMemoryLog } from "@/lib/bus/memory-log"

const requestSchema = z.discriminatedUnion("op", [
  z.object({ op: z.literal("publish"), topic: z.string(), text: z.string() }),
  z.object({ op: z.literal("subscribe"), topic: z.string(), as: z.number() }),
  z.object({ op: z.literal("unsubscribe"), as: z.number() }),
  z.object({ op: z.literal("open"), log: z.string() }),
  z.object({ op: z.literal("append"), log: z.string(), events: z.array(z.string()) }),
  z.object({ op: z.literal("take"), log: z.string() }),
  z.object({ op: z.literal("end"), log: z.string(), events: z.array(z.string()) }),
  z.object({ op: z.literal("read"), log: z.string(), after: z.number() }),
  z.object({ op: z.literal("next"), log: z.string(), after: z.number() }),
])
export type HubRequest = z.infer<typeof requestSchema>
const numbered = z.object({ id: z.number(), request: requestSchema })

export interface Hub {
  /** The socket that processes connect to. */
  socket: string
  /** Closes all connections; clients may reconnect. */
  cut(): void
  close(): Promise<void>
}

export async function startHub(lingerMs?: number): Promise<Hub> {
  const socket = path.join(tmpdir(), `hub-${uuidv7()}`)
  const [bus, log] = [createMemoryBus(), createMemoryLog(lingerMs)]
  const connections = new Set<Socket>()
  const server = createServer((connection) => {
    connections.add(connection)
    const following = new Set<AbortController>()
    const leaving = new Map<number, () => void>()
    const send = (line: unknown) => void connection.write(`${JSON.stringify(line)}\n`)

    const answer = async (request: HubRequest): Promise<unknown> => {
      switch (request.op) {
        case "publish":
          return bus.publish(request.topic, request.text)
        case "subscribe": {
          const hear = (text: string) => send({ as: request.as, text })
          leaving.set(request.as, await bus.subscribe(request.topic, { hear }))
          return
        }
        case "unsubscribe":
          return leaving.get(request.as)?.()
        case "open":
          return log.open(request.log)
        case "append":
          return log.append(request.log, request.events)
        case "take":
          return log.take(request.log)
        case "end":
          return log.end(request.log, request.events)
        case "read":
          return log.read(request.log, request.after)
        case "next": {
          const once = new AbortController()
          following.add(once)
          const events = await log.follow(request.log, request.after, once.signal)
          const next = await events?.[Symbol.asyncIterator]().next()
          once.abort()
          following.delete(once)
          return next ? { events: next.value } : null
        }
      }
    }
    const lines = createInterface(connection)
    lines.on("error", () => {})
    lines.on("line", (line) => {
      const { id, request } = numbered.parse(JSON.parse(line))
      answer(request).then(
        (value) => send({ id, value }),
        (error: unknown) => send({ id, error: String(error) }),
      )
    })
    connection.on("error", () => {})
    connection.on("close", () => {
      connections.delete(connection)
      for (const one of following) one.abort()
      for (const leave of leaving.values()) leave()
    })
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const cut = () => {
    for (const connection of connections) connection.destroy()
  }
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    cut()
    await closed
    rmSync(socket, { force: true })
  }
  return { socket, cut, close }
}
