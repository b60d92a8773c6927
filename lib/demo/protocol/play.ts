/** Replays a model server's recorded answer with its original timing. */
import { pause } from "@/lib/demo/protocol/stream"

interface Recorded {
  status: number
  headers: Record<string, string>
  pieces: readonly { wait: number; text: string }[]
  broken: boolean
}

/** Headers needed for reading and retrying; the others concern a different server. */
const GIVEN = ["content-type", "retry-after"]

/** Statuses without a body. */
const BODYLESS = new Set([204, 205, 304])

export function playAnswer({ status, headers, pieces, broken }: Recorded, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  // A reader that disconnects ends a pause immediately, like an aborted request.
  const left = new AbortController()
  const ends = AbortSignal.any([signal, left.signal])
  let place = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const piece = pieces[place++]
          if (piece) {
            await pause(piece.wait, ends)
            controller.enqueue(encoder.encode(piece.text))
          } else if (broken) controller.error(new Error("the recorded connection was lost"))
          else controller.close()
        } catch (error) {
          controller.error(error)
        }
      },
      cancel: () => left.abort(),
    },
    { highWaterMark: 0 },
  )
  const given = GIVEN.flatMap((name): [string, string][] => {
    const value = headers[name]
    return value === undefined ? [] : [[name, value]]
  })
  return new Response(body, { status: status < 200 || BODYLESS.has(status) ? 502 : status, headers: given })
}
