/**
 * A stream written straight to the connection. What a route answers with travels through three web streams on its way
 * out, at several promises a token; so a route may hand its stream over instead: it answers with headers only, one of
 * which names what writes the body, and the server's process (lib/server/server.mjs) lets that write. As nginx does it with
 * `X-Accel-Redirect`.
 */
import type { Sink } from "@/lib/http/event-stream"
import { isWithout } from "@/lib/observe/without"
import { singleton } from "@/lib/singleton"

/** Writes a body; returns what to call when the reader has left. */
type Writer = (sink: Sink) => () => void

interface Desk {
  /** Somebody takes what is handed over. */
  open: boolean
  writers: Map<string, Writer>
  count: number
}

/** Milliseconds after which what nobody took is forgotten. */
const FORGOTTEN_MS = 10_000

/** lib/server/server.mjs knows this one by its name. */
const desk = () => singleton<Desk>("handOver", () => ({ open: false, writers: new Map(), count: 0 }))

/** Headers of the response whose body `writer` writes; null when this process can't do that. */
export function handOver(writer: Writer): Record<string, string> | null {
  const state = desk()
  if (!state.open || isWithout("hand-over")) return null
  const id = String(++state.count)
  state.writers.set(id, writer)
  // A reader that left before the headers were written never comes for it.
  setTimeout(() => {
    if (state.writers.delete(id)) writer(CLOSED)()
  }, FORGOTTEN_MS).unref()
  return { "x-sparkler-writer": id }
}

const CLOSED: Sink = { write: () => true, onRoom: () => {}, end: () => {}, fail: () => {} }
