import type { useTranslations } from "next-intl"
import { v7 as uuidv7 } from "uuid"
import { api, sentenceOf } from "@/components/base/api"
import type { Change, ConversationStore } from "@/components/conversations/conversation-store"
import type { OutlineStore } from "@/components/conversations/outline-store"
import { toast } from "@/components/ui/toast"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { type FolderSummary, MAX_BULK } from "@/lib/chat/list/sections"

type Many = ConversationSummary[]
type Body = Record<string, unknown>
type How = Change | ((conversation: ConversationSummary) => Change) | null

export interface ActionsContext {
  t: ReturnType<typeof useTranslations<"sidebar">>
  store: ConversationStore
  outline: OutlineStore
  /** To another page. */
  go: (path: string) => void
}

const UNDO_MS = 10_000

const idsOf = (many: Many) => many.map(({ id }) => id)
/** What is said of one by its title, of many by their number. */
const named = (many: Many) => ({ count: many.length, title: many[0]?.title ?? "" })

const say = ({ t }: ActionsContext, error: unknown) => toast.error(sentenceOf(error, t("failed")))
const offerUndo = ({ t }: ActionsContext, text: string, undo: () => Promise<unknown>) =>
  toast(text, { action: { label: t("undo"), onClick: () => void undo() }, duration: UNDO_MS })

/** One request, for more than 500 some. */
async function send(many: Many, body: Body): Promise<void> {
  for (let from = 0; from < many.length; from += MAX_BULK)
    await api("/api/conversations", {
      method: "PATCH",
      body: { ids: idsOf(many).slice(from, from + MAX_BULK), ...body },
    })
}

/** Everything that can be done to conversations of the list, to one or to many. */
export function conversationActions(context: ActionsContext) {
  const { t, store, outline, go } = context

  /** Shown at once. False when it was refused; that was said. */
  const change = async (many: Many, how: How, body: Body): Promise<boolean> => {
    try {
      await store.attempt(idsOf(many), how, () => send(many, body))
      return true
    } catch (error) {
      say(context, error)
      // Perhaps another tab was first.
      void store.refresh()
      return false
    } finally {
      void outline.refresh()
    }
  }
  /** To where each stood. */
  const takeBack = async (many: Many) => {
    const pinned = many.filter((conversation) => conversation.pinned)
    const archived = many.filter((conversation) => conversation.archived)
    if (pinned.length > 0) await pin(pinned, true)
    if (archived.length > 0) await change(archived, { archived: true, pinned: false }, { archived: true })
  }
  const pin = (many: Many, pinned: boolean) =>
    change(many, pinned ? { pinned, archived: false } : { pinned }, { pinned })

  const archive = async (many: Many, archived: boolean) => {
    const done = await change(many, archived ? { archived, pinned: false } : { archived }, { archived })
    if (!done || !archived) return
    offerUndo(context, t("archivedNow", named(many)), async () => {
      await change(many, { archived: false }, { archived: false })
      await takeBack(many)
    })
  }

  const restore = async (many: Many) => {
    try {
      await send(many, { deleted: false })
      // Deleting has stopped the answers.
      store.hear(many.map((one) => ({ id: one.id, conversation: { ...one, running: false } })))
    } catch (error) {
      say(context, error)
    }
    await Promise.all([outline.refresh(), store.refresh()])
  }
  const remove = async (many: Many) => {
    if (!(await change(many, null, { deleted: true }))) return
    const shown = many.map(({ id }) => `/c/${id}`).find((path) => window.location.pathname === path)
    if (shown) go("/")
    offerUndo(context, t("deleted", named(many)), async () => {
      await restore(many)
      // Back to what was shown, unless one is elsewhere by now.
      if (shown && window.location.pathname === "/") go(shown)
    })
  }

  const moveTo = (many: Many, folderId: string | null) =>
    change(many, { folderId, pinned: false, archived: false }, { folderId })
  /** Into a folder, or (null) back to the list by date. */
  const move = async (many: Many, folder: FolderSummary | null) => {
    const target = folder?.id ?? null
    const moving = many.filter(({ folderId, pinned, archived }) => folderId !== target || pinned || archived)
    if (moving.length === 0 || !(await moveTo(moving, target))) return
    const text = folder ? t("moved", { ...named(moving), folder: folder.name }) : t("movedOut", named(moving))
    offerUndo(context, text, async () => {
      for (const before of new Set(moving.map(({ folderId }) => folderId)))
        await moveTo(
          moving.filter(({ folderId }) => folderId === before),
          before,
        )
      await takeBack(moving)
    })
  }

  const tag = (many: Many, tags: { add: string[]; remove: string[] }) => {
    const how = ({ tags: before }: ConversationSummary) => ({
      tags: [...new Set([...before.filter((name) => !tags.remove.includes(name)), ...tags.add])].sort(),
    })
    return change(many, how, { tags })
  }

  const rename = ({ id }: ConversationSummary, title: string) =>
    store
      .attempt([id], { title }, () => api(`/api/conversations/${id}`, { method: "PATCH", body: { title } }))
      .catch((error) => say(context, error))

  return { pin, archive, remove, move, tag, rename }
}

/** What can be done to folders. */
export function folderActions(context: ActionsContext) {
  const { t, store, outline } = context

  /** Null when it was refused; that was said. */
  const makeFolder = async (name: string): Promise<FolderSummary | null> => {
    const folder: FolderSummary = { id: uuidv7(), name, count: 0, running: 0, unseen: 0 }
    try {
      await api("/api/folders", { method: "POST", body: { id: folder.id, name } })
      await outline.refresh()
      return folder
    } catch (error) {
      say(context, error)
      return null
    }
  }
  const change = async (id: string, init: { method: string; body?: Body }): Promise<boolean> => {
    try {
      await api(`/api/folders/${id}`, init)
      return true
    } catch (error) {
      say(context, error)
      return false
    } finally {
      await Promise.all([outline.refresh(), store.refresh()])
    }
  }
  const renameFolder = (id: string, name: string) => {
    outline.assume((shown) => ({
      ...shown,
      folders: shown.folders.map((folder) => (folder.id === id ? { ...folder, name } : folder)),
    }))
    return change(id, { method: "PATCH", body: { name } })
  }
  const removeFolder = async (id: string, name: string) => {
    if (!(await change(id, { method: "DELETE" }))) return
    offerUndo(context, t("folderDeleted", { name }), () => change(id, { method: "PATCH", body: { deleted: false } }))
  }
  return { makeFolder, renameFolder, removeFolder }
}

export type ListActions = ReturnType<typeof conversationActions> & ReturnType<typeof folderActions>
