/** Links to a snapshot of a conversation: created, changed, listed, and revoked by their author. */
import { randomBytes } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { conversationNotFound } from "@/lib/chat/conversations"
import { config } from "@/lib/config"
import { findConversation } from "@/lib/db/conversations"
import { createWithinLimit } from "@/lib/db/limits"
import {
  countLiveShares,
  createShareRow,
  findOwnShare,
  type ListedShare,
  liveSharesOf,
  revokeShareRow,
  sharesOf,
  snapshotOfOwnShare,
  updateShareRow,
} from "@/lib/db/shares"
import { hashOf } from "@/lib/hash/hash"
import { AppError } from "@/lib/http/errors"
import { requireFeature } from "@/lib/quota/offers"
import { draftOf } from "@/lib/share/draft"
import { DEFAULT_OPTIONS, type ShareOptions } from "@/lib/share/options"
import { addPerson, notifyReaders } from "@/lib/share/people"
import type { NewShareRequest, ShareChange } from "@/lib/share/requests"
import { type Snapshot, snapshotOf } from "@/lib/share/snapshot"
import { readOptions, readSnapshot, storedSnapshot } from "@/lib/share/stored"
import type { ShareInfo, SharePreview } from "@/lib/share/types"

/** Random bytes in a token: enough that it can't be guessed. */
const TOKEN_BYTES = 24
/** Maximum number of live links to one conversation: each keeps a copy of it. */
const MAX_LINKS = 50
/** Maximum number of a user's links to list. */
const MAX_LISTED = 500

export const shareNotFound = () => new AppError("share:not_found")

const toInfo = (row: ListedShare): ShareInfo => ({
  ...{ id: row.id, conversationId: row.conversationId, title: row.title, path: `/share/${row.token}` },
  ...{ listed: row.listed, views: row.views, inside: row.inside, upTo: row.upToMessageId },
  origin: config().appUrl ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  passcode: row.passcodeHash !== null,
  people: row.grants.map(({ user }) => user),
  options: readOptions(row.options),
})

interface Asked extends NewShareRequest {
  /** The last message to include. */
  message?: string
}

/**
 * Shares a snapshot of the visible branch as it is now, with all compared answers; or of the branch up to a message.
 * Throws `conversation:not_found`, `message:not_found`, `share:changed` if it doesn't match `digest`, `request:invalid`
 * if there is nothing to show, `limit:reached` if there are already 50 live links, `feature:off`, and
 * `share:person_not_found` for an unknown address.
 */
export async function createShare(userId: string, conversationId: string, asked: Asked = {}): Promise<ShareInfo> {
  await requireFeature("shares")
  const { message, options = DEFAULT_OPTIONS, inside = false, people = [] } = asked
  const made = await snapshotFor(userId, conversationId, { ...asked, message, options })
  if (inside && made.guest) throw new AppError("auth:forbidden")
  const share = {
    ...{ id: uuidv7(), token: randomBytes(TOKEN_BYTES).toString("base64url"), userId, conversationId, inside },
    ...made.row,
    ...{ expiresAt: asked.expiresAt, listed: asked.listed, upToMessageId: message ?? null },
    passcodeHash: asked.passcode ? await hashOf(asked.passcode) : null,
  }
  const row = await createWithinLimit(userId, {
    most: MAX_LINKS,
    count: (client) => countLiveShares(client, conversationId, userId),
    make: (client) => createShareRow(client, share),
  })
  if (!row) throw new AppError("limit:reached/links", { values: { count: MAX_LINKS } })
  if (!inside) return toInfo(row)
  try {
    for (const email of people) await addPerson(userId, row.id, email)
  } catch (error) {
    await revokeShareRow(row.id, userId)
    throw error
  }
  return toInfo((await findOwnShare(row.id, userId)) ?? row)
}

interface Making {
  message?: string
  title?: string
  options: ShareOptions
  digest?: string
}

async function snapshotFor(userId: string, conversationId: string, { message, title, options, digest }: Making) {
  const draft = await draftOf(userId, conversationId, message)
  if (digest !== undefined && digest !== draft.digest) throw new AppError("share:changed")
  const snapshot: Snapshot = snapshotOf(draft, options, title)
  if (snapshot.messages.length === 0) throw new AppError("request:invalid/nothing_to_share")
  const { title: shown, imageIds, authorName } = snapshot
  return {
    guest: draft.guest,
    row: { title: shown, messages: storedSnapshot(snapshot, draft.model), imageIds, authorName, options },
  }
}

/**
 * Changes a link: its title, access, and with `snapshot` its content. Throws as `createShare`, and `share:not_found`.
 */
export async function changeShare(userId: string, id: string, change: ShareChange): Promise<ShareInfo> {
  const known = await findOwnShare(id, userId)
  if (!known) throw shareNotFound()
  const { snapshot, passcode, ...terms } = change
  if (snapshot) await requireFeature("shares")
  const end = snapshot && (snapshot.message === undefined ? known.upToMessageId : snapshot.message)
  const made =
    snapshot &&
    (await snapshotFor(userId, known.conversationId, {
      ...snapshot,
      title: change.title ?? known.title,
      message: end ?? undefined,
    }))
  const done = await updateShareRow(id, userId, {
    ...terms,
    ...made?.row,
    ...(snapshot && { upToMessageId: end }),
    ...(passcode !== undefined && { passcodeHash: passcode && (await hashOf(passcode)) }),
  })
  const row = done && (await findOwnShare(id, userId))
  if (!row) throw shareNotFound()
  if (row.inside) await notifyReaders(id)
  return toInfo(row)
}

/**
 * What could be shared of a conversation, and for an existing link (`share`) what it shows now. Throws as
 * `createShare`, and `share:not_found`.
 */
export async function previewShare(
  userId: string,
  conversationId: string,
  { message, share }: { message?: string; share?: string },
): Promise<Omit<SharePreview, "names">> {
  await requireFeature("shares")
  const { model: _, guest, ...draft } = await draftOf(userId, conversationId, message)
  if (share === undefined) return { ...draft, mayInside: !guest, shared: null }
  const stored = await snapshotOfOwnShare(share, userId)
  if (!stored) throw shareNotFound()
  return { ...draft, mayInside: !guest, shared: readSnapshot(stored.messages).messages }
}

/**
 * All of this user's links to a conversation, newest first, including revoked ones. Throws `conversation:not_found`.
 */
export async function listShares(userId: string, conversationId: string): Promise<ShareInfo[]> {
  if (!(await findConversation(conversationId, userId))) throw conversationNotFound()
  return (await sharesOf(conversationId, userId)).map(toInfo)
}

/** All of this user's links that aren't revoked, newest first; at most 500. */
export const listLiveShares = async (userId: string): Promise<ShareInfo[]> =>
  (await liveSharesOf(userId, MAX_LISTED)).map(toInfo)

/** Disables the link immediately. Throws `share:not_found`, also if it was already revoked. */
export async function revokeShare(userId: string, id: string): Promise<void> {
  if (!(await revokeShareRow(id, userId))) throw shareNotFound()
  await notifyReaders(id)
}
