/** Publishes changes of a user's conversations to all their open pages, whichever process serves them. */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import type { ConversationEvent, ListEvent } from "@/lib/chat/conversation.types"
import { toSummary } from "@/lib/chat/conversations"
import { runningConversations, runningGenerations } from "@/lib/db/generations"
import { progressFor } from "@/lib/db/grids/progress"
import { findListed, listedByIds } from "@/lib/db/listing"
import type { EvalNews } from "@/lib/evals/contract/eval"
import { logFault } from "@/lib/log"
import { MESSAGE_STATUSES, settingsSchema } from "@/lib/messages/types"
import { singleton } from "@/lib/singleton"

/** Messages between processes: what has changed, not its new state. That is read by the processes with an open page. */
const noticeSchema = z.union([
  z.object({
    id: z.string(),
    answer: z.object({ messageId: z.string(), status: z.enum(MESSAGE_STATUSES) }).optional(),
    settings: settingsSchema.optional(),
    kept: z.string().optional(),
    message: z.object({ id: z.string(), deleted: z.boolean() }).optional(),
    changed: z.string().optional(),
    compared: z.literal(true).optional(),
  }),
  z.object({ ids: z.array(z.string()) }),
  z.object({ outline: z.literal(true) }),
  z.object({ models: z.literal(true) }),
  z.object({ grid: z.string(), rows: z.array(z.number()).nullable() }),
  z.object({ eval: z.object({ id: z.string(), run: z.string().nullable(), rows: z.array(z.number()).nullable() }) }),
])
type Notice = z.infer<typeof noticeSchema>

const newsOf = (userId: string) => topicOf(`news:${userId}`, noticeSchema)
const newsForAll = topicOf("news", noticeSchema)

interface Page {
  hear(event: ListEvent): void
  missed(): void
}

/** The open pages of one user in this process. */
interface Pages {
  open: Set<Page>
  /** Notices not yet delivered to them. */
  notices: Notice[]
  busy: boolean
  joined: Promise<(() => void)[]>
}

const readers = () => singleton("news", () => new Map<string, Pages>())

/**
 * Subscribes to all changes of this user's conversations, in order. Resolves with an unsubscribe function. `missed`:
 * messages may have been missed. Rejects if the other processes are unreachable.
 */
export async function subscribe(
  userId: string,
  hear: (event: ListEvent) => void,
  missed: () => void = () => {},
): Promise<() => void> {
  const pages = readers().get(userId) ?? join(userId)
  const page = { hear, missed }
  pages.open.add(page)
  const leave = () => {
    pages.open.delete(page)
    if (pages.open.size > 0 || readers().get(userId) !== pages) return
    readers().delete(userId)
    pages.joined.then(
      (leaving) => {
        for (const leaveTopic of leaving) leaveTopic()
      },
      () => {},
    )
  }
  try {
    await pages.joined
  } catch (error) {
    leave()
    throw error
  }
  return leave
}

function join(userId: string): Pages {
  const take = (notice: Notice) => {
    pages.notices.push(notice)
    void handOut(userId, pages)
  }
  const missed = () => {
    for (const page of [...pages.open]) page.missed()
  }
  const joined = allOrNone([newsOf(userId), newsForAll].map((topic) => topic.subscribe(take, missed)))
  const pages: Pages = { open: new Set(), notices: [], busy: false, joined }
  readers().set(userId, pages)
  return pages
}

/** Rejects if any subscription fails; the others are then canceled. */
async function allOrNone(subscribing: Promise<() => void>[]): Promise<(() => void)[]> {
  const settled = await Promise.allSettled(subscribing)
  const leaving = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))
  const failed = settled.find((one) => one.status === "rejected")
  if (!failed) return leaving
  for (const leave of leaving) leave()
  throw failed.reason
}

/** Sequentially, so that data read for a later notice is not delivered before that of an earlier one. */
async function handOut(userId: string, pages: Pages): Promise<void> {
  if (pages.busy) return
  pages.busy = true
  for (let notice = pages.notices.shift(); notice; notice = pages.notices.shift()) {
    try {
      const event =
        "outline" in notice || "models" in notice || "eval" in notice ? notice : await eventOf(userId, notice)
      if (event) for (const page of [...pages.open]) page.hear(event)
    } catch (error) {
      logFault("updates of conversations", error)
    }
  }
  pages.busy = false
}

/** Null: there is nothing to deliver. */
function eventOf(userId: string, notice: Exclude<Notice, { outline: true } | { models: true } | { eval: EvalNews }>) {
  if ("grid" in notice) return gridOf(userId, notice)
  return "ids" in notice ? manyOf(userId, notice.ids) : oneOf(userId, notice)
}

const gridOf = async (userId: string, { grid: id, rows }: Extract<Notice, { grid: string }>): Promise<ListEvent> => ({
  grid: { id, rows, progress: await progressFor(userId, id) },
})

async function oneOf(userId: string, notice: Extract<Notice, { id: string }>): Promise<ConversationEvent | null> {
  const { id } = notice
  const [row, running] = await Promise.all([findListed(id, userId), runningGenerations(id, userId)])
  // It is not listed, and its only page already follows it.
  if (row?.temporary) return null
  return { ...notice, conversation: row && toSummary(row, running.length > 0) }
}

async function manyOf(userId: string, ids: string[]): Promise<ListEvent> {
  const [rows, running] = await Promise.all([listedByIds(ids, userId), runningConversations(userId)])
  const known = new Map(rows.map((row) => [row.id, toSummary(row, running.has(row.id))]))
  return { changes: ids.map((id) => ({ id, conversation: known.get(id) ?? null })) }
}

/**
 * Tells the open pages the current state of a conversation, and other news about it. Reads nothing if nobody is
 * subscribed; never throws.
 */
export const tell = (
  userId: string,
  id: string,
  answer?: ConversationEvent["answer"],
  more: Pick<ConversationEvent, "settings" | "kept" | "message" | "changed" | "compared"> = {},
): Promise<void> => newsOf(userId).publish({ id, answer, ...more })

/** Tells the open pages the state of many conversations after a bulk change. Never throws. */
export const tellAll = (userId: string, ids: string[]): Promise<void> => newsOf(userId).publish({ ids })

/** Tells the open pages to reload the outline, after folders were created, renamed, or deleted. Never throws. */
export const notifyOutlineChanged = (userId: string): Promise<void> => newsOf(userId).publish({ outline: true })

/** Tells this user's open pages to reload the models. Never throws. */
export const notifyOwnModelsChanged = (userId: string): Promise<void> => newsOf(userId).publish({ models: true })

/** Tells all open pages to reload the models. Never throws. */
export const notifyModelsChanged = (): Promise<void> => newsForAll.publish({ models: true })

/** Tells the open pages that rows of a grid (null: many) have changed, and the overall progress. Never throws. */
export const notifyGridChanged = (userId: string, grid: string, rows: number[] | null): Promise<void> =>
  newsOf(userId).publish({ grid, rows })

/** Tells the open pages that an eval, or answers of one of its runs, have changed. Never throws. */
export const notifyEvalChanged = (userId: string, news: EvalNews): Promise<void> =>
  newsOf(userId).publish({ eval: news })
