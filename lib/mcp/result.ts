/**
 * Converts a server's result for storage: images are stored as the user's own, other binary data is only named, and
 * everything has a size limit.
 */
import type { CallToolResult } from "@modelcontextprotocol/client"
import type { StoreFullResult } from "@/lib/ai/tools/whole"
import { cut } from "@/lib/cut"
import { recordFileUse } from "@/lib/db/files"
import { addImage } from "@/lib/images/images"
import { isSameJson } from "@/lib/json-text"
import type { Server } from "@/lib/mcp/servers"
import type { McpContent, McpOutput } from "@/lib/mcp/types"

const MAX_PARTS = 100
const MAX_IMAGES = 10
const MAX_TEXT = 100_000
const MAX_WORDS = 2_000

type Content = CallToolResult["content"][number]

export interface Keeping {
  userId: string
  /** The conversation that shows the images. */
  conversationId: string
  /** Storage limit for all of the user's files; null for no limit. */
  mostBytes: number | null
  /** Stores the full text of anything truncated. */
  keepWhole?: StoreFullResult | undefined
}

/** The result of a call. An image that can't be read, or doesn't fit, is only named. */
export async function outputOf(
  { name }: Pick<Server, "name">,
  tool: string,
  result: CallToolResult,
  keeping: Keeping,
): Promise<McpOutput> {
  const { content, structuredContent } = result
  const room = { images: MAX_IMAGES, text: MAX_TEXT, isCut: false }
  const parts: McpContent[] = []
  for (const part of content.slice(0, MAX_PARTS)) parts.push(await partOf(part, keeping, room))
  const left = content.length - parts.length
  const structured = structuredContent !== undefined && fits(structuredContent)
  const isPart = room.isCut || left > 0 || (structuredContent !== undefined && !structured)
  const whole = isPart && (await keeping.keepWhole?.(wholeOf(tool, result)))
  return {
    ...{ server: name, tool, content: parts },
    ...(structured && { structured: structuredContent }),
    ...(left > 0 && { leftOut: left }),
    ...(whole && { whole }),
  }
}

/** Text as is, anything else as sent by the server. */
function wholeOf(tool: string, { content, structuredContent }: CallToolResult): { name: string; text: string } {
  const name = tool.replace(/[^\w.-]+/g, "_").slice(0, 100)
  const texts = content.flatMap((part) => (part.type === "text" ? [part.text] : []))
  if (structuredContent === undefined && texts.length === content.length)
    return { name: `${name}.txt`, text: texts.join("\n\n") }
  return { name: `${name}.json`, text: JSON.stringify({ content, structuredContent }, null, 2) }
}

const fits = (value: unknown) => JSON.stringify(value).length <= MAX_TEXT

interface Room {
  images: number
  text: number
  isCut: boolean
}

async function partOf(part: Content, keeping: Keeping, room: Room): Promise<McpContent> {
  switch (part.type) {
    case "text":
      return { type: "text", text: taken(part.text, room) }
    case "image":
      return imageOf(part.data, part.mimeType, keeping, room)
    case "audio":
      return { type: "audio", mediaType: short(part.mimeType), bytes: bytesOf(part.data) }
    case "resource_link": {
      const { uri, name, title, description, mimeType } = part
      return {
        ...{ type: "link", uri: short(uri), name: short(name) },
        ...(title && { title: short(title) }),
        ...(description && { description: short(description) }),
        ...(mimeType && { mediaType: short(mimeType) }),
      }
    }
    case "resource": {
      const { uri, mimeType } = part.resource
      const about = { type: "resource" as const, uri: short(uri), ...(mimeType && { mediaType: short(mimeType) }) }
      if ("text" in part.resource) return { ...about, text: taken(part.resource.text, room) }
      if (mimeType?.startsWith("image/")) {
        const image = await imageOf(part.resource.blob, mimeType, keeping, room)
        if (image.type === "image") return image
      }
      return { ...about, bytes: bytesOf(part.resource.blob) }
    }
    default:
      return { type: "text", text: taken(JSON.stringify(part), room) }
  }
}

const short = (text: string) => cut(text, MAX_WORDS)
const bytesOf = (base64: string) => Math.floor((base64.replace(/=+$/, "").length * 3) / 4)

function taken(text: string, room: Room): string {
  room.isCut ||= text.length > room.text
  const fitting = text.length <= room.text ? text : `${cut(text, Math.max(0, room.text))}…`
  room.text -= fitting.length
  return fitting
}

async function imageOf(data: string, mediaType: string, keeping: Keeping, room: Room): Promise<McpContent> {
  const lost = { type: "lost_image" as const, mediaType: short(mediaType), bytes: bytesOf(data) }
  if (room.images <= 0) return lost
  room.images--
  try {
    const { id, width, height } = await addImage(
      keeping.userId,
      Buffer.from(data, "base64"),
      "image",
      keeping.mostBytes,
    )
    await recordFileUse(keeping.conversationId, id)
    return { type: "image", id, width, height }
  } catch {
    return lost
  }
}

/** The text of a result marked as an error. */
export const errorTextOf = ({ content }: CallToolResult): string =>
  content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n")
    .slice(0, MAX_WORDS)

/** What the model receives of a result; images follow it. */
export function toldOf({ content, structured, leftOut, whole }: McpOutput): string {
  const texts = content.map((part) => {
    if (part.type === "text") return part.text
    if (part.type === "image") return "[image, shown below]"
    if (part.type === "lost_image") return `[image that can't be shown: ${part.mediaType}, ${part.bytes} bytes]`
    if (part.type === "audio") return `[audio: ${part.mediaType}, ${part.bytes} bytes]`
    if (part.type === "link")
      return `[link] ${part.title ?? part.name}: ${part.uri}${part.description ? ` (${part.description})` : ""}`
    return part.text === undefined
      ? `[resource ${part.uri}: ${part.mediaType ?? "unknown type"}, ${part.bytes ?? 0} bytes]`
      : `[resource ${part.uri}]\n${part.text}`
  })
  const data = structured === undefined ? "" : JSON.stringify(structured)
  // Servers repeat their structured result as text, for clients that don't support it.
  const repeated = texts.some((text) => isSameJson(text, data))
  const left = leftOut ? `[${leftOut} more parts left out]` : ""
  return [...texts, repeated ? "" : data, left, whole ? "[Truncated. The person can download the full result.]" : ""]
    .filter(Boolean)
    .join("\n\n")
}
