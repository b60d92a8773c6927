/** The Fireworks chat-completions protocol as the demo model reads and writes it. */
import type { CompletionRequest, WireMessage } from "@/lib/demo/protocol/request"
import { readQuoted } from "@/lib/messages/attached-text"
import type { TextFile } from "@/lib/messages/types"

export {
  type CompletionRequest,
  parseRequest,
  WireError,
  type WireMessage,
  type WireTool,
} from "@/lib/demo/protocol/request"

/** The user's text in a message, without attached files. */
export function wordsIn({ content }: WireMessage): string {
  if (typeof content === "string") return content
  const texts = (content ?? []).flatMap((item) => (item.type === "text" && !readQuoted(item.text) ? [item.text] : []))
  return texts.join("\n").trim()
}

/** The text files attached to a message. */
export const filesIn = ({ content }: WireMessage): TextFile[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "text" ? (readQuoted(item.text) ?? []) : []))

/** The text of a message, without its images. */
export function textOf({ content }: WireMessage): string {
  if (typeof content === "string") return content
  return (content ?? [])
    .map((item) => (item.type === "text" ? item.text : ""))
    .join("\n")
    .trim()
}

/** The URLs of a message's images. */
export const imagesOf = ({ content }: WireMessage): string[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "image_url" ? [item.image_url.url] : []))

export const lastUser = (request: CompletionRequest): WireMessage | undefined =>
  request.messages.findLast(({ role }) => role === "user")

/** The schema that an answer must match; null if none was requested. */
export function schemaAskedFor({ response_format: format }: CompletionRequest): Record<string, unknown> | null {
  if (format?.type === "json_schema") return format.json_schema.schema
  return format?.type === "json_object" ? (format.json_schema?.schema ?? format.schema ?? null) : null
}

/** The output of the demo model: reasoning, text, or tool calls. */
export interface Reply {
  reasoning?: string
  text?: string
  calls?: { name: string; arguments: string }[]
}
