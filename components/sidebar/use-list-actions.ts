"use client"

import { type RefObject, useEffect, useMemo, useRef } from "react"
import type { ListActions, ListDialog } from "@/components/sidebar/list-context"
import { useListChanges } from "@/components/sidebar/use-list-changes"
import type { Selection } from "@/components/sidebar/use-selection"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

interface Parts {
  selection: Selection
  /** All rows in display order. */
  order: ConversationSummary[]
  scroller: RefObject<HTMLElement | null>
  onOpen: () => void
  ask: (dialog: ListDialog) => void
}

/** The actions available to rows; always the same object. */
export function useStableListActions(parts: Parts): ListActions {
  const changes = useListChanges()
  const now = useRef(parts)
  useEffect(() => {
    now.current = parts
  })
  const dragged = useRef<ConversationSummary[]>([])
  const { ask, scroller } = parts
  const { toggle, extend, all, clear } = parts.selection
  return useMemo(() => {
    const chosenOr = (conversation: ConversationSummary) => {
      const { order, selection } = now.current
      return selection.chosen.has(conversation.id) ? order.filter(({ id }) => selection.chosen.has(id)) : [conversation]
    }
    return {
      ...changes,
      ...{ toggle, extend, all, clear, ask },
      onOpen: () => now.current.onOpen(),
      extendTo: (id) =>
        extend(
          id,
          now.current.order.map((conversation) => conversation.id),
        ),
      drag: (conversation) => {
        dragged.current = chosenOr(conversation)
      },
      drop: (folder) => {
        void changes.move(dragged.current, folder)
        dragged.current = []
        clear()
      },
      leave: () => {
        const { order, selection } = now.current
        const first = order.find(({ id }) => selection.chosen.has(id))
        clear()
        requestAnimationFrame(() => {
          const row = first && scroller.current?.querySelector<HTMLElement>(`[data-row="${first.id}"]`)
          row?.focus()
        })
      },
      keepFocus: (ids) => scroller.current && keepFocus(scroller.current, ids),
      stay: (id) => scroller.current && keepFocus(scroller.current, [id], id),
    }
  }, [changes, toggle, extend, all, clear, ask, scroller])
}

/** When the focused row is gone, focuses `follow` in its new place, else the next conversation, or the previous one. */
function keepFocus(list: HTMLElement, ids: string[], follow?: string): void {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")]
  const goes = (row: HTMLElement | undefined) => row !== undefined && ids.includes(row.dataset.row ?? "")
  const last = rows.findLastIndex(goes)
  const first = rows.findIndex(goes)
  const heir = rows[last + 1] ?? rows[first - 1]
  // A menu restores focus first.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      const moved = follow && list.querySelector<HTMLElement>(`[data-row="${follow}"]`)
      const next = moved || heir
      next?.focus({ preventScroll: next === moved })
    }),
  )
}
