/** Removes what a model writes around the replacement of a part. Pure. */

interface Place {
  before: string
  old: string
  after: string
}

/** Fewest characters repeated from the surrounding text that count as a repetition. */
const MIN_REPEATED = 12
/** Characters around the part that are searched for a repetition. */
const SEAM = 600

/** The part in its final form: with the original's leading and trailing whitespace. */
export function cleanedPart(came: string, place: Place): string {
  const { old } = place
  const lead = /^\s*/.exec(old)?.[0] ?? ""
  const trail = old.trim() === "" ? "" : (/\s*$/.exec(old)?.[0] ?? "")
  const steps = [withoutTags, withoutFence, withoutQuotes, withoutRepeated]
  const text = steps.reduce((made, step) => step(made, place).trim() || made, came.replaceAll("\r\n", "\n").trim())
  return `${lead}${text}${trail}`
}

/** The tags with which the prompt marks the part. */
const withoutTags = (text: string): string => /^<part>\n?([\s\S]*?)\n?<\/part>$/.exec(text)?.[1] ?? text

const inFence = (text: string) => (text.match(/^ {0,3}(?:`{3,}|~{3,})/gm)?.length ?? 0) % 2 === 1

/**
 * Removes a fence around everything if the original part had none: one of plain text or Markdown, or any within a code
 * block.
 */
function withoutFence(text: string, { before, old }: Place): string {
  if (/^\s*(?:`{3,}|~{3,})/.test(old)) return text
  const [, fence = "", info = "", inner] = /^(`{3,}|~{3,})([^\n]*)\n([\s\S]*)$/.exec(text) ?? []
  const end = inner?.lastIndexOf(`\n${fence}`) ?? -1
  if (inner === undefined || end < 0 || inner.slice(end + 1).trim() !== fence) return text
  const plain = /^\s*(?:markdown|md|text|txt|plaintext)?\s*$/i.test(info)
  return inFence(before) || plain ? inner.slice(0, end) : text
}

const QUOTES = ['""', "“”", "„“", "„”", "«»", "»«", "''", "‘’", "「」"]

function withoutQuotes(text: string, { old }: Place): string {
  const pair = QUOTES.find((quotes) => text.startsWith(quotes.charAt(0)) && text.endsWith(quotes.charAt(1)))
  if (!pair || text.length < 3 || old.trim().startsWith(pair.charAt(0))) return text
  const inner = text.slice(1, -1)
  return inner.includes(pair.charAt(0)) || inner.includes(pair.charAt(1)) ? text : inner
}

/** Removes surrounding text at either end: models repeat some of it, or the whole answer. */
function withoutRepeated(text: string, { before, old, after }: Place): string {
  const rest = text.slice(repeatedBefore(text, before.trim(), old.trimStart()))
  return rest.slice(0, rest.length - repeatedAfter(rest, after.trim(), old.trimEnd()))
}

/** Possible lengths of a repetition, longest first: everything, then what is next to the part. */
function* lengths(around: string, text: string): Generator<number> {
  if (around.length > SEAM) yield around.length
  for (let length = Math.min(around.length, text.length, SEAM); length >= MIN_REPEATED; length--) yield length
}

/**
 * Length of the text's beginning that repeats the end of the preceding text, unless the original part also begins with
 * it.
 */
function repeatedBefore(text: string, before: string, old: string): number {
  for (const length of lengths(before, text)) {
    const seam = before.slice(-length)
    if (text.startsWith(seam)) return old.startsWith(seam) ? 0 : length
  }
  return 0
}

function repeatedAfter(text: string, after: string, old: string): number {
  for (const length of lengths(after, text)) {
    const seam = after.slice(0, length)
    if (text.endsWith(seam)) return old.endsWith(seam) ? 0 : length
  }
  return 0
}
