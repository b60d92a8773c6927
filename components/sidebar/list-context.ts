"use client"

import { createContext, useContext } from "react"
import type { ListChanges } from "@/components/sidebar/use-list-changes"
import type { Selection } from "@/components/sidebar/use-selection"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { FolderSummary } from "@/lib/chat/list/sections"

/** A dialog above the list, about these conversations. */
export interface ListDialog {
  kind: "move" | "tags"
  many: ConversationSummary[]
}

/** Actions available to rows and folders. Stable, so that rows rerender only when they change. */
export interface ListActions extends ListChanges, Omit<Selection, "chosen"> {
  onOpen: () => void
  ask: (dialog: ListDialog) => void
  /** Selects the range from the last selected row to this one. */
  extendTo: (id: string) => void
  /** Starts dragging it together with the selection. */
  drag: (conversation: ConversationSummary) => void
  /** Drops the dragged conversations into a folder, or back into the list (null). */
  drop: (folder: FolderSummary | null) => void
  /** Clears the selection and focuses the first of the selected rows. */
  leave: () => void
  /** It is about to move: the focus moves with it. */
  stay: (id: string) => void
  /** These are about to be removed: the focus moves to another row. */
  keepFocus: (ids: string[]) => void
}

export const ListActionsContext = createContext<ListActions | null>(null)

export function useListActions(): ListActions {
  const actions = useContext(ListActionsContext)
  if (!actions) throw new Error("a row is used outside the list")
  return actions
}
