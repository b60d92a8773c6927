/** Files for a call that a page runs: those in the conversation, and those that the code writes. */
import type { SessionUser } from "@/lib/auth/sessions"
import { conversationNotFound } from "@/lib/chat/conversations"
import { findConversation } from "@/lib/db/conversations"
import { StorageFull } from "@/lib/db/files"
import { addOutput, type KeptOutput } from "@/lib/files/outputs"
import { branchOf } from "@/lib/generation/history"
import { AppError } from "@/lib/http/errors"
import { isRecord } from "@/lib/is-record"
import type { CallFile } from "@/lib/messages/page-calls"
import type { MessageParts } from "@/lib/messages/parts"
import { storageLimit } from "@/lib/quota/quotas"

/** The files of the branch up to a message, the newest for each name. The caller has checked the owner. */
export async function filesFor(conversationId: string, messageId: string): Promise<CallFile[]> {
  const branch = await branchOf(conversationId, messageId)
  const files = new Map<string, CallFile>()
  for (const { parts } of branch) for (const part of parts) for (const file of fileIn(part)) files.set(file.name, file)
  return [...files.values()].slice(-50)
}

function fileIn(part: MessageParts[number]): CallFile[] {
  if (part.type === "data-text-file") return [{ name: part.data.name, text: part.data.text }]
  if (part.type === "file") return [{ name: part.filename ?? part.url.split("/").at(-1) ?? "image", url: part.url }]
  const { type, data }: { type: string; data?: unknown } = part
  if (type !== "data-document" || !isRecord(data)) return []
  const { documentId, name } = data
  if (typeof documentId !== "string" || typeof name !== "string") return []
  return [{ name, url: `/api/documents/${encodeURIComponent(documentId)}/original` }]
}

/** Stores what code wrote as a file of the conversation. Throws `conversation:not_found`, `limit:reached/storage`. */
export async function keepOutput(
  user: SessionUser,
  conversationId: string,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<KeptOutput> {
  if (!(await findConversation(conversationId, user.id))) throw conversationNotFound()
  const mostBytes = await storageLimit(user)
  return addOutput({ userId: user.id, conversationId, name, bytes, mostBytes }).catch((error: unknown) => {
    if (!(error instanceof StorageFull)) throw error
    throw new AppError("limit:reached/storage", { values: { name, limit: Math.floor((mostBytes ?? 0) / 1_000_000) } })
  })
}
