/**
 * An error before the first word of a 200 response becomes a regular refusal, so that the code that drops keys, waits,
 * or falls back to another model recognizes it.
 */
import { Readable } from "node:stream"
import { bytesOf } from "@/lib/ai/join-deltas"
import { errorStatus } from "@/lib/ai/upstream/upstream-errors"
import { choiceOf, deltaOf, errorIn, finishReasonOf, saidIn } from "@/lib/ai/wire/delta"
import { isJson, type Json } from "@/lib/ai/wire/json"
import { type EventData, EventLines } from "@/lib/ai/wire/lines"
import { NodeResponse } from "@/lib/http/outgoing/response"

/** Bytes that are searched for an error: anything longer is an answer. */
const MAX_BYTES = 200_000

/**
 * `fetch` whose response is either an answer that has started, or a refusal with the status its error has or would have
 * had.
 */
export function withEarlyErrors(fetchUpstream: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchUpstream(input, init)
    if (!response.ok || !response.body) return response
    const bytes = response instanceof NodeResponse ? response.source : bytesOf(response.body)
    const { error, source } = await begun(bytes, init?.signal ?? undefined)
    const { status, statusText, headers } = response
    if (!error) return new NodeResponse(source, { status, statusText, headers })
    source.destroy()
    const told = new Headers(headers)
    for (const name of ["content-length", "content-encoding", "transfer-encoding"]) told.delete(name)
    told.set("content-type", "application/json")
    return new Response(JSON.stringify(error), { status: errorStatus(error), headers: told })
  }
}

interface Begun {
  error: object | null
  /** All bytes, including those already read. */
  source: Readable
}

/** Reads until an answer has started, or has turned out to be an error. Rejects with the abort reason. */
function begun(bytes: Readable, signal: AbortSignal | undefined): Promise<Begun> {
  return new Promise((resolve, reject) => {
    const look = new FirstWords()
    const pieces: Buffer[] = []
    const leave = () => {
      bytes.off("readable", read)
      bytes.off("end", end)
      bytes.off("error", fail)
      bytes.off("close", end)
    }
    const read = () => {
      for (let piece = bytes.read(); piece !== null; piece = bytes.read()) {
        pieces.push(Buffer.from(piece))
        if (!look.take(pieces.at(-1) ?? Buffer.alloc(0))) continue
        leave()
        // The remaining bytes follow those put back.
        if (!look.error) bytes.unshift(Buffer.concat(pieces))
        return void resolve({ error: look.error, source: bytes })
      }
    }
    const end = () => {
      leave()
      if (signal?.aborted) return void reject(signal.reason)
      look.end()
      resolve({ error: look.error, source: Readable.from(pieces, { objectMode: false }) })
    }
    const fail = (error: unknown) => {
      leave()
      if (signal?.aborted) return void reject(signal.reason)
      resolve({ error: null, source: brokenBehind(pieces, error) })
    }
    // Until the next reader attaches its own listener.
    bytes.on("error", () => {})
    if (bytes.destroyed || bytes.readableEnded) return void end()
    bytes.on("readable", read)
    bytes.on("end", end)
    bytes.on("error", fail)
    bytes.on("close", end)
  })
}

/** These bytes, followed by the error that ended them. */
const brokenBehind = (pieces: Buffer[], error: unknown): Readable =>
  Readable.from(
    (async function* () {
      yield* pieces
      throw error
    })(),
    { objectMode: false },
  )

/** Looks for the first event with content. */
class FirstWords {
  error: object | null = null
  /** An error, unless an answer follows. */
  private doubt: object | null = null
  private begun = false
  private size = 0
  private readonly decoder = new TextDecoder()
  private readonly lines = new EventLines((data) => this.read(data))

  /** Returns whether it is known how the answer starts. */
  take(piece: Buffer): boolean {
    this.size += piece.byteLength
    this.lines.feed(this.decoder.decode(piece, { stream: true }))
    return this.begun || this.error !== null || this.size > MAX_BYTES
  }

  end(): void {
    this.lines.end()
    if (!this.begun) this.error ??= this.doubt
  }

  private read({ json, text, error: named }: EventData): void {
    if (this.begun || this.error) return
    if (named && json === undefined) {
      this.error = { error: text }
      return
    }
    for (const one of Array.isArray(json) ? json : [json]) {
      if (!isJson(one)) continue
      const choice = choiceOf(one)
      const told = choice && saysSomething(choice) ? null : errorIn(one, named)
      if (told?.sure) this.error = told.error
      else if (told) this.doubt = told.error
      if (this.error) return
      this.begun ||= choice === undefined || (choice !== null && (saysSomething(choice) || ends(choice)))
    }
    // Anything outside the protocol is reported by the reader.
    if (text === "[DONE]") this.error = this.doubt
    this.begun ||= text === "[DONE]" || (json === undefined && /^[{[]/.test(text))
  }
}

/** Whether it contains text, reasoning, or a call. */
function saysSomething(choice: Json): boolean {
  const delta = deltaOf(choice)
  const { tool_calls: calls, function_call: call, refusal } = delta
  const called = (Array.isArray(calls) && calls.length > 0) || isJson(call) || isJson(calls)
  return saidIn(delta).length > 0 || called || Boolean(refusal)
}

const ends = ({ finish_reason: reason }: Json) => finishReasonOf(reason) !== undefined
