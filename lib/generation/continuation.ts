/**
 * Going on with a text that broke off. A model can't be given half an answer of its own to finish, so it is asked
 * to go on, and what it repeats at the seam is taken away here. Pure.
 */
import type { UIMessageChunk } from "ai"

/** Characters at the end of a text in which a repetition is looked for. */
const SEAM = 600
/** A repetition as short as this counts only from the beginning of a word on. */
const SHORT = 8
/** Characters of a last word that may have broken off; what is longer is no word. */
const LONGEST_WORD = 40

const isWordy = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character)
/** Scripts that write words without spaces between them. */
const isUnspaced = (character: string | undefined) =>
  character !== undefined &&
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u.test(character)

/** Is the end of the text inside a fenced block of code? */
const inFence = (text: string) => (text.match(/^ {0,3}(`{3,}|~{3,})/gm)?.length ?? 0) % 2 === 1

/** Where to go on: `base` stays as it is, `tail` is a last word that may have broken off in the middle. */
export function splitSeam(text: string): { base: string; tail: string } {
  const [tail = ""] = /[\p{L}\p{N}_'’-]*$/u.exec(text) ?? []
  const last = text.at(-1)
  if (!isWordy(last) || isUnspaced(last) || tail.length > LONGEST_WORD || tail.length === text.length)
    return { base: text, tail: "" }
  return { base: text.slice(0, -tail.length), tail }
}

/**
 * What of `incoming` is to be written behind `base`: without what it repeats of it, with the space that is missing.
 * Null while more of it is needed to tell; `whole` says that no more comes.
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

/** Length of the end of `base` with which `incoming` begins; null when that can't be told yet. */
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
  /** Id of the text part that is open. */
  openId: string
  /** What stands in it. */
  base: string
  /** Taken off its end; put back when no text comes. */
  tail: string
}

/**
 * The chunks of the answer to “go on”, as a continuation of the open text part. Its thinking is left out: it would
 * stand behind the text that it precedes.
 */
export async function* continueText(
  chunks: AsyncIterable<UIMessageChunk>,
  { openId, base, tail }: Options,
): AsyncGenerator<UIMessageChunk> {
  let first: string | null = null
  let held: string | null = ""
  let stepped = false
  let written = false
  const write = function* (delta: string | null): Generator<UIMessageChunk> {
    if (delta) yield { type: "text-delta", id: openId, delta }
    written ||= Boolean(delta)
  }
  const close = function* (): Generator<UIMessageChunk> {
    if (held === null) return
    yield* write(seamOf(base, held, true))
    held = null
    if (!written && tail) yield { type: "text-delta", id: openId, delta: tail }
    yield { type: "text-end", id: openId }
  }
  const take = async function* (): AsyncGenerator<UIMessageChunk> {
    for await (const chunk of chunks) {
      if (chunk.type.startsWith("reasoning-")) continue
      // The text goes on in the step in which it broke off.
      if (chunk.type === "start-step" && !stepped) {
        stepped = true
        continue
      }
      if (chunk.type === "text-start" && first === null) first = chunk.id
      else if (chunk.type === "text-delta" && chunk.id === first) {
        if (held === null) yield* write(chunk.delta)
        else {
          held += chunk.delta
          const delta = seamOf(base, held)
          if (delta === null) continue
          held = null
          yield* write(delta)
        }
      } else if (chunk.type === "text-end" && chunk.id === first) {
        if (held === null) yield { type: "text-end", id: openId }
        else yield* close()
      } else if ("toolCallId" in chunk && held !== null) {
        yield* close()
        yield chunk
      } else yield chunk
    }
  }
  try {
    yield* take()
  } finally {
    yield* close()
  }
}
