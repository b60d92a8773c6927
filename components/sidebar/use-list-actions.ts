"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { toast } from "sonner"
import { v7 as uuidv7 } from "uuid"
import { ApiError, api } from "@/components/api"
import type { Change } from "@/components/sidebar/conversation-store"
import { useConversationStore, useOutlineStore } from "@/components/sidebar/store"
import { type FolderSummary, MAX_BULK } from "@/lib/chat/sections"
import type { ConversationSummary } from "@/lib/chat/types"

type Many = ConversationSummary[]
type Body = Record<string, unknown>
type How = Change | ((conversation: ConversationSummary) => Change) | null

const UNDO_MS = 10_000

const pieces = (ids: string[]) =>
  Array.from({ length: Math.ceil(ids.length / MAX_BULK) }, (_, piece) =>
    ids.slice(piece * MAX_BULK, (piece + 1) * MAX_BULK),
  )

export type ListActions = ReturnType<typeof useListActions>

/** Everything that can be done to conversations of the list, to one or to many, and to folders. Stable. */
export function useListActions() {
  const t = useTranslations("sidebar")
  const store = useConversationStore()
  const outline = useOutlineStore()
  const router = useRouter()
  return useMemo(() => {
    const say = (error: unknown) => toast.error(error instanceof ApiError ? error.message : t("failed"))
    const idsOf = (many: Many) => many.map(({ id }) => id)

    /** One request (for more than 500 some), shown at once. False when it was refused; that was said. */
    const change = async (many: Many, how: How, body: Body): Promise<boolean> => {
      const send = async () => {
        for (const ids of pieces(idsOf(many)))
          await api("/api/conversations", { method: "PATCH", body: { ids, ...body } })
      }
      try {
        await store.attempt(idsOf(many), how, send)
        return true
      } catch (error) {
        say(error)
        // Perhaps another tab was first.
        void store.refresh()
        return false
      } finally {
        void outline.refresh()
      }
    }
    const offerUndo = (text: string, undo: () => Promise<unknown>) =>
      toast(text, { action: { label: t("undo"), onClick: () => void undo() }, duration: UNDO_MS })
    /** What is said of one by its title, of many by their number. */
    const named = (many: Many) => ({ count: many.length, title: many[0]?.title ?? "" })

    const pin = (many: Many, pinned: boolean) =>
      change(many, pinned ? { pinned, archived: false } : { pinned }, { pinned })

    const archive = async (many: Many, archived: boolean) => {
      if (!(await change(many, archived ? { archived, pinned: false } : { archived }, { archived })) || !archived)
        return
      offerUndo(t("archivedNow", named(many)), async () => {
        await change(many, { archived: false }, { archived: false })
        const pinned = many.filter((conversation) => conversation.pinned)
        if (pinned.length > 0) await pin(pinned, true)
      })
    }

    const remove = async (many: Many) => {
      if (!(await change(many, null, { deleted: true }))) return
      if (many.some(({ id }) => window.location.pathname === `/c/${id}`)) router.push("/")
      offerUndo(t("deleted", named(many)), () => restore(many))
    }
    const restore = async (many: Many) => {
      try {
        for (const ids of pieces(idsOf(many)))
          await api("/api/conversations", { method: "PATCH", body: { ids, deleted: false } })
        // Deleting has stopped the answers.
        store.hear(
          many.map((conversation) => ({ id: conversation.id, conversation: { ...conversation, running: false } })),
        )
      } catch (error) {
        say(error)
      }
      void outline.refresh()
      void store.refresh()
    }

    const move = async (many: Many, folder: FolderSummary | null) => {
      const moving = many.filter(
        ({ folderId, pinned, archived }) => folderId !== (folder?.id ?? null) || pinned || archived,
      )
      if (moving.length === 0) return
      const to = (folderId: string | null): [How, Body] => [{ folderId, pinned: false, archived: false }, { folderId }]
      if (!(await change(moving, ...to(folder?.id ?? null)))) return
      const text = folder ? t("moved", { ...named(moving), folder: folder.name }) : t("movedOut", named(moving))
      offerUndo(text, async () => {
        for (const folderId of new Set(moving.map((conversation) => conversation.folderId)))
          await change(
            moving.filter((conversation) => conversation.folderId === folderId),
            ...to(folderId),
          )
        const pinned = moving.filter((conversation) => conversation.pinned)
        const archived = moving.filter((conversation) => conversation.archived)
        if (pinned.length > 0) await pin(pinned, true)
        if (archived.length > 0) await change(archived, { archived: true }, { archived: true })
      })
    }

    const tag = (many: Many, tags: { add: string[]; remove: string[] }) =>
      change(
        many,
        ({ tags: before }) => ({
          tags: [...new Set([...before.filter((name) => !tags.remove.includes(name)), ...tags.add])].sort(),
        }),
        { tags },
      )

    const rename = async ({ id }: ConversationSummary, title: string) => {
      const send = () => api(`/api/conversations/${id}`, { method: "PATCH", body: { title } })
      await store.attempt([id], { title }, send).catch(say)
    }

    return { pin, archive, remove, move, tag, rename, ...folderActions() }

    function folderActions() {
      /** Null when it was refused; that was said. */
      const makeFolder = async (name: string): Promise<FolderSummary | null> => {
        const folder: FolderSummary = { id: uuidv7(), name, count: 0, running: 0, unseen: 0 }
        try {
          await api("/api/folders", { method: "POST", body: { id: folder.id, name } })
          await outline.refresh()
          return folder
        } catch (error) {
          say(error)
          return null
        }
      }
      const onFolder = async (id: string, init: { method: string; body?: Body }) => {
        try {
          await api(`/api/folders/${id}`, init)
          return true
        } catch (error) {
          say(error)
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
        return onFolder(id, { method: "PATCH", body: { name } })
      }
      const removeFolder = async (id: string, name: string) => {
        if (!(await onFolder(id, { method: "DELETE" }))) return
        offerUndo(t("folderDeleted", { name }), () => onFolder(id, { method: "PATCH", body: { deleted: false } }))
      }
      return { makeFolder, renameFolder, removeFolder }
    }
  }, [t, store, outline, router])
}
