/**
 * Hides keys in text written by others: a model server may repeat the key it received, in full or in part, in its
 * error. Such text goes through `redactKeys` before it is shown, stored, or logged.
 */
import { singleton } from "@/lib/singleton"

export const HIDDEN = "[hidden]"

/** Maximum keys remembered; a replaced key stays hidden for a while. */
const MAX_KEYS = 32
/** Consecutive characters of a key that are enough to hide. */
const PIECE = 8
/** Placeholders that people enter if a local server requires a key: not secrets, and common words. */
const PLACEHOLDERS = new Set(["ollama", "lm-studio", "none", "empty", "dummy", "no-key", "not-needed", "local", "test"])

const known = () => singleton("hiddenKeys", () => new Set<string>())
/** Personal keys, of which there may be many: the most recently used ones. */
const ofPersons = () => singleton("hiddenKeysOfPersons", () => new Set<string>())
const MAX_OF_PERSONS = 128

/** Remembers a personal key while it is among the most recently used ones. */
export function registerPersonalKey(key: string): void {
  const keys = ofPersons()
  keys.delete(key)
  keys.add(key)
  const [oldest] = keys
  if (keys.size > MAX_OF_PERSONS && oldest !== undefined) keys.delete(oldest)
}

/** Remembers a key that this process uses, so that `redactKeys` hides it exactly. */
export function registerSecret(key: string | undefined): void {
  const keys = known()
  if (!key || key.length < 4 || PLACEHOLDERS.has(key.toLowerCase()) || keys.has(key)) return
  keys.add(key)
  const [oldest] = keys
  if (keys.size > MAX_KEYS && oldest !== undefined) keys.delete(oldest)
}

/**
 * The text without keys: known keys (in full, or any eight consecutive characters, also percent-encoded, JSON- or
 * HTML-escaped, and in other case), their masked forms (`fw_3Z…abcd`, `****abcd`), and anything else that looks like a
 * key (`Bearer …`, `api_key=…`, tokens in known formats).
 */
export function redactKeys(text: string): string {
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

/** Known key prefixes: Fireworks, OpenAI and compatible, Groq, Hugging Face, NVIDIA, Git hosts, … */
const PREFIX = "(?:fw|sk|pk|rk|gsk|csk|hf|nvapi|pplx|r8|tgp|ghp|gho|ghs|github_pat|glpat)[-_]"
const TOKEN = "[A-Za-z0-9+/=_~.-]"
const MASK = String.raw`(?:\*{2,64}|…{1,64}|\.{2,64}|•{2,64}|[xX]{4,64}|#{3,64})`
const MASKED_TOKEN = `${TOKEN}{0,64}${MASK}${TOKEN}{0,64}`
/** At least eight characters, with a digit: not a plain word. */
const LIKELY = String.raw`(?=${TOKEN}{0,64}\d)${TOKEN}{8,}`
const NAMES = "(?:x-)?api[-_ ]?key|access[-_ ]?token|auth[-_ ]?token|authorization|secret|password|key|token"
const ASSIGNED = String.raw`\\*["']?\s*[:=]\s*\\*["'“‘]?`

/** Lengths are bounded, so that a long text doesn't take quadratic time. */
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

/** Characters of masked keys; searched first, since the text before them may start anywhere. */
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
  /** One decoded character, in lowercase. */
  char: string
  from: number
  to: number
}

const ANY_ESCAPE = /%[0-9a-f]{2}|\\|&#/i

/** The whole text with its escapes decoded, in lowercase. */
function decodedLower(text: string): string {
  if (!ANY_ESCAPE.test(text)) return text.toLowerCase()
  return text
    .replace(ESCAPE, (...found) => characterOf(found))
    .replaceAll("\\", "")
    .toLowerCase()
}

/** Half the piece length, so that every piece of a key contains a whole block, wherever it starts. */
const BLOCK = PIECE / 2

/** A fast check whether the text could contain a piece of the key; almost no long text does. */
function mayHold(lower: string, whole: string): boolean {
  const key = whole.replaceAll("\\", "").toLowerCase()
  if (key.length < PIECE) return lower.includes(key)
  for (let at = 0; at + BLOCK <= key.length; at += BLOCK) if (lower.includes(key.slice(at, at + BLOCK))) return true
  return false
}

const ESCAPES = String.raw`%([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+x([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#(\d{1,5});`
const ESCAPE = new RegExp(ESCAPES, "gi")
const UNIT = new RegExp(String.raw`${ESCAPES}|[^\\]`, "gi")

/** The character that an escape stands for; anything else stands for itself. */
function characterOf([raw = "", percent, unicode, hex, entity, decimal]: (string | undefined)[]): string {
  const code = percent ?? unicode ?? hex ?? entity
  if (code) return String.fromCharCode(Number.parseInt(code, 16))
  return decimal ? String.fromCharCode(Number(decimal)) : raw
}

/** The text as characters with their positions, with all kinds of escapes decoded. Backslashes are ignored. */
function unitsOf(text: string): Unit[] {
  return Array.from(text.matchAll(UNIT), (found) => ({
    char: characterOf(found).toLowerCase().charAt(0),
    from: found.index,
    to: found.index + found[0].length,
  })).filter(({ char }) => char !== "\\")
}

/**
 * Hides eight consecutive characters of the key, or all of a shorter key. Pieces that consist only of lowercase letters
 * don't count.
 */
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

/** A short key must be a separate word: `abcd` doesn't hide part of `abcdefg`. */
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
