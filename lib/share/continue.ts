/** A reader's own copy of a shared chat, to go on with. */
import { v7 as uuidv7 } from "uuid"
import type { SessionUser } from "@/lib/auth/sessions"
import { whenMade } from "@/lib/chat/branching"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { MAX_TITLE, toSummary } from "@/lib/chat/conversations"
import { fileIdsIn } from "@/lib/chat/files"
import { imageIdOf } from "@/lib/chat/history"
import { readSettings } from "@/lib/chat/settings"
import { cut } from "@/lib/cut"
import { type CopiedMessage, storeCopy } from "@/lib/db/copies"
import { copyDocument } from "@/lib/db/documents/documents"
import { isUniqueViolation } from "@/lib/db/errors"
import { createFileOf, derivativesOf, findFiles, StorageFull } from "@/lib/db/files"
import { findListed } from "@/lib/db/listing"
import { AppError } from "@/lib/http/errors"
import { withToolImages } from "@/lib/messages/tool-images"
import type { ChatMessage } from "@/lib/messages/types"
import { requireOn } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { imagesOf, type Reader } from "@/lib/share/access"
import { sharedSnapshot } from "@/lib/share/open"
import { countCompared } from "@/lib/share/snapshot"
import { tooEarly } from "@/lib/throttle/too-early"
import { triesOf } from "@/lib/throttle/tries"

/** Messages that are written at once. */
const PIECE = 64
const MB = 1_000_000
/** Copies of one person, in a row. */
const PATIENCE = { free: 29, firstMs: 10_000, mostMs: 3_600_000, forgetMs: 6 * 3_600_000 }
const copies = triesOf("copies of shares")

interface Asked {
  /** Of the copy: made by the client, so that the same request again makes no second one. */
  id: string
  /** With which it ends; the last when left out. */
  message?: string
}

/**
 * Copies what a share shows up to a message into a conversation of the reader's, with its images, tools, schemas and settings;
 * nothing that the share doesn't show. Throws `share:not_found`, `message:not_found`, `feature:off`, `limit:reached`.
 */
export async function continueShare(
  user: SessionUser,
  token: string,
  { id, message, cookie }: Asked & Pick<Reader, "cookie">,
): Promise<ConversationSummary> {
  await requireOn("shares")
  const snapshot = await sharedSnapshot(token, { user, cookie })
  if (!snapshot) throw new AppError("share:not_found")
  const known = await findListed(id, user.id)
  if (known) return toSummary(known, false)
  const messages = branchTo(snapshot.messages, message)
  const { waitMs } = await copies.begin([{ name: user.id, schedule: PATIENCE }])
  if (waitMs > 0) throw tooEarly("limit:reached/continued", waitMs)
  const { share } = snapshot.access
  const images = imageCopies(messages, imagesOf(share))
  const { systemPrompt } = snapshot
  const copy = {
    ...{ id, userId: user.id, title: cut(share.title, MAX_TITLE), model: snapshot.model ?? lastModel(messages) },
    settings: readSettings({ ...snapshot.settings, ...(systemPrompt && { systemPrompt }) }),
    files: () => [...images.values()],
  }
  await storeCopy({
    ...copy,
    pieces: async function* () {
      // When the id is taken: nobody else's second request leaves files behind.
      await copyImages(user, share.userId, images)
      for (let from = 0; from < messages.length; from += PIECE)
        yield messages.slice(from, from + PIECE).map((one) => rowOf(one, images))
    },
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
  })
  return toSummary(await whenMade(id, user.id), false)
}

/** The messages up to one; of answers that were compared only that, or the first. */
function branchTo(messages: ChatMessage[], message: string | undefined): ChatMessage[] {
  const begin = messages.length - countCompared(messages)
  const place =
    message === undefined ? Math.min(begin, messages.length - 1) : messages.findIndex(({ id }) => id === message)
  const last = messages[place]
  if (!last) throw new AppError("message:not_found")
  return [...messages.slice(0, Math.min(place, begin)), last]
}

const lastModel = (messages: ChatMessage[]): string | null =>
  messages.findLast(({ metadata }) => metadata?.model)?.metadata?.model ?? null

/** For each image that these messages show, and the share as well: the id of its copy. */
function imageCopies(messages: ChatMessage[], shown: string[]): Map<string, string> {
  const allowed = new Set(shown)
  const ids = messages.flatMap(({ parts }) => fileIdsIn(parts))
  return new Map([...new Set(ids)].filter((id) => allowed.has(id)).map((id) => [id, uuidv7()]))
}

/** Files of the reader's own, of the same bytes. What is lost is left out. Throws `limit:reached` beyond the reader's storage. */
async function copyImages(user: SessionUser, ownerId: string, images: Map<string, string>): Promise<void> {
  if (images.size === 0) return
  const mostBytes = await storageLimit(user)
  const made = await derivativesOf([...images.keys()], ownerId)
  for (const { id, objectKey, ...row } of await findFiles([...images.keys()], ownerId)) {
    const copied = images.get(id)
    if (!copied) continue
    const { kind, mediaType, size, width, height, thumbhash } = row
    const sizes = made.filter(({ fileId }) => fileId === id)
    // A name may have been blacked out: what is shown of it stands in the message.
    const file = {
      id: copied,
      userId: user.id,
      kind,
      mediaType,
      size,
      width,
      height,
      thumbhash,
      name: "image",
      mostBytes,
    }
    const derivatives = sizes.map(({ objectKey: key, ...size }) => ({ ...size, object: { key } }))
    await createFileOf(file, objectKey, derivatives).catch((error: unknown) => {
      if (!(error instanceof StorageFull)) throw error
      throw new AppError("limit:reached/storage_copy", { values: { limit: Math.floor((mostBytes ?? 0) / MB) } })
    })
    if (kind === "document") await copyDocument(id, copied)
  }
}

function rowOf({ role, parts, metadata }: ChatMessage, images: Map<string, string>): CopiedMessage {
  const { status = "complete", createdAt, model, output, outputCheck, reasoningMs } = metadata ?? {}
  const asked = createdAt === undefined ? Number.NaN : Date.parse(createdAt)
  const at = Number.isNaN(asked) ? new Date() : new Date(asked)
  return {
    ...{ role: role === "user" ? "user" : "assistant", createdAt: at, model: model ?? null },
    status: status === "streaming" ? "interrupted" : status,
    parts: parts.map((part) => {
      if (part.type === "data-document") {
        const documentId = images.get(part.data.documentId ?? "")
        return { ...part, data: { ...part.data, documentId } }
      }
      if ("toolCallId" in part)
        return withToolImages(part, (image) => {
          const id = images.get(image.id)
          return id === undefined ? null : { ...image, id }
        })
      const copied = part.type === "file" && images.get(imageIdOf(part.url) ?? "")
      return part.type === "file" && copied ? { ...part, url: `/api/images/${copied}` } : part
    }),
    ...(output && { output }),
    ...(outputCheck && { outputCheck }),
    ...(reasoningMs !== undefined && { reasoningMs: Math.round(reasoningMs) }),
    ...(role === "assistant" && { endedAt: at }),
  }
}
