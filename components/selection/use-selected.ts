"use client"

import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import { type Selected, selectedIn } from "@/components/selection/selected"

/** Milliseconds of quiet after which a selection counts as made: by keys, and by fingers, which move its handles. */
const QUIET_MS = { mouse: 120, touch: 350 }

interface Selecting {
  /** Null while there is none, while it is being drawn, and once it was dismissed. */
  selected: Selected | null
  /** Hides what is shown for this selection. */
  dismiss: () => void
  /** What is selected now, dismissed or not: it is shown again. */
  recall: () => Selected | null
}

/** The selection in the messages of this log, as soon as it stands still. */
export function useSelected(log: RefObject<HTMLElement | null>): Selecting {
  const [selected, setSelected] = useState<Selected | null>(null)
  const pressed = useRef(false)

  const recall = useCallback(() => {
    const found = selectedIn(log.current)
    setSelected(found)
    return found
  }, [log])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let quiet = QUIET_MS.mouse
    const read = () => {
      if (!pressed.current) recall()
    }
    const readSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(read, quiet)
    }
    const onSelection = () => {
      // What goes, goes at once.
      if (document.getSelection()?.isCollapsed ?? true) {
        clearTimeout(timer)
        setSelected(null)
      } else readSoon()
    }
    const onDown = ({ target, pointerType, button }: PointerEvent) => {
      quiet = pointerType === "touch" ? QUIET_MS.touch : QUIET_MS.mouse
      if (button !== 0 || (target instanceof Element && target.closest("[data-selection-tools]"))) return
      pressed.current = true
    }
    const onUp = () => {
      if (!pressed.current) return
      pressed.current = false
      readSoon()
    }
    const left = new AbortController()
    const options = { capture: true, signal: left.signal }
    document.addEventListener("selectionchange", onSelection, options)
    document.addEventListener("pointerdown", onDown, options)
    document.addEventListener("pointerup", onUp, options)
    // A finger that scrolls, and one that the browser's own selecting takes over.
    document.addEventListener("pointercancel", onUp, options)
    document.addEventListener("dragend", onUp, options)
    readSoon()
    return () => {
      left.abort()
      clearTimeout(timer)
    }
  }, [recall])

  const dismiss = useCallback(() => setSelected(null), [])
  return { selected, dismiss, recall }
}
