/**
 * Records what happens while an answer is written: the traffic with the model server, and what the page receives. Only
 * the last 64 kB are in memory uncompressed; the rest is compressed off the main thread.
 */
import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { gunzip, gzip } from "node:zlib"
import type { WireCall, WireTap } from "@/lib/ai/wire/tap"
import { isTold } from "@/lib/recording/headers"
import { redactKeys } from "@/lib/redact-keys"

/** Characters collected before compression. */
const PIECE = 65_536
/** Limits per run, in compressed bytes and uncompressed characters: anything beyond is dropped. */
const MAX_BYTES = 1_000_000
const MAX_CHARACTERS = 16_000_000

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** A line as stored: a letter for its kind, the milliseconds since the start, and its data. */
export type KeptLine =
  | ["run", 0, string]
  /** Number, URL, length of the prefix shared with the previous request, and the rest of its body. */
  | ["request", number, number, string, number, string]
  | ["picture", string, string, number]
  | ["response", number, number, number, [string, string][]]
  | ["data", number, number, string]
  | ["end", number, number, string?]
  | ["chunks", number, unknown[]]
  | ["cut", number]

/** Records one run of a model, up to a limit. */
export class TurnRecorder implements WireTap {
  private readonly beganAt = performance.now()
  private pending = ""
  private characters = 0
  private bytes = 0
  private full = false
  private number = 0
  /** The previous request's body, without pictures. */
  private body = ""
  private readonly pictures = new Set<string>()
  private readonly packed: Buffer[] = []
  /** Keeps the pieces in order. */
  private packing: Promise<void> = Promise.resolve()
  /** Requests still to be processed: deferred, so as not to delay the start of their answer. */
  private readonly unread: (() => void)[] = []

  constructor() {
    this.add(["run", 0, new Date().toISOString()])
  }

  asked(address: string, body: string): WireCall {
    const [number, at] = [++this.number, this.at()]
    this.unread.push(() => this.addRequest(number, at, address, body))
    setImmediate(() => this.read())
    let open = true
    const ended = (error?: unknown) => {
      if (!open) return
      open = false
      const words = error === undefined ? undefined : redactKeys(wordsOf(error)).slice(0, 1_000)
      this.add(words === undefined ? ["end", this.at(), number] : ["end", this.at(), number, words])
    }
    return {
      answered: (status, headers) => {
        const told = [...headers].filter(([name]) => isTold(name)).map(withoutKeys)
        this.add(["response", this.at(), number, status, told])
      },
      // An error response may contain the key, which is known now, but may not be later.
      refused: (words) => {
        if (words) this.add(["data", this.at(), number, redactKeys(words)])
        ended()
      },
      heard: (text) => {
        if (text) this.add(["data", this.at(), number, text])
      },
      ended,
    }
  }

  /** `events`: UI message chunks as JSON, as sent to the page. */
  chunks(events: readonly string[]): void {
    if (events.length > 0) this.append(`["chunks",${this.at()},[${events.join(",")}]]`)
  }

  /** The complete recording, compressed, in base64; recording stops. */
  async take(): Promise<string> {
    this.read()
    this.pack()
    await this.packing
    return Buffer.concat(this.packed).toString("base64")
  }

  private at = (): number => Math.round((performance.now() - this.beganAt) * 10) / 10

  private add(line: KeptLine): void {
    this.append(JSON.stringify(line))
  }

  private append(line: string): void {
    // Earlier requests come first.
    this.read()
    if (!this.full && this.characters + line.length > MAX_CHARACTERS) this.fill()
    if (this.full) return
    this.characters += line.length
    this.pending += `${line}\n`
    if (this.pending.length >= PIECE) this.pack()
  }

  private fill(): void {
    this.full = true
    this.pending += `${JSON.stringify(["cut", this.at()])}\n`
  }

  /** Concatenated gzip streams decompress as one. */
  private pack(): void {
    const piece = this.pending
    this.pending = ""
    if (!piece) return
    this.packing = this.packing.then(async () => {
      const packed = await compress(piece)
      this.bytes += packed.byteLength
      this.packed.push(packed)
      if (this.bytes > MAX_BYTES && !this.full) this.fill()
    })
  }

  private read(): void {
    for (let next = this.unread.shift(); next; next = this.unread.shift()) next()
  }

  private addRequest(number: number, at: number, address: string, sent: string): void {
    const body = withoutPictures(sent, (sha256, mediaType, bytes) => {
      if (this.pictures.has(sha256)) return
      this.pictures.add(sha256)
      this.add(["picture", sha256, mediaType, bytes])
    })
    const same = commonLength(this.body, body)
    this.body = body
    this.add(["request", at, number, plainAddress(address), same, body.slice(same)])
  }
}

/** The lines of runs, oldest first, up to `mostBytes`; the rest is replaced with a cut. */
export async function keptLines(data: readonly string[], mostBytes: number): Promise<KeptLine[]> {
  const lines: KeptLine[] = []
  let left = mostBytes
  for (const one of data) {
    const bytes = await expanded(one, left)
    if (!bytes) return [...lines, ["cut", 0]]
    left -= bytes.byteLength
    const text = String(bytes)
    for (const line of text.split("\n")) if (line) lines.push(JSON.parse(line))
  }
  return lines
}

/** Null if it exceeds `most` bytes. */
async function expanded(data: string, most: number): Promise<Buffer | null> {
  try {
    return most > 0 ? await expand(Buffer.from(data, "base64"), { maxOutputLength: most }) : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const withoutKeys = ([name, value]: [string, string]): [string, string] => [name, redactKeys(value)]

/** Includes the cause, since `fetch` errors only say there what happened. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

/** Drops credentials and the query string, which are private. */
function plainAddress(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

const PICTURE = /"data:(image\/[\w.+-]{1,80});base64,/g

/** The body with each picture replaced with the `sha256:…` of its bytes. */
export function withoutPictures(
  body: string,
  tell: (sha256: string, mediaType: string, bytes: number, base64: string) => void,
): string {
  let rest = ""
  let from = 0
  for (const { index, 0: begin, 1: mediaType = "" } of body.matchAll(PICTURE)) {
    const start = index + begin.length
    const end = body.indexOf('"', start)
    if (index < from || end < 0) continue
    // In JSON nested within this JSON, quotes are escaped.
    let stop = end
    while (body[stop - 1] === "\\") stop--
    const base64 = body.slice(start, stop)
    if (/[^A-Za-z0-9+/=_-]/.test(base64)) continue
    const bytes = Buffer.from(base64, "base64")
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    tell(sha256, mediaType, bytes.byteLength, base64)
    rest += `${body.slice(from, index)}"sha256:${sha256}${body.slice(stop, end + 1)}`
    from = end + 1
  }
  return rest + body.slice(from)
}

function commonLength(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let length = 0
  while (length < most && before.charCodeAt(length) === after.charCodeAt(length)) length++
  // Surrogate pairs aren't split.
  return length > 0 && isHigh(before.charCodeAt(length - 1)) ? length - 1 : length
}

const isHigh = (code: number) => code >= 0xd800 && code < 0xdc00
