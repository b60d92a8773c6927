/** A branch of a conversation, up to one of its messages, as a conversation of its own. */
import { setTimeout as wait } from "node:timers/promises"
import { z } from "zod"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { conversationNotFound, MAX_TITLE, toSummary } from "@/lib/chat/conversations"
import { fileIdsInStored } from "@/lib/chat/files"
import { pathTo } from "@/lib/chat/tree"
import { cut } from "@/lib/cut"
import { db } from "@/lib/db/client"
import { findConversation } from "@/lib/db/conversations"
import { type CopiedMessage, isBeingCopied, messagesToCopy, sizesOf, storeCopy } from "@/lib/db/copies"
import { isUniqueViolation } from "@/lib/db/errors"
import { folderExists } from "@/lib/db/folders"
import { findListed } from "@/lib/db/listing"
import { messagesByIds, treeOf } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { inWords } from "@/lib/i18n/sentences"
import { idSchema } from "@/lib/ids"
import { singleton } from "@/lib/singleton"
import { createFairLimiter } from "@/lib/work/fair-limiter"

/** `POST /api/conversations`: the new conversation's id is made by the client. */
export const branchSchema = z.strictObject({ id: idSchema, from: idSchema, message: idSchema })
type BranchRequest = z.infer<typeof branchSchema>

/** Of one piece: some 10 ms of work. */
const PIECE = { messages: 64, bytes: 500_000 }

/** Copies that a person may ask for at once; one is made after the other. */
export const MOST_COPIES = 8

interface Copying {
  inTurn: ReturnType<typeof createFairLimiter>
  /** How many each person has asked for that are not made yet. */
  asked: Map<string, number>
}

const copying = () => singleton("copying", (): Copying => ({ inTurn: createFairLimiter(2, 1), asked: new Map() }))

async function inTurn<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const { inTurn, asked } = copying()
  const before = asked.get(userId) ?? 0
  if (before >= MOST_COPIES) throw new AppError("limit:reached/copies")
  asked.set(userId, before + 1)
  try {
    return await inTurn(userId, work)
  } finally {
    const left = (asked.get(userId) ?? 1) - 1
    if (left > 0) asked.set(userId, left)
    else asked.delete(userId)
  }
}

/**
 * Copies the messages up to `message`, with all that is known of each, into a conversation `id` with the model, the
 * settings and the folder of the old one. The same request again changes nothing. Throws `conversation:not_found`, also
 * for a temporary one, `message:not_found`, `conversation:busy` for an answer that is being written, `message:compared`
 * for one whose model is not told yet, `limit:reached` for too many at once.
 */
export const makeBranch = (userId: string, asked: BranchRequest, language: Language): Promise<ConversationSummary> =>
  inTurn(userId, () => copyBranch(userId, asked, language))

async function copyBranch(
  userId: string,
  { id, from, message }: BranchRequest,
  language: Language,
): Promise<ConversationSummary> {
  const known = await findListed(id, userId)
  if (known) return toSummary(known, false)
  const source = await findConversation(from, userId)
  if (!source || source.temporary) throw conversationNotFound()
  const path = pathTo(await treeOf(from), message)
  if (path.length === 0) throw new AppError("message:not_found")
  if (path.some(({ status }) => status === "streaming")) throw new AppError("conversation:busy")
  const [last] = await messagesByIds(from, [message])
  if (last?.blind) throw new AppError("message:compared")
  const inFolder = source.folderId !== null && (await folderExists(db(), source.folderId, userId))
  const files = new Set<string>()
  const copy = {
    ...{ id, userId, title: titleOf(source.title, language), model: source.model, settings: source.settings },
    ...{ folderId: inFolder ? source.folderId : null, files: () => [...files] },
  }
  const ids = path.map((node) => node.id)
  const sizes = await sizesOf(from)
  await storeCopy({ ...copy, pieces: () => piecesOf(ids, { sizes, files }) }).catch((error: unknown) => {
    // Somebody made this very one in between, or has the id.
    if (!isUniqueViolation(error)) throw error
  })
  return toSummary(await whenMade(id, userId), false)
}

/** Looks for a copy that another request makes, and milliseconds between two. */
const LOOKS = 200
const LOOK_EVERY_MS = 50

/** The copy, as soon as it is whole. */
export async function whenMade(id: string, userId: string) {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await wait(LOOK_EVERY_MS)
    const beingMade = await isBeingCopied(id, userId)
    const made = await findListed(id, userId)
    if (made) return made
    if (!beingMade) throw conversationNotFound()
  }
  throw new AppError("conversation:busy")
}

/** “Branch of X”, also of a branch of X. */
function titleOf(title: string, language: Language): string {
  const named = (of: string) => inWords({ key: "branch:title", values: { title: of } }, language)
  const [before = "", after = ""] = named("\n").split("\n")
  const isBranch = title.startsWith(before) && title.endsWith(after) && title.length > before.length + after.length
  return isBranch ? title : named(cut(title, MAX_TITLE - before.length - after.length))
}

interface Around {
  /** Bytes of each message. */
  sizes: Map<string, number>
  /** Takes the ids of the files that are shown. */
  files: Set<string>
}

async function* piecesOf(ids: string[], { sizes, files }: Around): AsyncIterable<CopiedMessage[]> {
  for (let from = 0; from < ids.length; ) {
    let to = from
    for (let bytes = 0; to < ids.length && to - from < PIECE.messages; to++) {
      bytes += sizes.get(ids[to] ?? "") ?? 0
      if (to > from && bytes > PIECE.bytes) break
    }
    const piece = await messagesToCopy(ids.slice(from, to))
    // It was gone on with meanwhile.
    if (piece.some(({ status }) => status === "streaming")) throw new AppError("conversation:busy")
    for (const { parts } of piece) for (const id of fileIdsInStored(parts)) files.add(id)
    yield piece
    from = to
  }
}
