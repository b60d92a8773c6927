import { createParser } from "eventsource-parser"

export interface StreamEvent {
  /** Number of the event; null for what has none (the end mark). */
  seq: number | null
  data: string
  /** Which of several answers it belongs to, where a stream carries more than one. */
  name: string | undefined
}

/** The server writes a comment every 15 s; a connection that is silent for longer is dead. */
const SILENCE_MS = 40_000

/**
 * The events of a response body, as they become whole: what a cut connection left half is no event. Ends when `signal`
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
    // Also when the consumer leaves early: the connection is closed.
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
