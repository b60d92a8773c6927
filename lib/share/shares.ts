/** Links to a snapshot of a conversation. A link grants reading of that snapshot and nothing else. */
import { randomBytes } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { conversationNotFound } from "@/lib/chat/conversations"
import { imageIdOf, imageIdsOf } from "@/lib/chat/history"
import { viewConversation } from "@/lib/chat/view"
import { config } from "@/lib/config"
import { findConversation } from "@/lib/db/conversations"
import { makeUnlessFull } from "@/lib/db/limits"
import {
  countLiveShares,
  createShareRow,
  imagesOfLiveShare,
  liveShare,
  liveSharesOf,
  revokeShareRow,
  type ShareRow,
  sharesOf,
} from "@/lib/db/shares"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { hasContent, parseParts } from "@/lib/messages/parts"
import { speakIn, spokenMessage } from "@/lib/messages/spoken"
import { type ChatMessage, messageMetadataSchema } from "@/lib/messages/types"
import type { ShareInfo } from "@/lib/share/types"

/** Bytes of chance in a token: more than can be guessed. */
const TOKEN_BYTES = 24
const TOKEN = /^[A-Za-z0-9_-]{32}$/
/** Live links to one conversation: each keeps a copy of it. */
const MOST_LINKS = 50

export const shareNotFound = () => new AppError("share:not_found")

const toInfo = ({ id, token, title, createdAt, revokedAt }: Omit<ShareRow, "messages" | "imageIds">): ShareInfo => ({
  id,
  path: `/share/${token}`,
  origin: config().appUrl ?? null,
  title,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
})

/**
 * A snapshot of the shown branch as it is now, with all answers that are compared; or of the branch up to `messageId`.
 * Left out: an answer that is still being written, the model's reasoning, errors and costs. Throws
 * `conversation:not_found`, `message:not_found`, `request:invalid` when there is nothing to show, `limit:reached` from 50
 * live links on.
 */
export async function createShare(userId: string, conversationId: string, messageId?: string): Promise<ShareInfo> {
  const view = await viewConversation(userId, conversationId, {}, messageId)
  if (!view || (await findConversation(conversationId, userId))?.temporary) throw conversationNotFound()
  if (messageId !== undefined && view.messages.length === 0) throw new AppError("message:not_found")
  const shown = view.compared.length > 0 ? [...view.messages.slice(0, -1), ...view.compared] : view.messages
  const messages = shown
    .filter(({ metadata }) => metadata?.status !== "streaming")
    .map(toSnapshot)
    .filter(({ parts }) => hasContent(parts))
  if (messages.length === 0) throw new AppError("request:invalid/nothing_to_share")
  const token = randomBytes(TOKEN_BYTES).toString("base64url")
  const share = {
    id: uuidv7(),
    token,
    userId,
    conversationId,
    title: view.conversation.title,
    messages,
    imageIds: [...new Set(imageIdsOf(messages))],
  }
  const row = await makeUnlessFull(userId, {
    most: MOST_LINKS,
    count: (client) => countLiveShares(client, conversationId, userId),
    make: (client) => createShareRow(client, share),
  })
  if (!row) throw new AppError("limit:reached/links", { values: { count: MOST_LINKS } })
  return toInfo(row)
}

/** Parts that concern only who asked. */
const UNSHARED: ReadonlySet<string> = new Set(["reasoning", "data-alternatives", "data-change"])

function toSnapshot({ id, role, parts, metadata }: ChatMessage): ChatMessage {
  const kept = metadata && {
    parentId: metadata.parentId,
    createdAt: metadata.createdAt,
    status: metadata.status,
    ...(metadata.model ? { model: metadata.model } : {}),
    ...(metadata.merged ? { merged: metadata.merged } : {}),
    ...(metadata.output ? { output: metadata.output } : {}),
    ...(metadata.outputCheck ? { outputCheck: metadata.outputCheck } : {}),
  }
  return { id, role, parts: parts.filter(({ type }) => !UNSHARED.has(type)), metadata: kept }
}

/** All links to a conversation of this user, newest first, revoked ones too. Throws `conversation:not_found`. */
export async function listShares(userId: string, conversationId: string): Promise<ShareInfo[]> {
  if (!(await findConversation(conversationId, userId))) throw conversationNotFound()
  return (await sharesOf(conversationId, userId)).map(toInfo)
}

/** Links of this user that are listed at once. */
const MOST_LISTED = 500

/** All links of this user that work, newest first; the newest 500. */
export const listLiveShares = async (userId: string): Promise<ShareInfo[]> =>
  (await liveSharesOf(userId, MOST_LISTED)).map(toInfo)

/** The link stops working at once. Throws `share:not_found`, also for one that was revoked before. */
export async function revokeShare(userId: string, id: string): Promise<void> {
  if (!(await revokeShareRow(id, userId))) throw shareNotFound()
}

interface SharedConversation {
  title: string
  createdAt: string
  messages: ChatMessage[]
  /** Answers to the last of the messages that were compared when the link was made. */
  compared: ChatMessage[]
}

const snapshotMessage = z.object({
  id: z.string(),
  role: z.enum(["user", "assistant"]),
  parts: z.unknown(),
  metadata: messageMetadataSchema.optional().catch(undefined),
})

/** What a link shows, image addresses carrying the link's token; null when it is unknown or revoked. */
export async function openShare(token: string, language?: Language): Promise<SharedConversation | null> {
  const row = TOKEN.test(token) ? await liveShare(token) : null
  if (!row) return null
  const messages = (Array.isArray(row.messages) ? row.messages : []).flatMap((stored): ChatMessage[] => {
    // What another version wrote and this one can't read is left out; the rest is shown.
    const { data: message } = snapshotMessage.safeParse(stored)
    return message ? [{ ...message, parts: parseParts(message.parts).map((part) => withToken(part, token)) }] : []
  })
  const speak = language && speakIn(language)
  const spoken = speak ? messages.map(spokenMessage(speak)) : messages
  const begin = messages.length - countCompared(messages)
  return {
    title: row.title,
    createdAt: row.createdAt.toISOString(),
    messages: spoken.slice(0, begin),
    compared: spoken.slice(begin),
  }
}

/** How many messages at the end answer the same one: on a branch that does nothing but a comparison. */
function countCompared(messages: ChatMessage[]): number {
  const question = messages.at(-1)?.metadata?.parentId ?? null
  const other = messages.findLastIndex(({ metadata }) => question === null || metadata?.parentId !== question)
  const count = messages.length - 1 - other
  return count > 1 ? count : 0
}

function withToken(part: ChatMessage["parts"][number], token: string): ChatMessage["parts"][number] {
  if (part.type !== "file" || imageIdOf(part.url) === null) return part
  return { ...part, url: `${part.url}?share=${token}` }
}

/** Whose image this link shows, or null when it does not show that image. */
export async function ownerOfSharedImage(token: string, imageId: string): Promise<string | null> {
  const row = TOKEN.test(token) ? await imagesOfLiveShare(token) : null
  return row && z.array(z.string()).catch([]).parse(row.imageIds).includes(imageId) ? row.userId : null
}
