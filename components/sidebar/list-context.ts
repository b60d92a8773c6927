"use client"

import { createContext, useContext } from "react"
import type { ListChanges } from "@/components/sidebar/use-list-changes"
import type { Selection } from "@/components/sidebar/use-selection"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { FolderSummary } from "@/lib/chat/list/sections"

/** A window over the list, about these conversations. */
export interface ListDialog {
  kind: "move" | "tags"
  many: ConversationSummary[]
}

/** What rows and folders can ask of the list. Stable, so that rows are drawn again only when they change. */
export interface ListActions extends ListChanges, Omit<Selection, "chosen"> {
  onOpen: () => void
  ask: (dialog: ListDialog) => void
  /** Chooses from the one chosen last to this one. */
  extendTo: (id: string) => void
  /** Begins to drag it, and what is chosen with it. */
  drag: (conversation: ConversationSummary) => void
  /** Puts what is dragged into a folder, or back into the list (null). */
  drop: (folder: FolderSummary | null) => void
  /** Lets those go that are chosen, with the focus on the first of them. */
  leave: () => void
  /** It is about to stand elsewhere: the focus goes with it. */
  stay: (id: string) => void
  /** The focus finds another row when these are gone. */
  keepFocus: (ids: string[]) => void
}

export const ListActionsContext = createContext<ListActions | null>(null)

export function useListActions(): ListActions {
  const actions = useContext(ListActionsContext)
  if (!actions) throw new Error("a row stands outside the list")
  return actions
}
