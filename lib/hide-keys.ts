/**
 * Keys in words that somebody else wrote: a model server may repeat the key it was sent, whole or in part, in its error.
 * What is shown, stored or logged of such words goes through `hideKeys`.
 */
import { singleton } from "@/lib/singleton"

export const HIDDEN = "[hidden]"

/** Keys that are remembered; a key that was replaced is still hidden for a while. */
const MOST_KEYS = 32
/** Characters of a key in a row that give it away. */
const PIECE = 8
/** What people write where a local server wants some key: no secrets, and words of ordinary sentences. */
const PLACEHOLDERS = new Set(["ollama", "lm-studio", "none", "empty", "dummy", "no-key", "not-needed", "local", "test"])

const known = () => singleton("hiddenKeys", () => new Set<string>())
/** Keys of persons, of which there may be many: those that were used last. */
const ofPersons = () => singleton("hiddenKeysOfPersons", () => new Set<string>())
const MOST_OF_PERSONS = 128

/** Remembers a key of a person for as long as it is one of those that were used last. */
export function keepPersonsKeyHidden(key: string): void {
  const keys = ofPersons()
  keys.delete(key)
  keys.add(key)
  const [oldest] = keys
  if (keys.size > MOST_OF_PERSONS && oldest !== undefined) keys.delete(oldest)
}

/** Remembers a key that this process uses, so that `hideKeys` knows it by heart. */
export function keepHidden(key: string | undefined): void {
  const keys = known()
  if (!key || key.length < 4 || PLACEHOLDERS.has(key.toLowerCase()) || keys.has(key)) return
  keys.add(key)
  const [oldest] = keys
  if (keys.size > MOST_KEYS && oldest !== undefined) keys.delete(oldest)
}

/**
 * The text without keys: those in use (whole, or eight characters of them in a row, also percent-encoded, JSON- or
 * HTML-escaped and in other case), their masked forms (`fw_3Z…abcd`, `****abcd`), and whatever else looks like one
 * (`Bearer …`, `api_key=…`, tokens of known forms).
 */
export function hideKeys(text: string): string {
  const keys = [...known(), ...ofPersons()]
  const lower = decodedLower(text)
  let clean = text
  for (const key of keys) if (mayHold(lower, key)) clean = hidePieces(clean, key)
  if (MASKS.test(clean)) clean = hideMasked(clean, keys)
  for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement)
  if (STARS.test(clean)) clean = clean.replace(STARRED, HIDDEN)
  return clean.replace(REPEATED, HIDDEN)
}

const REPEATED = /\[hidden\](?:[…*•.\-_]*\[hidden\])+/g

/** Beginnings of keys that are given out: Fireworks, OpenAI and its kin, Groq, Hugging Face, NVIDIA, Git hosts, … */
const PREFIX = "(?:fw|sk|pk|rk|gsk|csk|hf|nvapi|pplx|r8|tgp|ghp|gho|ghs|github_pat|glpat)[-_]"
const TOKEN = "[A-Za-z0-9+/=_~.-]"
const MASK = String.raw`(?:\*{2,64}|…{1,64}|\.{2,64}|•{2,64}|[xX]{4,64}|#{3,64})`
const MASKED_TOKEN = `${TOKEN}{0,64}${MASK}${TOKEN}{0,64}`
/** Of at least eight characters, with a digit: no plain word. */
const LIKELY = String.raw`(?=${TOKEN}{0,64}\d)${TOKEN}{8,}`
const NAMES = "(?:x-)?api[-_ ]?key|access[-_ ]?token|auth[-_ ]?token|authorization|secret|password|key|token"
const ASSIGNED = String.raw`\\*["']?\s*[:=]\s*\\*["'“‘]?`

/** Lengths are bounded, so that a long text costs no square of its length. */
const PATTERNS: [RegExp, string][] = [
  [
    new RegExp(String.raw`\b(bearer|basic)(\s+|%20|\+)["'“]?(?:${LIKELY}|${MASKED_TOKEN}|${TOKEN}{20,})`, "gi"),
    `$1 ${HIDDEN}`,
  ],
  [new RegExp(String.raw`\b(${NAMES})(${ASSIGNED})(?:${LIKELY}|${MASKED_TOKEN})`, "gi"), `$1$2${HIDDEN}`],
  [new RegExp(String.raw`\b${PREFIX}${MASKED_TOKEN}`, "g"), HIDDEN],
  [new RegExp(String.raw`\b${PREFIX}(?=[\w-]{0,64}\d)[\w-]{8,}`, "g"), HIDDEN],
  [/\b(?:xai-\w{20,}|AIza[\w-]{30,}|AKIA[A-Z0-9]{12,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)/g, HIDDEN],
]

/** What a masked key has; looked for first, since what stands before it may begin anywhere. */
const STARS = /\*{4}|•{4}/
const STARRED = /[A-Za-z0-9]{0,64}(?:\*{4,64}|•{4,64})[A-Za-z0-9]{2,64}/g
const MASKS = /\*{2}|…|\.{2}|•{2}|[xX]{4}|#{3}|end|last|start|begin|first/i

/** Masked forms of known keys, which show their beginning or their end: `fw_3Z…abcd`, `...abcd`, “ending in abcd”. */
function hideMasked(text: string, keys: readonly string[]): string {
  const lower = keys.map((key) => key.toLowerCase())
  const begins = (part: string) => part.length >= 2 && lower.some((key) => key.startsWith(part.toLowerCase()))
  const ends = (part: string) => part.length >= 3 && lower.some((key) => key.endsWith(part.toLowerCase()))
  return text
    .replace(MASKED, (whole, before: string, after: string) => {
      const shown = before.replace(/[xX]+$/, "")
      const known = (begins(shown) && (after === "" || ends(after))) || (shown === "" && ends(after))
      return known ? HIDDEN : whole
    })
    .replace(NAMED_END, (whole, words: string, part: string) =>
      (/^(end|last)/i.test(words) ? ends(part) : begins(part)) ? words + HIDDEN : whole,
    )
}

const MASKED = new RegExp(`([A-Za-z0-9_-]{0,64})${MASK}([A-Za-z0-9_-]{0,64})`, "g")
const NAMED_END =
  /\b((?:(?:end|start)(?:s|ing)?|begin(?:s|ning)?) (?:in|with):? ["'“‘`]?|(?:last|first) (?:\d|four|six|eight)(?: \w+){0,2}(?::| are| is) ["'“‘`]?)([A-Za-z0-9_-]{3,64})/gi

interface Unit {
  /** One decoded character, in lower case. */
  char: string
  from: number
  to: number
}

const ANY_ESCAPE = /%[0-9a-f]{2}|\\|&#/i

/** All of the text with its escapes read, in lower case. */
function decodedLower(text: string): string {
  if (!ANY_ESCAPE.test(text)) return text.toLowerCase()
  return text
    .replace(ESCAPE, (...found) => characterOf(found))
    .replaceAll("\\", "")
    .toLowerCase()
}

/** Characters of which each piece of a key has some, wherever it begins: half as many, so that one of them is whole. */
const BLOCK = PIECE / 2

/** Could a piece of the key stand in it? In a long text nearly none does, and that is told fast. */
function mayHold(lower: string, whole: string): boolean {
  const key = whole.replaceAll("\\", "").toLowerCase()
  if (key.length < PIECE) return lower.includes(key)
  for (let at = 0; at + BLOCK <= key.length; at += BLOCK) if (lower.includes(key.slice(at, at + BLOCK))) return true
  return false
}

const ESCAPES = String.raw`%([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#(\d{1,5});`
const ESCAPE = new RegExp(ESCAPES, "gi")
const UNIT = new RegExp(String.raw`${ESCAPES}|[^\\]`, "gi")

/** What an escape stands for; all else stands for itself. */
function characterOf([raw = "", percent, unicode, hex, entity, decimal]: (string | undefined)[]): string {
  const code = percent ?? unicode ?? hex ?? entity
  if (code) return String.fromCharCode(Number.parseInt(code, 16))
  return decimal ? String.fromCharCode(Number(decimal)) : raw
}

/** The text as characters, with escapes of any kind read, and where each stands. Backslashes say nothing here. */
function unitsOf(text: string): Unit[] {
  return Array.from(text.matchAll(UNIT), (found) => ({
    char: characterOf(found).toLowerCase().charAt(0),
    from: found.index,
    to: found.index + found[0].length,
  })).filter(({ char }) => char !== "\\")
}

/** Eight characters of the key in a row, or all of it where it is shorter. Words of small letters alone are no piece. */
function hidePieces(text: string, whole: string): string {
  const key = whole.replaceAll("\\", "")
  const lower = key.toLowerCase()
  const length = Math.min(PIECE, lower.length)
  const pieces = new Set<string>()
  for (let at = 0; at + length <= lower.length; at++) {
    const piece = key.slice(at, at + length)
    if (length === lower.length || !/^(?:[a-z]+|[A-Z]?[a-z]+)$/.test(piece)) pieces.add(piece.toLowerCase())
  }
  const units = unitsOf(text)
  const decoded = units.map(({ char }) => char).join("")
  const given = new Uint8Array(units.length)
  const mark = (at: number, count: number) => given.fill(1, at, at + count)
  for (let at = 0; at + length <= decoded.length; at++)
    if (pieces.has(decoded.slice(at, at + length)) && standsAlone(decoded, at, length, lower)) mark(at, length)
  for (let at = decoded.indexOf(lower); at >= 0; at = decoded.indexOf(lower, at + 1))
    if (standsAlone(decoded, at, lower.length, lower)) mark(at, lower.length)
  return withoutMarked(text, units, given)
}

/** A short key must be a word of its own: `abcd` hides no `abcdefg`. */
function standsAlone(text: string, at: number, length: number, key: string): boolean {
  if (key.length >= PIECE) return true
  return !/\w/.test(text[at - 1] ?? "") && !/\w/.test(text[at + length] ?? "")
}

function withoutMarked(text: string, units: Unit[], given: Uint8Array): string {
  let clean = ""
  let kept = 0
  for (let at = 0; at < units.length; at++) {
    if (!given[at]) continue
    clean += text.slice(kept, units[at]?.from) + HIDDEN
    while (given[at + 1]) at++
    kept = units[at]?.to ?? kept
  }
  return clean + text.slice(kept)
}
