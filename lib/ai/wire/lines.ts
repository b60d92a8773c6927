/**
 * The lines of an event stream, as servers actually write them: with or without a space after the colon, any line
 * endings, multi-line events, events without a blank line between them, JSON lines without `data:`, or one whole JSON.
 */

import { parseJson } from "@/lib/ai/wire/json"

/** Characters per event: no event of a model's answer is longer. */
const MAX_EVENT = 5_000_000
/** Characters outside of events that are kept, in case nothing else arrives. */
const MAX_ODD = 20_000

/** The content of an event. */
export interface EventData {
  /** Undefined if it isn't JSON. */
  json: unknown
  text: string
  /** The event is named as an error. */
  error: boolean
}

export class EventLines {
  /** What arrived outside of events, before the first one. */
  odd = ""
  /** Pieces of a line whose end has not arrived. */
  private partial: string[] = []
  private partialSize = 0
  /** The last character was a CR, which may be half of a line ending. */
  private halfEnd = false
  /** Lines of an incomplete event. */
  private pending: string[] = []
  private pendingSize = 0
  /** What arrived was not an event stream. */
  whole = false
  /** The pending lines have no `data:` and form one JSON that continues to the end. */
  private bare = false
  private name = ""
  private begun = false

  constructor(private readonly take: (data: EventData) => void) {}

  /** Throws a `RangeError` if an event is too long. */
  feed(arrived: string): void {
    const text = this.halfEnd ? `\r${arrived}` : arrived
    this.halfEnd = text.endsWith("\r")
    this.read(this.halfEnd ? text.slice(0, -1) : text)
  }

  private read(text: string): void {
    const cut = endOfLines(text)
    if (cut > 0) {
      const lines = this.partial.join("") + text.slice(0, cut)
      this.partial = []
      this.partialSize = 0
      this.readLines(lines)
    }
    if (cut < text.length) this.partial.push(text.slice(cut))
    this.partialSize += text.length - cut
    if (this.partialSize + this.pendingSize > MAX_EVENT) throw new RangeError("event too large")
  }

  /** No more data follows. Half an event of a broken connection is discarded. */
  end(): void {
    if (this.halfEnd) this.read("\n")
    const rest = this.partial.join("")
    this.partial = []
    const value = tidyField(rest)
      .replace(/^data:/, "")
      .trim()
    if (this.bare) this.hold(rest)
    else if (isDone(value) || parse(value) !== undefined || !rest.startsWith("data:")) this.readLine(rest)
    const { pending, bare } = this
    this.release()
    const whole = pending.join("\n")
    if (bare && parse(whole) === undefined) for (const line of pending) this.readBare(line, false)
    else if (bare) this.readBare(whole, false)
    else if (parse(whole) !== undefined) this.pass(whole, parse(whole))
  }

  private readLines(lines: string): void {
    const each = lines.includes("\r") ? lines.split(/\r\n|\r|\n/) : lines.split("\n")
    // Nothing follows the last line ending.
    each.pop()
    for (const line of each) this.readLine(line)
  }

  private readLine(raw: string): void {
    const line = this.bare || raw === "" || raw.startsWith("data:") ? raw : tidyField(raw)
    if (this.bare) this.hold(line)
    else if (line === "") this.endEvent()
    else if (line.startsWith("data:")) this.readData(line.slice(5).trim())
    else if (line.trim() === DONE) this.pass(DONE, undefined)
    else if (line.startsWith("event:")) this.name = line.slice(6).trim()
    // llama.cpp used to write errors like this.
    else if (line.startsWith("error:")) this.pass(line.slice(6).trim(), parse(line.slice(6)), true)
    else if (!/^(id|retry)?:/.test(line)) this.readBare(line)
  }

  private readData(written: string): void {
    // From a proxy that wraps event lines in events.
    const data = written.startsWith("data:") ? written.slice(5).trim() : written
    const value = isDone(data) || (data === "" && this.ends) || (data === "{}" && this.ends) ? DONE : data
    const json = this.pending.length === 0 || /^\{\s*"/.test(value) ? parse(value) : undefined
    const whole = json !== undefined || value === DONE
    // A complete line is an event, even if the blank line before it is missing.
    if (whole && this.pending.length > 0) this.endEvent()
    if (whole || (this.pending.length === 0 && !isJsonBegun(value))) this.pass(value, json)
    else this.hold(value)
  }

  /** A line without `data:`. `mayGoOn`: it may be the first line of one whole JSON. */
  private readBare(line: string, mayGoOn = true): void {
    const json = parse(line.replace(/^\ufeff/, ""))
    if (json === undefined && mayGoOn && !this.begun && isJsonBegun(line)) {
      this.bare = true
      return void this.hold(line)
    }
    if (!this.begun && this.odd.length < MAX_ODD) this.odd += `${line.slice(0, MAX_ODD)}\n`
    if (json === undefined) return
    this.whole = true
    this.pass(line, json)
  }

  /** Whether the event's name marks the end. */
  private get ends(): boolean {
    return /^(?:done|end|complete|completed|finish|close)$/i.test(this.name)
  }

  private endEvent(): void {
    const { pending } = this
    if (pending.length > 0) {
      this.release()
      const text = pending.join("\n")
      this.pass(text, parse(text))
    }
    this.name = ""
  }

  private hold(line: string): void {
    this.pending.push(line)
    this.pendingSize += line.length
  }

  private release(): void {
    this.pending = []
    this.pendingSize = 0
    this.bare = false
  }

  private pass(text: string, json: unknown, error = this.name === "error"): void {
    if (text === "") return
    this.begun = true
    this.take({ json, text, error })
  }
}

/** Signals that nothing follows. */
const DONE = "[DONE]"
/** What some servers send instead. */
const isDone = (data: string) => /^"?\[DONE\]"?$|^DONE$/i.test(data)

/** Index after the last line ending. */
const endOfLines = (text: string): number => Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1

const isJsonBegun = (text: string) => /^[\s\ufeff]*[{[]/.test(text)

/** Parsed JSON; several in a row become a list. */
function parse(text: string): unknown {
  if (!isJsonBegun(text)) return undefined
  const json = parseJson(text)
  if (json !== undefined || !/\}\s*\{"/.test(text)) return json
  const all = text.split(/(?<=\})\s*(?=\{")/).map(parseJson)
  return all.includes(undefined) ? undefined : all
}

/** Restores the field name in lowercase at the start of the line, which servers and proxies alter. */
const tidyField = (line: string): string =>
  line.replace(/^[\s\ufeff]*(data|event|id|retry):/i, (_, field: string) => `${field.toLowerCase()}:`)
