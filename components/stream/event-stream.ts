import { createParser } from "eventsource-parser"

export interface StreamEvent {
  /** Event number; null for events without one (the end mark). */
  seq: number | null
  data: string
  /** The answer it belongs to, when a stream carries several. */
  name: string | undefined
}

/** The server writes a comment every 15 s; a connection silent for longer than this is dead. */
const SILENCE_MS = 40_000

/**
 * The complete events of a response body; a partial event from a broken connection is dropped. Ends when `signal`
 * aborts. Throws when the connection breaks or stays silent for `silenceMs`.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
  silenceMs = SILENCE_MS,
): AsyncGenerator<StreamEvent[]> {
  let events: StreamEvent[] = []
  const parser = createParser({
    onEvent: ({ id, data, event: name }) =>
      events.push({ seq: id !== undefined && /^\d+$/.test(id) ? Number(id) : null, data, name }),
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  const leave = () => void reader.cancel().catch(() => undefined)
  signal?.addEventListener("abort", leave)
  try {
    for (;;) {
      const { done, value } = await readWithin(reader, silenceMs)
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      if (events.length === 0) continue
      yield events
      events = []
    }
  } finally {
    signal?.removeEventListener("abort", leave)
    // Also closes the connection when the consumer stops early.
    await reader.cancel().catch(() => undefined)
  }
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, silenceMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the connection is silent")), silenceMs)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}
