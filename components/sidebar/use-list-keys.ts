"use client"

import type { KeyboardEvent, RefObject } from "react"
import type { ListActions } from "@/components/sidebar/list-context"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

interface Parts {
  actions: ListActions
  chosen: ReadonlySet<string>
  order: ConversationSummary[]
  scroller: RefObject<HTMLElement | null>
}

/**
 * ↑ and ↓ move through the rows (with Shift they select), Home and End go to the ends. With a selection, Ctrl/⌘+A
 * selects all, Delete deletes them, Escape clears it.
 */
export function useListKeys({ actions, chosen, order, scroller }: Parts) {
  const many = () => order.filter(({ id }) => chosen.has(id))

  const step = (event: KeyboardEvent, rows: HTMLElement[]) => {
    const place = rows.findIndex((row) => row.contains(document.activeElement))
    const next = rows[place + (event.key === "ArrowDown" ? 1 : -1)]
    if (place < 0 || !next) return
    event.preventDefault()
    const [from, to] = [rows[place]?.dataset.row, next.dataset.row]
    if (event.shiftKey && from && to) {
      if (!chosen.has(from)) actions.toggle(from)
      actions.extendTo(to)
    }
    next.focus()
  }
  const jump = (event: KeyboardEvent, list: HTMLElement) => {
    event.preventDefault()
    const toEnd = event.key === "End"
    list.scrollTop = toEnd ? list.scrollHeight : 0
    // Those rows are rendered in the next frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const rows = rowsOf(list)
        ;(toEnd ? rows.at(-1) : rows[0])?.focus({ preventScroll: true })
      }),
    )
  }

  return (event: KeyboardEvent) => {
    const list = scroller.current
    if (!list || event.defaultPrevented) return
    const onRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined
    if (onRow && (event.key === "ArrowDown" || event.key === "ArrowUp")) return step(event, rowsOf(list))
    if (onRow && (event.key === "Home" || event.key === "End")) return jump(event, list)
    if (chosen.size === 0) return
    if (event.key === "Escape") {
      // On a phone the drawer stays open.
      event.preventDefault()
      actions.clear()
    } else if (event.key === "Delete") {
      actions.keepFocus([...chosen])
      void actions.remove(many())
      actions.clear()
    } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      actions.all(order.map(({ id }) => id))
    }
  }
}

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>("[data-row]")]
