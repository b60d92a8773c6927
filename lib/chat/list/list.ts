/** A user's conversation list: its pages, its outline, and bulk changes. Every query includes the owner. */
import { conversationNotFound, toSummary } from "@/lib/chat/conversations"
import { folderNotFound } from "@/lib/chat/list/folders"
import type { BulkChange, Cursor } from "@/lib/chat/list/list-requests"
import {
  type FirstList,
  type ListOutline,
  type ListPage,
  MAX_TAGS,
  orderKey,
  placeAfter,
  type Section,
  tagName,
} from "@/lib/chat/list/sections"
import { db, type Transaction } from "@/lib/db/client"
import { isMissingTarget } from "@/lib/db/errors"
import { folderExists, foldersOf } from "@/lib/db/folders"
import { runningConversations } from "@/lib/db/generations"
import {
  archivedCount,
  folderCounts,
  listedByIds,
  type Part,
  type Placement,
  pageOf,
  placeConversations,
  tagConversations,
  tagCounts,
  tooManyTags,
} from "@/lib/db/listing"
import { AppError } from "@/lib/http/errors"

/** Conversations per section that are sent with the page itself. */
const FIRST = 50
/** A generous limit: pins only make sense for few conversations. */
const MAX_PINNED = 200

function partOf(section: Section): Part {
  if (section.startsWith("folder:")) return { of: "folder", folderId: section.slice("folder:".length) }
  if (section.startsWith("tag:")) return { of: "tag", name: tagName(section.slice("tag:".length)) }
  return { of: section === "pinned" || section === "archived" || section === "list" ? section : "all" }
}

/** A page of a section of the list, newest first. */
export async function listPage(
  userId: string,
  section: Section,
  { cursor, limit }: { cursor?: Cursor; limit: number },
): Promise<ListPage> {
  return pageWith(await runningConversations(userId), userId, section, { cursor, limit })
}

async function pageWith(
  running: Set<string>,
  userId: string,
  section: Section,
  { cursor, limit }: { cursor?: Cursor; limit: number },
): Promise<ListPage> {
  const rows = await pageOf(userId, partOf(section), { after: cursor, limit: limit + 1 })
  const conversations = rows.slice(0, limit).map((row) => toSummary(row, running.has(row.id)))
  const last = conversations.at(-1)
  return { conversations, cursor: rows.length > limit && last ? orderKey(last) : null }
}

/** The outline of the list. */
export const outlineOf = async (userId: string): Promise<ListOutline> =>
  outlineWith(await runningConversations(userId), userId)

async function outlineWith(running: Set<string>, userId: string): Promise<ListOutline> {
  const [folders, counts, tags, archived] = await Promise.all([
    foldersOf(userId),
    folderCounts(userId),
    tagCounts(userId),
    archivedCount(userId),
  ])
  const beingAnswered = running.size > 0 ? await listedByIds([...running], userId) : []
  return {
    folders: folders
      .map(({ id, name }) => ({
        id,
        name,
        count: counts.all.get(id) ?? 0,
        unseen: counts.unseen.get(id) ?? 0,
        running: beingAnswered.filter((row) => row.folderId === id && !row.archivedAt).length,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, "en", { sensitivity: "base", numeric: true })),
    tags,
    archived,
  }
}

export const emptyList: FirstList = { outline: { folders: [], tags: [], archived: 0 }, pages: [] }

/** The list data for the first render: the newest and pinned conversations, and those in open folders. */
export async function firstList(userId: string, openFolders: string[]): Promise<FirstList> {
  const running = await runningConversations(userId)
  const outline = await outlineWith(running, userId)
  const sections: Section[] = [
    "pinned",
    "list",
    ...outline.folders.filter(({ id }) => openFolders.includes(id)).map(({ id }): Section => `folder:${id}`),
  ]
  const pages = await Promise.all(
    sections.map(async (section) => ({
      section,
      page: await pageWith(running, userId, section, { limit: section === "pinned" ? MAX_PINNED : FIRST }),
    })),
  )
  return { outline, pages }
}

/** The columns for a change. */
function placement(change: Exclude<BulkChange, { tags: unknown }>): Placement {
  const since = (is: boolean | undefined) => (is === undefined ? undefined : is ? new Date() : null)
  if ("deleted" in change) return { deletedAt: since(change.deleted) }
  const { pinned, archived, folderId } = placeAfter(change)
  return {
    ...{ pinnedAt: since(pinned), archivedAt: since(archived) },
    ...(folderId === undefined ? {} : { folderId, formerFolderId: null }),
  }
}

/**
 * Applies one change to all of these conversations that belong to the user, or to none. Throws `conversation:not_found`
 * if none does, `folder:not_found`, and `limit:reached` for too many tags.
 */
export async function changeConversations(userId: string, ids: string[], change: BulkChange): Promise<void> {
  const changed = await db()
    .$transaction((client) => applyChange(client, userId, ids, change))
    .catch((error: unknown) => {
      throw isMissingTarget(error) ? folderNotFound() : error
    })
  if (changed === 0) throw conversationNotFound()
}

async function applyChange(client: Transaction, userId: string, ids: string[], change: BulkChange): Promise<number> {
  if ("tags" in change) {
    const own = await tagConversations(client, ids, userId, change.tags)
    if (await tooManyTags(client, own, MAX_TAGS))
      throw new AppError("limit:reached/tags", { values: { count: MAX_TAGS } })
    return own.length
  }
  const changed = await placeConversations(client, ids, userId, placement(change))
  // Writes before reading, so that two concurrent transactions wait for each other instead of failing.
  if ("folderId" in change && change.folderId && !(await folderExists(client, change.folderId, userId)))
    throw folderNotFound()
  return changed
}
