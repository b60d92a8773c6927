/** What a model server says in an error, whatever the format of its body: one line, short, without markup and keys. */
import { cut } from "@/lib/cut"
import { redactKeys } from "@/lib/redact-keys"

const LONGEST = 300
/** Characters of a body that are parsed. */
const READ = 20_000
/** Nesting of bodies: an error message may be an object, or JSON in a string. */
const DEEPEST = 6
/** Problems of a list that are included. */
const MAX_PROBLEMS = 3

/**
 * Members with a message, most informative first; compared in lowercase without `_` and `-`. Seen at Fireworks, OpenAI,
 * vLLM, llama.cpp, Ollama, LM Studio, Google, Mistral, Azure, AWS, FastAPI, NestJS, Cloudflare, and in RFC 9457.
 */
const SPEAKING = [
  "error",
  "errors",
  "message",
  "msg",
  "detail",
  "errormessage",
  "errormsg",
  "errordescription",
  "err",
  "errmsg",
  "statusmsg",
  "exception",
  "description",
  "faultstring",
  "fault",
  "reason",
  "title",
  "details",
  "innererror",
  // What OpenRouter got from its provider.
  "metadata",
  "raw",
  "text",
]
/** Members that wrap the message. */
const WRAPPING = ["data", "response", "result", "body", "baseresp"]
/** Used if there is no message. */
const NAMING = ["code", "status", "type", "errortype"]
/** A short heading next to the message that explains it: `{"error": "Bad Request", "message": "…"}`. */
const HEADINGS = new Set(["error", "title", "message"])

/** The words of a body, unshortened, possibly with keys; "" if there are none. For comparing, never for display. */
export function rawErrorText(body: string): string {
  const text = body.slice(0, READ).trim()
  if (text === "") return ""
  if (isMarkup(text)) return wordsOfPage(text)
  const json = fromEvents(text) ?? text
  try {
    return wordsOf(JSON.parse(json))
  } catch {
    return /^[[{]/.test(json) ? wordsOfBroken(json) : json
  }
}

/** The words of a parsed body, unshortened, possibly with keys; "" if there are none. */
export function wordsOf(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return ""
  if (typeof value === "string") return wordsOfText(value.trim(), depth)
  if (Array.isArray(value)) {
    const all = [...new Set(value.slice(0, 50).map((item) => wordsOf(item, depth + 1)))].filter(Boolean)
    return all.slice(0, MAX_PROBLEMS).join("; ")
  }
  if (typeof value !== "object" || value === null) return ""
  const members = new Map(
    Object.entries(value).map(([key, member]) => [key.toLowerCase().replace(/[_-]/g, ""), member]),
  )
  const said = SPEAKING.flatMap((key) => {
    const words = wordsOf(members.get(key), depth + 1)
    return words ? [{ key, words }] : []
  })
  const [first, second] = said
  if (!first) return wrappedIn(members, depth) || nameOf(members)
  const place = placeOf(members.get("loc"))
  if (place) return `${place}: ${first.words}`
  const explains = second && HEADINGS.has(first.key) && !first.words.includes(second.words)
  const isHeading = explains && typeof members.get(first.key) === "string" && first.words.length <= 60
  if (!isHeading) return first.words
  return second.words.includes(first.words) ? second.words : `${first.words}: ${second.words}`
}

/** Words as one line for a user: no markup, no keys, at most 300 characters; undefined if nothing remains. */
export function cleanErrorText(words: string): string | undefined {
  const line = redactKeys(words.slice(0, READ))
    // Control characters, including those that change text direction.
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
  if (!line) return undefined
  return line.length > LONGEST ? `${cut(line, LONGEST - 1).trimEnd()}…` : line
}

/** HTML or XML instead of a message: from a proxy, a firewall, a login page. */
export const isMarkup = (body: string): boolean =>
  /^\s*(?:<!--|<!doctype|<\?xml|<[a-z][\w:-]*[\s/>])/i.test(body.slice(0, 1_000))

/** Parses JSON in a string, or a page in one. */
function wordsOfText(text: string, depth: number): string {
  if (isMarkup(text) && /<\/\w+\s*>/.test(text)) return wordsOfPage(text)
  if (!/^[[{]/.test(text)) return text
  try {
    return wordsOf(JSON.parse(text), depth + 1) || text
  } catch {
    return text
  }
}

/** The message inside a wrapper, or of the invalid fields: `{"errors": {"name": ["is too long"]}}`. */
function wrappedIn(members: Map<string, unknown>, depth: number): string {
  for (const key of WRAPPING) {
    const words = typeof members.get(key) === "object" ? wordsOf(members.get(key), depth + 1) : ""
    if (words) return words
  }
  const wrong = members.get("errors") ?? members.get("detail")
  if (typeof wrong !== "object" || wrong === null || Array.isArray(wrong)) return ""
  const fields = Object.entries(wrong).flatMap(([field, told]) => {
    const words = Array.isArray(told) ? wordsOf(told, depth + 1) : ""
    return words ? [`${field}: ${words}`] : []
  })
  return fields.slice(0, MAX_PROBLEMS).join("; ")
}

function nameOf(members: Map<string, unknown>): string {
  const name = NAMING.map((key) => members.get(key)).find(
    (member) => typeof member === "string" && member.trim() !== "",
  )
  return typeof name === "string" ? name : ""
}

/** Location of a validation error: `["body", "messages", 0, "content"]` becomes `messages.0.content`. */
const placeOf = (loc: unknown): string =>
  Array.isArray(loc) ? loc.filter((step, at) => !(at === 0 && step === "body")).join(".") : ""

/** The data of an event stream: an error from a server that was asked for a stream. */
function fromEvents(text: string): string | undefined {
  if (!/^(?:data|event|id|:)/.test(text)) return undefined
  return text.split(/\r?\n/).flatMap((line) => (line.startsWith("data:") ? [line.slice(5).trim()] : []))[0]
}

/** The message in a truncated object. */
function wordsOfBroken(text: string): string {
  const [, words = ""] = /"(?:message|msg|detail|error|reason)"\s*:\s*"((?:[^"\\]|\\.)*)/i.exec(text) ?? []
  return words.length > 3 ? words.replace(/\\[nrt]/g, " ").replace(/\\(.)/g, "$1") : ""
}

/** Title, heading, and first words of a page; code and message of XML. */
function wordsOfPage(page: string): string {
  const bare = page.replace(/<!--[\s\S]*?-->|<(script|style|svg|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
  const inside = (name: string) => {
    const [, , words = ""] = new RegExp(`<(${name})(?:\\s[^>]*)?>([\\s\\S]*?)</`, "i").exec(bare) ?? []
    return textOf(words)
  }
  const all = [inside("title"), inside("code"), inside("message"), inside("h1"), inside("h2"), inside("p")]
  const distinct = all.filter((words, at) => words && !all.slice(0, at).some((before) => before.includes(words)))
  return distinct.length > 0 ? distinct.join(". ").replace(/([.!?])\. /g, "$1 ") : cut(textOf(bare), LONGEST)
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", mdash: "—" }

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d{1,6})|(\w{2,6}));/g, (whole, code?: string, name = "") =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (ENTITIES[name] ?? whole),
    )
    // Removes escaped brackets, so that they can't become tags.
    .replace(/[<>]/g, "")
    .replace(/\s+/g, " ")
    .trim()
