/**
 * Streams written straight to the connection. A route's response normally passes through three web streams, at several
 * promises per token; so a route may hand its stream over instead: it responds with headers only, one of which names
 * the writer of the body, and the server process (lib/server/server.mjs) lets that write. Similar to nginx's
 * `X-Accel-Redirect`.
 */
import type { Sink } from "@/lib/http/event-stream"
import { isPartDisabled } from "@/lib/observe/without"
import { singleton } from "@/lib/singleton"

/** Writes a body; returns a function to call when the client has disconnected. */
type Writer = (sink: Sink) => () => void

interface Desk {
  /** Whether the server process takes over streams. */
  open: boolean
  writers: Map<string, Writer>
  count: number
}

/** Milliseconds after which an unclaimed writer is dropped. */
const FORGOTTEN_MS = 10_000

/** lib/server/server.mjs accesses this by its name. */
const desk = () => singleton<Desk>("handOver", () => ({ open: false, writers: new Map(), count: 0 }))

/** Headers for a response whose body `writer` writes; null if this process can't take over streams. */
export function handOver(writer: Writer): Record<string, string> | null {
  const state = desk()
  if (!state.open || isPartDisabled("hand-over")) return null
  const id = String(++state.count)
  state.writers.set(id, writer)
  // A client that disconnected before the headers were written never claims it.
  setTimeout(() => {
    if (state.writers.delete(id)) writer(CLOSED)()
  }, FORGOTTEN_MS).unref()
  return { "x-sparkler-writer": id }
}

const CLOSED: Sink = { write: () => true, onRoom: () => {}, end: () => {}, fail: () => {} }
