/** node:http responses as `Response`, with the bytes readable without a web stream. */
import type http from "node:http"
import type { Readable, Transform } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"

/**
 * A response whose bytes can be read without a web stream, by code that knows this class. Its `body` is created only on
 * access.
 */
export class NodeResponse extends Response {
  constructor(
    readonly source: Readable,
    init: ResponseInit,
  ) {
    super(lazyBody(source), init)
  }
}

/** Statuses without a body. */
export const BODYLESS = new Set([204, 205, 304])

export const isRedirect = (status: number) => status >= 300 && status < 400 && status !== 304

export function headersOf({ headersDistinct }: http.IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value)
  return headers
}

const DECODERS = new Map<string, () => Transform>([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
])

/** We don't request compression; a server that compresses anyway is handled. */
export function decoded(incoming: http.IncomingMessage): Readable {
  const decoder = DECODERS.get(incoming.headers["content-encoding"]?.toLowerCase() ?? "")?.()
  if (!decoder) return incoming
  incoming.on("error", (error) => decoder.destroy(error))
  decoder.on("close", () => incoming.destroy())
  return incoming.pipe(decoder)
}

/** A web stream that doesn't touch the bytes until it is read. */
function lazyBody(bytes: Readable): ReadableStream<Uint8Array> {
  let iterator: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        iterator ??= bytes[Symbol.asyncIterator]()
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void bytes.destroy(),
    },
    { highWaterMark: 0 },
  )
}
