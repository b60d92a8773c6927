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

/** What a person says in a message, without the files that came with it. */
export function wordsIn({ content }: WireMessage): string {
  if (typeof content === "string") return content
  const texts = (content ?? []).flatMap((item) => (item.type === "text" && !readQuoted(item.text) ? [item.text] : []))
  return texts.join("\n").trim()
}

/** The files of text that came with a message. */
export const filesIn = ({ content }: WireMessage): TextFile[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "text" ? (readQuoted(item.text) ?? []) : []))

/** The text of a message, without its pictures. */
export function textOf({ content }: WireMessage): string {
  if (typeof content === "string") return content
  return (content ?? [])
    .map((item) => (item.type === "text" ? item.text : ""))
    .join("\n")
    .trim()
}

/** The addresses of a message's pictures. */
export const imagesOf = ({ content }: WireMessage): string[] =>
  typeof content === "string"
    ? []
    : (content ?? []).flatMap((item) => (item.type === "image_url" ? [item.image_url.url] : []))

export const lastUser = (request: CompletionRequest): WireMessage | undefined =>
  request.messages.findLast(({ role }) => role === "user")

/** The schema that an answer has to fit; null when none is asked for. */
export function schemaAskedFor({ response_format: format }: CompletionRequest): Record<string, unknown> | null {
  if (format?.type === "json_schema") return format.json_schema.schema
  return format?.type === "json_object" ? (format.json_schema?.schema ?? format.schema ?? null) : null
}

/** What the demo model says: thinking, text, or calls of tools. */
export interface Reply {
  reasoning?: string
  text?: string
  calls?: { name: string; arguments: string }[]
}
