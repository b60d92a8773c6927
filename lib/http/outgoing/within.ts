/** Time and size limits for one request. */
import { type Readable, Transform } from "node:stream"
import { AppError } from "@/lib/http/errors"

interface Bounds {
  headMs: number
  totalMs: number
}

/** Starts the clock. `end` stops it; a `bounded` body stops it when it ends. */
export function within({ headMs, totalMs }: Bounds, outer: AbortSignal | undefined) {
  const abort = new AbortController()
  const late = () => abort.abort(new AppError("fetch:timeout"))
  const pass = () => abort.abort(outer?.reason)
  if (outer?.aborted) pass()
  outer?.addEventListener("abort", pass, { once: true })
  const head = setTimeout(late, headMs)
  const total = setTimeout(late, totalMs)
  const end = () => {
    clearTimeout(head)
    clearTimeout(total)
    outer?.removeEventListener("abort", pass)
  }
  const { signal } = abort
  return {
    signal,
    end,
    /** Waits for a promise, unless time runs out first. */
    before: <T>(waited: Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true })
        waited.then(resolve, reject)
      }),
    /** The error to report: the abort reason if aborted, else the error itself. */
    reasonOf: (error: unknown): unknown => (signal.aborted ? signal.reason : error),
    /** Wraps the body; if it is too long or too late, both the body and `connection` end with an error. */
    bounded(body: Readable, connection: Readable, maxBytes: number, tooLarge: () => Error): Readable {
      clearTimeout(head)
      let bytes = 0
      const limit = new Transform({
        transform(piece: Buffer, _, done) {
          bytes += piece.byteLength
          done(bytes > maxBytes ? tooLarge() : null, piece)
        },
      })
      const stop = () => limit.destroy(signal.reason)
      signal.addEventListener("abort", stop, { once: true })
      // Errors of an abandoned body must not crash the process.
      limit.on("error", () => {})
      body.on("error", (cause) => limit.destroy(new AppError("fetch:failed/broken_off", { cause })))
      limit.on("close", () => {
        end()
        signal.removeEventListener("abort", stop)
        connection.destroy()
        body.destroy()
      })
      return body.pipe(limit)
    },
  }
}
