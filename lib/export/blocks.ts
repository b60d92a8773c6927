/** Message parts as Markdown for people to read. */
import type { SentenceKey } from "@/lib/i18n/sentences"
import { imageAltText } from "@/lib/messages/image-facts"
import type { ChatMessage } from "@/lib/messages/types"

interface Telling {
  /** Path of the image with this URL; null: it isn't included. */
  imageAt: (url: string) => string | null
  /** Path of the document with this id; null or omitted: it isn't included. */
  documentAt?: (id: string) => string | null
  /** Includes the model's thinking. */
  thinking?: boolean
  say: (key: SentenceKey, values?: Record<string, string>) => string
}

/** A message part as Markdown; null if there is nothing to read. */
export function blockOf(
  part: ChatMessage["parts"][number],
  { metadata, role }: ChatMessage,
  telling: Telling,
): string | null {
  const { say, imageAt, documentAt, thinking } = telling
  if (part.type === "text") return metadata?.output && role === "assistant" ? fenced(part.text, "json") : part.text
  if (part.type === "reasoning") return thinking && part.text ? quoted(part.text) : null
  if (part.type === "data-steer") return quoted(`**${say("export:you")}**\n\n${part.data.text}`)
  if (part.type === "file") {
    const name = oneLine(imageAltText(part) ?? say("export:image"))
    const path = imageAt(part.url)
    return path ? `![${escaped(name)}](${path})` : `*${escaped(say("export:image_left_out", { name }))}*`
  }
  if (part.type === "data-document") {
    const path = part.data.documentId ? documentAt?.(part.data.documentId) : null
    const name = escaped(oneLine(part.data.name))
    return path ? `**[${name}](${path})**` : `**${name}**`
  }
  if (part.type === "data-text-file") return `**${escaped(oneLine(part.data.name))}**\n\n${fenced(part.data.text)}`
  if (part.type === "dynamic-tool" || part.type.startsWith("tool-")) return toolOf(part)
  return null
}

function toolOf(part: ChatMessage["parts"][number]): string | null {
  if (!("toolCallId" in part)) return null
  const name = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
  const output = part.state === "output-available" ? part.output : part.state === "output-error" ? part.errorText : null
  const pieces = [part.input, output].filter((value) => value !== undefined && value !== null)
  return [`**${escaped(name)}**`, ...pieces.map((value) => fenced(JSON.stringify(value, null, 2), "json"))].join("\n\n")
}

/** A code fence that the text can't close. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

export const oneLine = (text: string) => text.replace(/\s+/g, " ").trim()
const escaped = (text: string) => text.replace(/[\\`*_[\]<>]/g, "\\$&")
/** As a quotation. */
const quoted = (text: string) => text.replace(/^/gm, "> ")
