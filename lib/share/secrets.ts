/**
 * Finds likely secrets in a text: keys of known formats, passwords, email addresses, phone and card numbers, private
 * hosts. Pure, for browser and server. Every pattern is bounded, and starts with something rare: the time grows
 * linearly with the text.
 */
import { cardAt, isCard, isPhone, isPrivateIpv4, looksLikeSecret } from "@/lib/share/secret-forms"

export const SECRET_KINDS = ["key", "password", "email", "phone", "card", "address"] as const
export type SecretKind = (typeof SECRET_KINDS)[number]

export interface Secret {
  kind: SecretKind
  text: string
  /** Its offset in the text, in UTF-16 code units. */
  start: number
}

interface Pattern {
  kind: SecretKind
  pattern: RegExp
  /** The group that contains the secret; the whole match if omitted. */
  group?: number
  /** Filters out look-alikes. */
  is?: (text: string) => boolean
}

/** Matches only at the beginning of a word. */
const word = (source: string, flags = "g") => new RegExp(`(?<![A-Za-z0-9_])${source}`, flags)

/** Names that are followed by a secret. */
const NAMES =
  "(?:api[_-]?key|apikey|access[_-]?key|secret[_-]?key|client[_-]?secret|secret|auth[_-]?token|access[_-]?token|refresh[_-]?token|token|password|passwort|passwd|passphrase|pwd|kennwort)"

const PATTERNS: Pattern[] = [
  // OpenAI, Anthropic, OpenRouter and others; Fireworks; Groq; xAI; Hugging Face; Replicate; Perplexity.
  { kind: "key", pattern: word("sk-(?:[a-z]{2,10}-){0,3}[A-Za-z0-9_-]{16,200}") },
  { kind: "key", pattern: word("(?:fw|gsk|hf|r8|pplx|xai)[_-][A-Za-z0-9]{16,120}") },
  { kind: "key", pattern: word("gh[pousr]_[A-Za-z0-9]{30,255}") },
  { kind: "key", pattern: word("github_pat_[A-Za-z0-9_]{22,255}") },
  { kind: "key", pattern: word("glpat-[A-Za-z0-9_-]{20,64}") },
  { kind: "key", pattern: word("npm_[A-Za-z0-9]{36,64}") },
  { kind: "key", pattern: word("(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}(?![A-Za-z0-9])") },
  { kind: "key", pattern: word("xox[abeoprs]-[A-Za-z0-9-]{10,200}") },
  { kind: "key", pattern: word("xapp-[A-Za-z0-9-]{10,200}") },
  { kind: "key", pattern: /https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9_/]{20,120}/g },
  { kind: "key", pattern: word("AIza[A-Za-z0-9_-]{35}") },
  { kind: "key", pattern: word("ya29\\.[A-Za-z0-9_-]{20,400}") },
  { kind: "key", pattern: word("GOCSPX-[A-Za-z0-9_-]{20,60}") },
  { kind: "key", pattern: word("(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,200}") },
  { kind: "key", pattern: word("whsec_[A-Za-z0-9+/=]{16,120}") },
  { kind: "key", pattern: word("SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}") },
  { kind: "key", pattern: word("\\d{8,10}:AA[A-Za-z0-9_-]{33}") },
  // A JSON Web Token: its header and payload are JSON.
  { kind: "key", pattern: word("eyJ[A-Za-z0-9_-]{8,2000}\\.eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{0,1000}") },
  { kind: "key", pattern: word("[Bb]earer[ \\t]{1,4}([A-Za-z0-9._~+/=-]{16,2000})"), group: 1, is: looksLikeSecret },
  // A URL with a password in it.
  { kind: "password", pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:([^\s:/@]{1,200})@/gi, group: 1 },
  {
    kind: "password",
    pattern: new RegExp(
      `(?<![A-Za-z])${NAMES}["'\`]?(?:[ \\t]{0,4}(?:[:=]|=>|:=)[ \\t]{0,4}|[ \\t]{1,4}(?:is|ist|lautet)[ \\t]{1,4})["'\`]?([^\\s"'\`,;<>(){}\\[\\]]{6,200})`,
      "gi",
    ),
    group: 1,
    is: looksLikeSecret,
  },
  { kind: "address", pattern: /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/g, is: isPrivateIpv4 },
  { kind: "address", pattern: /(?<![\w:])f(?:[cd][0-9a-f]{2}|e80):[0-9a-f:]{2,40}(?![\w:])/gi },
  {
    kind: "address",
    pattern:
      /(?<![\w.@-])[a-z0-9](?:[a-z0-9-]{0,62}\.){1,5}(?:local|lan|internal|intranet|corp|localdomain|home\.arpa|ts\.net)(?![\w-]|\.\w)/gi,
  },
  { kind: "phone", pattern: /(?<![\w.+-])\+[1-9][\d ()./-]{6,22}\d(?![\w]|[.,-]\d)/g, is: isPhone },
  { kind: "phone", pattern: /(?<![\w.+-])\(\d{2,5}\)[ -]?\d[\d ./-]{4,16}\d(?![\w]|[.,-]\d)/g, is: isPhone },
  { kind: "phone", pattern: /(?<![\w.+-])0\d[\d ./-]{6,20}\d(?![\w]|[.,-]\d)/g, is: isPhone },
  { kind: "phone", pattern: /(?<![\w.+-])[2-9]\d{2}[-. ]\d{3}[-. ]\d{4}(?![\w]|[.,-]\d)/g, is: isPhone },
]

/** The likely secrets of a text in order of position, without overlaps. */
export function findSecrets(text: string): Secret[] {
  const found: Secret[] = [...privateKeys(text), ...emails(text), ...cards(text)]
  for (const { kind, pattern, group = 0, is } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const [whole] = match
      const secret = match[group] ?? whole
      // A group is at the end of its match, or before a single closing character.
      const start = match.index + (group === 0 ? 0 : whole.lastIndexOf(secret))
      if (!is || is(secret)) found.push({ kind, text: secret, start })
    }
  }
  return withoutOverlaps(found)
}

/** Of two overlapping matches the one that starts first, and if both start together the longer one. */
function withoutOverlaps(found: Secret[]): Secret[] {
  const sorted = found.sort((a, b) => a.start - b.start || b.text.length - a.text.length)
  let end = 0
  return sorted.filter(({ start, text }) => {
    if (start < end) return false
    end = start + text.length
    return true
  })
}

const PEM_BEGIN = "-----BEGIN "
const PEM_END = "-----END "
/** Maximum number of characters of a PEM key to scan. */
const LONGEST_PEM = 20_000

/**
 * Private keys in PEM, also with newlines escaped as `
 * `. A key without an end marker extends to its last valid character.
 */
function privateKeys(text: string): Secret[] {
  const found: Secret[] = []
  for (let start = text.indexOf(PEM_BEGIN); start >= 0; start = text.indexOf(PEM_BEGIN, start + 1)) {
    const head = text.slice(start, start + 80)
    if (!/^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.test(head)) continue
    const body = text.slice(start, start + LONGEST_PEM)
    const end = body.indexOf(PEM_END)
    const close = end < 0 ? -1 : body.indexOf("-----", end + PEM_END.length)
    const length = close < 0 ? (/^[-A-Za-z0-9 +/=:,\\\r\n]+/.exec(body)?.[0].trimEnd().length ?? 0) : close + 5
    found.push({ kind: "key", text: text.slice(start, start + length), start })
    start += length - 1
  }
  return found
}

const LOCAL = /[A-Za-z0-9._%+-]/
const DOMAIN = /[A-Za-z0-9.-]/

/** Expands from each `@` outward: a pattern would start at every letter. */
function emails(text: string): Secret[] {
  const found: Secret[] = []
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at
    while (start > 0 && at - start < 64 && LOCAL.test(text[start - 1] ?? "")) start--
    let end = at + 1
    while (end < text.length && end - at < 254 && DOMAIN.test(text[end] ?? "")) end++
    const local = text.slice(start, at).replace(/^[.%+-]+/, "")
    const domain = text.slice(at + 1, end).replace(/[.-]+$/, "")
    // `git@host:path` and `user:password@host` aren't email addresses; `example.com` belongs to nobody.
    const mail = /^(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}$/.test(domain) && !/(?:^|\.)example\./i.test(domain)
    const address =
      !/[:/]/.test(text[at - local.length - 1] ?? "") || /mailto:$/i.test(text.slice(0, at - local.length).slice(-7))
    if (local && mail && (address || text[at - local.length - 1] === ":") && !isLogin(text, at, domain, local))
      found.push({ kind: "email", text: `${local}@${domain}`, start: at - local.length })
  }
  return found
}

/** `git@github.com:owner/…`, and the user info before the host of a URL. */
const isLogin = (text: string, at: number, domain: string, local: string) =>
  (local === "git" && text[at + 1 + domain.length] === ":") ||
  /:\/\/[^\s/]{0,200}$/.test(text.slice(Math.max(0, at - 220), at))

/** Runs of digits with single spaces or hyphens that are card numbers. */
function cards(text: string): Secret[] {
  const found: Secret[] = []
  for (const { 0: run, index } of text.matchAll(/(?<![\w.,-])[3-6]\d{3}[\d -]{8,19}\d(?![\w]|[.,-]\d)/g)) {
    const card = cardAt(run)
    if (card !== null && isCard(card)) found.push({ kind: "card", text: card, start: index })
  }
  return found
}
