/** Tags at the end of a growing text: what follows often decides what they are. */
import {
  isBlockTag,
  isOpenEnded,
  isUnambiguousTag,
  isVoidTag,
  type Tag,
  tagAt,
} from "@/components/message/markdown/html/tags"

/** Maximum characters held back from a tag that has no end tag yet. */
const MAX_HELD = 400
/** The same for a known tag inside an unknown one that may still be closed: then both are text. */
const MAX_HELD_WITHIN = 200
const LOOKED_AT = 800

/**
 * Where to cut off a growing text: at the first tag that may still become text or HTML. The text's length if nowhere.
 */
export function stablePrefixLength(text: string): number {
  const from = startOfBlock(text)
  const { open, inside } = openTags(text, from)
  const held = open.find((tag) => tag.known && !stands(text, tag, from))?.start ?? text.length
  const within = inside ?? text.length
  return beforeStarts(
    text,
    Math.min(
      text.length - held <= MAX_HELD ? held : text.length,
      text.length - within <= MAX_HELD_WITHIN ? within : text.length,
    ),
  )
}

/** Maximum consecutive start tags examined. */
const MAX_TAGS = 16

/** A block start tag counts as a tag once something follows it. */
function beforeStarts(text: string, end: number, tags = 0): number {
  if (tags === MAX_TAGS) return end
  const before = text.slice(Math.max(0, end - MAX_HELD), end)
  const start = /<[a-zA-Z][^<>]*>\s*$/.exec(before)
  if (!start) return end
  const at = end - before.length + start.index
  const tag = tagAt(text, at)
  const line = text.slice(Math.max(at - LOOKED_AT, text.lastIndexOf("\n", at - 1) + 1), at)
  const inCode = (line.match(/`+/g) ?? []).length % 2 === 1
  return tag?.known && tag.opens && isBlockTag(tag.name) && !inCode ? beforeStarts(text, at, tags + 1) : end
}

/** Start of the last paragraph, item, row or heading. */
function startOfBlock(text: string): number {
  const begin = Math.max(0, text.length - LOOKED_AT)
  const tail = text.slice(begin)
  let start = 0
  for (const { index } of tail.matchAll(/\n[ \t]*(?=\n)|\n(?=[ \t>]*(?:[-*+|]|\d{1,9}[.)]|#{1,6}\s))/g))
    start = index + 1
  return begin + start
}

interface Open {
  /** Unclosed start tags, in text order. */
  open: Tag[]
  /** The first known tag inside an unclosed unknown one. */
  inside: number | undefined
}

function openTags(text: string, from: number): Open {
  const open: Tag[] = []
  const known: Tag[] = []
  const stops = /`+|</g
  stops.lastIndex = from
  for (let stop = stops.exec(text); stop; stop = stops.exec(text)) {
    const [sign] = stop
    if (sign !== "<") {
      const close = endOfCode(text, stop.index, sign)
      if (close < 0) break
      stops.lastIndex = close
      continue
    }
    const tag = tagAt(text, stop.index)
    if (!tag) continue
    stops.lastIndex = tag.end
    if (tag.known) known.push(tag)
    if (tag.opens) open.push(tag)
    const opener = tag.closing ? open.findLastIndex(({ name }) => name === tag.name) : -1
    if (opener >= 0) open.splice(opener, 1)
  }
  const unknown = open.find((tag) => !tag.known)
  return { open, inside: unknown && known.find(({ start }) => start > unknown.start)?.start }
}

function endOfCode(text: string, at: number, ticks: string): number {
  const close = new RegExp(`(?<!\`)${ticks}(?!\`)`, "g")
  close.lastIndex = at + ticks.length
  const found = close.exec(text)
  return found ? found.index + ticks.length : -1
}

/** Starts an HTML block that is HTML in any case. */
function stands(text: string, tag: Tag, from: number): boolean {
  if (isVoidTag(tag.name) || !isBlockTag(tag.name)) return false
  const before = text.slice(Math.max(from, text.lastIndexOf("\n", tag.start - 1) + 1), tag.start)
  const begins = /^[ \t>]*(?:<[^<>]*>[ \t]*)*$/.test(before)
  return begins && (isOpenEnded(tag.name) || isUnambiguousTag(text, tag))
}
