/** Checks that the documents of a message belong to the user and fit. */
import { reservedTokens } from "@/lib/ai/output-limit"
import type { ChatRequest } from "@/lib/chat/requests"
import { MAX_PICTURES, roomFor } from "@/lib/documents/fit"
import { documentsOf } from "@/lib/documents/store/documents"
import { AppError } from "@/lib/http/errors"
import { documentExcess, documentPart } from "@/lib/messages/document-part"
import type { MessageParts } from "@/lib/messages/parts"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

const MAX_DOCUMENTS = 10

type AskedPart = ChatRequest["message"]["parts"][number]

/**
 * The parts with the stored facts about their documents. Throws `document:not_found` if one doesn't exist or isn't this
 * user's.
 */
export async function withDocuments(userId: string, parts: AskedPart[]): Promise<MessageParts> {
  const chosen = parts.flatMap((part) => (part.type === "data-document" ? [part.data] : []))
  if (chosen.length > MAX_DOCUMENTS) throw new AppError("document:too_many", { values: { count: MAX_DOCUMENTS } })
  const infos = await documentsOf(
    userId,
    chosen.map(({ documentId }) => documentId),
  )
  return parts.map((part) => {
    if (part.type !== "data-document") return part
    const info = infos.find(({ id }) => id === part.data.documentId)
    if (!info || info.status === "reading") throw new AppError("document:not_found/gone")
    if (info.status === "locked")
      throw new AppError("document:not_found/locked", { values: { name: info.name }, details: { id: info.id } })
    return { type: "data-document", data: documentPart(info, part.data) }
  })
}

/** Whether some of it is only available as images. */
export const hasPictures = (parts: MessageParts): boolean =>
  parts.some((part) => part.type === "file" || (part.type === "data-document" && part.data.pictures > 0))

/** Throws `document:too_long` for the first document that doesn't fit these models in addition to those before it. */
export async function checkDocuments(
  userId: string,
  parts: MessageParts,
  { models, settings }: { models: ModelInfo[]; settings: ChatSettings | undefined },
): Promise<void> {
  const shown = parts.flatMap((part) => (part.type === "data-document" ? [part.data] : []))
  if (shown.length === 0) return
  const infos = await documentsOf(
    userId,
    shown.flatMap(({ documentId }) => documentId ?? []),
  )
  for (const model of models) {
    let room = roomFor(model.contextTokens, reservedTokens(model, { settings }))
    let pictures = 0
    for (const document of shown) {
      const info = infos.find(({ id }) => id === document.documentId)
      const much = info && documentExcess(info, document, room)
      const { name } = document
      pictures += document.pictures
      const details = { id: document.documentId, fits: much?.fits ?? 0 }
      if (much?.of === "tokens")
        throw new AppError("document:too_long", { values: { name, model: model.name, count: much.fits }, details })
      if (pictures > MAX_PICTURES)
        throw new AppError("document:too_long/pictures", { values: { name, limit: MAX_PICTURES }, details })
      room -= document.tokens
    }
  }
}
