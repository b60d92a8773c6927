/** What a reader sees of a share. */
import { imageIdOf } from "@/lib/chat/history"
import { countView, snapshotOfShare } from "@/lib/db/shares"
import type { Language } from "@/lib/i18n/language"
import { logFault } from "@/lib/log"
import { createSentenceRenderer, localizedMessage } from "@/lib/messages/spoken"
import { withToolImages } from "@/lib/messages/tool-images"
import type { ChatMessage } from "@/lib/messages/types"
import { type Access, accessTo, imagesOf, type Reader } from "@/lib/share/access"
import { countCompared } from "@/lib/share/snapshot"
import { type ReadSnapshot, readSnapshot } from "@/lib/share/stored"

export interface SharedConversation {
  id: string
  title: string
  /** When the shown snapshot was made. */
  createdAt: string
  messages: ChatMessage[]
  /** Answers to the last message that were compared when the link was made. */
  compared: ChatMessage[]
  systemPrompt: string | null
  authorName: string | null
  listed: boolean
  /** Not public to everyone with the link: previews reveal nothing of it. */
  guarded: boolean
  inside: boolean
  own: boolean
}

export type OpenedShare = Exclude<Access, { state: "open" }> | { state: "open"; share: SharedConversation }

/** What a token shows this reader. Image URLs contain the token. */
export async function openShare(token: string, reader: Reader, language?: Language): Promise<OpenedShare> {
  const access = await accessTo(token, reader)
  if (access.state !== "open") return access
  const { share: row, own } = access
  const { messages, systemPrompt } = readSnapshot(await snapshotOfShare(row.id))
  const images = new Set(imagesOf(row))
  const speak = language && createSentenceRenderer(language)
  const shown = messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => withToken(part, token, images)),
  }))
  const spoken = speak ? shown.map(localizedMessage(speak)) : shown
  const begin = messages.length - countCompared(messages)
  return {
    state: "open",
    share: {
      ...{ id: row.id, title: row.title, systemPrompt, authorName: row.authorName, listed: row.listed, own },
      ...{ inside: row.inside, guarded: row.inside || row.passcodeHash !== null },
      createdAt: (row.updatedAt ?? row.createdAt).toISOString(),
      messages: spoken.slice(0, begin),
      compared: spoken.slice(begin),
    },
  }
}

type Part = ChatMessage["parts"][number]

function withToken(part: Part, token: string, images: ReadonlySet<string>): Part {
  // Older shares don't show images in tool results.
  if ("toolCallId" in part)
    return withToolImages(part, (image) => (images.has(image.id) ? { ...image, share: token } : null))
  if (part.type === "data-document" && part.data.documentId) return { ...part, data: { ...part.data, share: token } }
  if (part.type !== "file" || imageIdOf(part.url) === null) return part
  return { ...part, url: `${part.url}?share=${token}` }
}

/** The stored snapshot, for continuing the chat; null if this reader may not see it. */
export async function sharedSnapshot(
  token: string,
  reader: Reader,
): Promise<(ReadSnapshot & { access: Extract<Access, { state: "open" }> }) | null> {
  const access = await accessTo(token, reader)
  return access.state === "open" ? { access, ...readSnapshot(await snapshotOfShare(access.share.id)) } : null
}

/**
 * Counts a view of a share, except by its author, on reloads, on prefetches, and for HEAD requests. The viewer's
 * identity is not stored. Never throws.
 */
export async function noteView({ id, own }: SharedConversation, headers: Headers, method: string): Promise<void> {
  const again = /(?:^|,)\s*(?:no-cache|max-age=0)/.test(headers.get("cache-control") ?? "")
  const ahead = headers.get("sec-purpose")?.includes("prefetch") || headers.has("next-router-prefetch")
  if (own || again || ahead || method === "HEAD") return
  await countView(id).catch((error: unknown) => logFault("counting a view of a share", error))
}
