"use client"

import { type RefObject, Suspense, useEffect, useState } from "react"
import type { DraftStore } from "@/components/draft/draft"
import type { ConversationSession } from "@/components/session/session"
import { lazyOptional } from "@/components/ui/lazy-part"

const SelectionToolbar = lazyOptional(() => import("@/components/selection/selection-toolbar"))

export interface SelectionToolsProps {
  /** The scroll container of the messages. */
  scroller: RefObject<HTMLElement | null>
  /** Receives quotes. */
  draft: DraftStore
  /** Contains the answers and changes them. */
  session: ConversationSession
  /** An answer is being written. */
  busy: boolean
}

/** Actions on text selected in a message. The script loads with the first selection. */
export function SelectionTools(props: SelectionToolsProps) {
  const { scroller } = props
  const [used, setUsed] = useState(false)
  useEffect(() => {
    if (used) return
    const onSelection = () => {
      const selection = document.getSelection()
      if (selection?.isCollapsed === false && scroller.current?.contains(selection.anchorNode)) setUsed(true)
    }
    document.addEventListener("selectionchange", onSelection)
    return () => document.removeEventListener("selectionchange", onSelection)
  }, [used, scroller])
  return used ? (
    <Suspense>
      <SelectionToolbar {...props} />
    </Suspense>
  ) : null
}
