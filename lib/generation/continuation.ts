/**
 * Continuing a text that broke off. A model can't be given half of its own answer to complete, so it is asked to go on,
 * and whatever it repeats at the seam is removed here. Pure.
 */
import type { UIMessageChunk } from "ai"

/** Characters at the end of a text that are searched for a repetition. */
const SEAM = 600
/** A repetition of at most this length counts only at the start of a word. */
const SHORT = 8
/** Longest last word, in characters, that may have broken off; anything longer is not a word. */
const LONGEST_WORD = 40

const isWordy = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character)
/** Scripts written without spaces between words. */
const isUnspaced = (character: string | undefined) =>
  character !== undefined &&
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u.test(character)

/** Whether the end of the text is inside a fenced code block. */
const inFence = (text: string) => (text.match(/^ {0,3}(`{3,}|~{3,})/gm)?.length ?? 0) % 2 === 1

/** Where to continue: `base` stays as it is, `tail` is a last word that may have broken off in the middle. */
export function splitSeam(text: string): { base: string; tail: string } {
  const [tail = ""] = /[\p{L}\p{N}_'’-]*$/u.exec(text) ?? []
  const last = text.at(-1)
  if (!isWordy(last) || isUnspaced(last) || tail.length > LONGEST_WORD || tail.length === text.length)
    return { base: text, tail: "" }
  return { base: text.slice(0, -tail.length), tail }
}

/**
 * The part of `incoming` to write after `base`: without the repetition, with a missing space added. Null while more
 * input is needed to tell; `whole` means no more input follows.
 */
export function seamOf(base: string, incoming: string, whole = false): string | null {
  const fenced = inFence(base)
  if (fenced && !whole && /^(`{1,2}|```[\w+#.-]{0,20})$/.test(incoming)) return null
  const text = fenced ? incoming.replace(/^```[\w+#.-]*\r?\n/, "") : incoming
  if (text.trim() === "" && !whole) return null
  const repeated = repetition(base, text, whole)
  if (repeated === null) return null
  const rest = text.slice(repeated)
  if (repeated > 0) return rest
  if (/\s$/.test(base)) return rest.replace(/^ +/, "")
  const joins = fenced || base === "" || !isWordy(rest[0]) || isUnspaced(rest[0]) || /[([{“‘"'`/-]$/.test(base)
  return joins ? rest : ` ${rest}`
}

/** Length of the end of `base` that `incoming` starts with; null while that can't be determined. */
function repetition(base: string, incoming: string, whole: boolean): number | null {
  const end = base.slice(-SEAM)
  for (let from = 0; from < end.length; from++) {
    const suffix = end.slice(from)
    const atWord = from === 0 ? end.length === base.length : !(isWordy(end[from - 1]) && isWordy(end[from]))
    if (suffix.trim() === "" || (suffix.length < SHORT && !atWord)) continue
    if (incoming.startsWith(suffix)) return suffix.length
    if (!whole && suffix.startsWith(incoming)) return null
  }
  return 0
}

interface Options {
  /** ID of the open text part. */
  openId: string
  /** Its content. */
  base: string
  /** Removed from its end; restored if no text follows. */
  tail: string
  /** Content of the step it is in, the open part last. */
  step: UIMessageChunk[]
}

/**
 * Turns the chunks of the reply to “go on” into a continuation of the open text part. Its reasoning is dropped, because
 * it would stand after the text that it precedes.
 */
export class ContinuedText {
  /** ID of the model's own first text part. */
  private first: string | null = null
  /** Received but not yet written; null once the seam is closed. */
  private held: string | null = ""
  private stepped = false
  private written = false
  /** The model is in a later step. */
  private later = false

  constructor(
    private readonly open: Options,
    private readonly write: (chunk: UIMessageChunk) => void,
  ) {}

  take(chunk: UIMessageChunk): void {
    if (chunk.type.startsWith("reasoning-")) return
    if (chunk.type === "start-step" && this.stepped) this.later = true
    if (chunk.type === "reset-step" && !this.later) this.beginAgain(chunk)
    else if (chunk.type === "start-step" && !this.stepped) {
      // The text continues in the step in which it broke off.
      this.stepped = true
    } else if (chunk.type === "text-start" && this.first === null) this.first = chunk.id
    else if (chunk.type === "text-delta" && chunk.id === this.first) this.takeText(chunk.delta)
    else if (chunk.type === "text-end" && chunk.id === this.first) this.endText()
    else {
      if ("toolCallId" in chunk && this.held !== null) this.endText()
      this.write(chunk)
    }
  }

  /** Everything written so far was reasoning: restores the step as it was before. */
  private beginAgain(reset: UIMessageChunk): void {
    this.write(reset)
    for (const chunk of this.open.step) this.write(chunk)
    this.first = null
    this.held = ""
    this.written = false
  }

  /** No more chunks follow: restores what was removed if nothing replaced it. */
  end(): void {
    if (this.held !== null) this.endText()
  }

  private takeText(delta: string): void {
    const held = this.held === null ? null : this.held + delta
    const text = held === null ? delta : seamOf(this.open.base, held)
    this.held = text === null ? held : null
    if (text !== null) this.writeText(text)
  }

  private endText(): void {
    const { openId, base, tail } = this.open
    if (this.held !== null) this.writeText(seamOf(base, this.held, true) ?? "")
    this.held = null
    if (!this.written) this.writeText(tail)
    this.write({ type: "text-end", id: openId })
  }

  private writeText(delta: string): void {
    if (delta === "") return
    this.written = true
    this.write({ type: "text-delta", id: this.open.openId, delta })
  }
}
