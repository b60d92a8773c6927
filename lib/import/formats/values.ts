/** Reads values from third-party files: each function returns the expected type or nothing, whatever the input. */
import { isRecord } from "@/lib/is-record"
import type { MessageParts } from "@/lib/messages/parts"

export type Entry = Record<string, unknown>

export const entryOf = (value: unknown): Entry => (isRecord(value) && !Array.isArray(value) ? value : {})
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const entriesOf = (value: unknown): Entry[] => listOf(value).filter(isRecord)
export const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

/** Maximum length in characters of an ID, a name, a model; anything longer isn't legitimate. */
const LONGEST_NAME = 300

/** As the databases store it: without NUL and lone surrogates. */
export const nameOf = (value: unknown): string | null =>
  textOf(value)?.trim().slice(0, LONGEST_NAME).replaceAll("\0", "\uFFFD").toWellFormed() || null

/** An ID: a text or a number, or Mongo's `{"$oid": …}`. */
export function idOf(value: unknown): string | null {
  if (typeof value === "number") return String(value)
  return nameOf(value) ?? nameOf(entryOf(value).$oid)
}

/** Plausible range of dates for a chat. */
const [EARLIEST, LATEST] = [Date.UTC(2000, 0), Date.UTC(2100, 0)]

/** A date in any common form: ISO text, seconds, milliseconds or nanoseconds, Mongo's `{"$date": …}`. */
export function dateOf(value: unknown): number | null {
  if (isRecord(value)) return dateOf(value.$date)
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  const found = typeof number === "number" && !Number.isNaN(number) ? milliseconds(number) : parsed(value)
  return found !== null && found >= EARLIEST && found <= LATEST ? found : null
}

const parsed = (value: unknown): number | null => {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}

function milliseconds(value: number): number {
  if (value < 1e11) return Math.round(value * 1_000)
  if (value < 1e14) return Math.round(value)
  return Math.round(value < 1e17 ? value / 1e3 : value / 1e6)
}

type Part = MessageParts[number]

/** A text part; none if the text is empty. */
export const textPart = (text: unknown): Part[] =>
  typeof text === "string" && text.trim() !== "" ? [{ type: "text", text }] : []

export const reasoningPart = (text: unknown): Part[] =>
  typeof text === "string" && text.trim() !== "" ? [{ type: "reasoning", text }] : []

interface Call {
  id: string
  name: string
  input: unknown
  /** Missing if there is no result. */
  output?: unknown
  failed?: boolean
}

/** A tool call with its result. */
export function callPart({ id, name, input, output, failed }: Call): Part {
  const call = {
    type: "dynamic-tool" as const,
    toolCallId: id.slice(0, LONGEST_NAME),
    // Model servers accept no other characters.
    toolName: name.replace(/[^a-zA-Z0-9_-]+/g, "_").slice(0, 64) || "tool",
    input: shallow(input),
  }
  if (output === undefined || failed)
    return { ...call, state: "output-error", errorText: typeof output === "string" ? output : "" }
  return { ...call, state: "output-available", output: shallow(output) }
}

/** Nesting limit for tool inputs and outputs. */
const DEEPEST = 60

/** Replaces a value that is nested too deeply with “…”. */
function shallow(value: unknown): unknown {
  return depthWithin(value, DEEPEST) ? (value ?? null) : "…"
}

/** Whether a value is nested no deeper than `most` levels. */
export function depthWithin(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return false
    const next: unknown[] = []
    for (const one of level)
      if (typeof one === "object" && one !== null) for (const v of Object.values(one)) next.push(v)
    level = next
  }
  return true
}

/** Parsed JSON, or the value unchanged if it isn't JSON. */
export function jsonOrText(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export interface Cited {
  title: string | null
  url: string | null
}

/** Sources as a readable list, deduplicated; nothing if there are none. */
export function sourcesText(sources: Cited[]): Part[] {
  const lines = new Set(sources.flatMap((source) => linkOf(source) ?? []).map((link) => `- ${link}`))
  return lines.size > 0 ? textPart([...lines].join("\n")) : []
}

/** A Markdown link to a web page; only the title if there is no link. */
export function linkOf({ title, url }: Cited): string | null {
  const said = (title ?? url)?.replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&")
  if (!said) return null
  return url && /^https?:\/\/[^\s<>()]+$/i.test(url) ? `[${said}](${url})` : said
}

/** A text file inlined in the message. */
export function textFilePart(name: unknown, text: string): Part {
  const line = (nameOf(name) ?? "file.txt").replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 255)
  const mediaType = /\.md$/i.test(line) ? "text/markdown" : "text/plain"
  return { type: "data-text-file", data: { name: line, mediaType, text } }
}

/** Whether something claims to be an image, by its type or its name. */
export const isImage = (type: unknown, name: unknown): boolean =>
  /^image\b/.test(String(type ?? "")) || /\.(?:png|jpe?g|webp|gif|avif|tiff?)$/i.test(String(name ?? ""))
