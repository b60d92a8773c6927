/** What a model writes for the place of a part, without what it puts around it. Pure. */

interface Place {
  before: string
  old: string
  after: string
}

/** Characters that must be repeated of what stands around the part to count as that. */
const LEAST_REPEATED = 12
/** Characters around the part in which a repetition is looked for. */
const SEAM = 600

/** The part as it stands in its place: with the white space that was at its ends. */
export function cleanedPart(came: string, place: Place): string {
  const { old } = place
  const lead = /^\s*/.exec(old)?.[0] ?? ""
  const trail = old.trim() === "" ? "" : (/\s*$/.exec(old)?.[0] ?? "")
  const steps = [withoutTags, withoutFence, withoutQuotes, withoutRepeated]
  const text = steps.reduce((made, step) => step(made, place).trim() || made, came.replaceAll("\r\n", "\n").trim())
  return `${lead}${text}${trail}`
}

/** As the prompt marks the part. */
const withoutTags = (text: string): string => /^<part>\n?([\s\S]*?)\n?<\/part>$/.exec(text)?.[1] ?? text

const inFence = (text: string) => (text.match(/^ {0,3}(?:`{3,}|~{3,})/gm)?.length ?? 0) % 2 === 1

/** A fence around all of it, where the part had none: of plain text or Markdown, or within a block of code. */
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

/** Without the text around the part, at either end: models write some of it again, or the whole answer. */
function withoutRepeated(text: string, { before, old, after }: Place): string {
  const rest = text.slice(repeatedBefore(text, before.trim(), old.trimStart()))
  return rest.slice(0, rest.length - repeatedAfter(rest, after.trim(), old.trimEnd()))
}

/** Lengths of what may be repeated, the longest first: all of it, then what lies next to the part. */
function* lengths(around: string, text: string): Generator<number> {
  if (around.length > SEAM) yield around.length
  for (let length = Math.min(around.length, text.length, SEAM); length >= LEAST_REPEATED; length--) yield length
}

/** Characters at the beginning of the text that end what stands before; not what the part itself begins with. */
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
