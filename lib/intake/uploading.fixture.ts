/** One of two processes that write to uploads on command. */
import { joinProcesses } from "@/lib/bus/here"
import { config } from "@/lib/config"
import { appendPiece, beginUpload, uploadState } from "@/lib/intake/uploads"

type Told =
  | { do: "begin"; userId: string; id: string; offset: number; checksum?: string }
  | { do: "bytes"; text: string }
  | { do: "end" }
  | { do: "make"; userId: string; size: number }
  | { do: "state"; userId: string; id: string }

let piece: ReadableStreamDefaultController<Uint8Array> | null = null
const say = (said: object) => process.send?.(said)
const words = (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) })

function begin(told: Extract<Told, { do: "begin" }>): void {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      piece = controller
    },
  })
  const checksum = told.checksum === undefined ? null : { algorithm: "sha1", digest: told.checksum }
  appendPiece(told.userId, told.id, { offset: told.offset, body, checksum }).then(
    ({ offset }) => say({ done: "piece", offset }),
    (error: unknown) => say({ done: "piece", ...words(error) }),
  )
}

const { redis } = config()
if (redis) await joinProcesses(redis)
process.on("message", (told: Told) => {
  if (told.do === "begin") begin(told)
  else if (told.do === "bytes") piece?.enqueue(Buffer.from(told.text))
  else if (told.do === "end") piece?.close()
  else if (told.do === "make")
    beginUpload(told.userId, { name: "a.txt", size: told.size }, { mostBytes: null }).then(
      ({ id }) => say({ done: "make", id }),
      (error: unknown) => say({ done: "make", ...words(error) }),
    )
  else
    uploadState(told.userId, told.id).then(
      ({ offset }) => say({ done: "state", offset }),
      (error: unknown) => say({ done: "state", ...words(error) }),
    )
})
process.on("disconnect", () => process.exit())
say({ done: "start" })
