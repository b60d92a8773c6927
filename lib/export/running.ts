/** Exports running in this process: one per person, with a limit for all. */
import { AppError } from "@/lib/http/errors"
import { holdStream } from "@/lib/http/held-streams"
import { singleton } from "@/lib/singleton"

/** Maximum exports of all people together. One that waits for its reader holds at most a chunk and a file. */
const MOST = 32
/** Milliseconds without a read after which an export is ended. */
const STALLED_MS = 30_000
/** If the limit is reached, an export that has been read for this long at fewer bytes per second is ended. */
const SLOW = { ms: 60_000, rate: 20_000 }

interface Running {
  beganAt: number
  /** When it was last read, or started. */
  readAt: number
  bytes: number
  end(): void
}

const running = () => singleton("exports", () => new Map<string, Running>())

const isStalled = ({ readAt }: Running) => Date.now() - readAt > STALLED_MS

export const isExporting = (userId: string): boolean => {
  const own = running().get(userId)
  return own !== undefined && !isStalled(own)
}

/**
 * Streams an export until it is read to the end or abandoned; a person has one at a time. Ends with the person's
 * session. Throws `limit:reached` while another one is running, and `work:busy` if too many others are.
 */
export function oneAtATime(userId: string, begin: () => ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  if (isExporting(userId)) throw new AppError("limit:reached/export")
  for (const other of [...running().values()]) if (isStalled(other)) other.end()
  if (running().size >= MOST) slowest()?.end()
  if (running().size >= MOST) throw new AppError("work:busy")
  const reader = begin().getReader()
  let controller: ReadableStreamDefaultController<Uint8Array>
  const leave = () => {
    clearInterval(watch)
    if (running().get(userId) === own) running().delete(userId)
    release()
  }
  const own: Running = {
    ...{ beganAt: Date.now(), readAt: Date.now(), bytes: 0 },
    end: () => {
      leave()
      controller.error(new Error("export canceled"))
      void letGo(reader)
    },
  }
  const watch = setInterval(() => isStalled(own) && own.end(), STALLED_MS).unref()
  running().set(userId, own)
  const release = holdStream(userId, own.end)
  return new ReadableStream({
    start: (own) => {
      controller = own
    },
    async pull() {
      own.readAt = Date.now()
      try {
        const { value, done } = await reader.read()
        own.bytes += value?.byteLength ?? 0
        if (value) controller.enqueue(value)
        if (!done) return
        leave()
        controller.close()
      } catch (error) {
        leave()
        controller.error(error)
      }
    },
    async cancel() {
      leave()
      await letGo(reader)
    },
  })
}

/** The export that is read most slowly, if it counts as slow. */
function slowest(now = Date.now()): Running | undefined {
  const rateOf = ({ beganAt, bytes }: Running) => (bytes * 1_000) / (now - beganAt)
  return [...running().values()]
    .filter((one) => now - one.beganAt > SLOW.ms && rateOf(one) < SLOW.rate)
    .sort((a, b) => rateOf(a) - rateOf(b))[0]
}

/** The writer sees this cancellation as an error of its own, which isn't a fault. */
const letGo = (reader: ReadableStreamDefaultReader) => reader.cancel(new Error("no reader left")).catch(() => {})
