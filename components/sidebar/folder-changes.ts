import { v7 as uuidv7 } from "uuid"
import { api } from "@/components/base/api"
import { type ListContext, offerUndo, sayWhy, shortName } from "@/components/sidebar/list-changes"
import type { FolderSummary } from "@/lib/chat/list/sections"

export function folderChanges(context: ListContext) {
  const { t, store, outline } = context

  /** Null when refused; the error has been shown. */
  const makeFolder = async (name: string): Promise<FolderSummary | null> => {
    const folder: FolderSummary = { id: uuidv7(), name, count: 0, running: 0, unseen: 0 }
    try {
      await api("/api/folders", { method: "POST", body: { id: folder.id, name } })
      await outline.refresh()
      return folder
    } catch (error) {
      sayWhy(context, error)
      return null
    }
  }
  const change = async (id: string, init: { method: string; body?: Record<string, unknown> }): Promise<boolean> => {
    try {
      await api(`/api/folders/${id}`, init)
      return true
    } catch (error) {
      sayWhy(context, error)
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
    offerUndo(context, t("folderDeleted", { name: shortName(name) }), () =>
      change(id, { method: "PATCH", body: { deleted: false } }),
    )
  }
  return { makeFolder, renameFolder, removeFolder }
}
