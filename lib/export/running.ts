/** Exports that are on their way in this process: one a person, a few of all. */
import { AppError } from "@/lib/http/errors"
import { holdStream } from "@/lib/http/held-streams"
import { singleton } from "@/lib/singleton"

/** Exports of all persons together. One that waits for its reader holds a piece of it and a file, no more. */
const MOST = 32
/** Milliseconds without being read after which an export is ended. */
const STALLED_MS = 30_000
/** Where no more have room, one that was read for so long at fewer bytes a second makes way. */
const SLOW = { ms: 60_000, rate: 20_000 }

interface Running {
  beganAt: number
  /** When it was read last, or began. */
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
 * The bytes of an export, of which a person has one at a time, until they are read or nobody reads them. It ends with the
 * person's session. Throws `limit:reached` while another one is on its way, `work:busy` when too many others are.
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
      controller.error(new Error("the export was ended"))
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

/** The export that is read most slowly, if it is a slow one. */
function slowest(now = Date.now()): Running | undefined {
  const rateOf = ({ beganAt, bytes }: Running) => (bytes * 1_000) / (now - beganAt)
  return [...running().values()]
    .filter((one) => now - one.beganAt > SLOW.ms && rateOf(one) < SLOW.rate)
    .sort((a, b) => rateOf(a) - rateOf(b))[0]
}

/** What writes it hears of the end as an error of its own, which is nobody's fault. */
const letGo = (reader: ReadableStreamDefaultReader) => reader.cancel(new Error("nobody reads on")).catch(() => {})
