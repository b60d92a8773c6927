"use client"

import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import { type Selected, selectedIn } from "@/components/selection/selected"

/**
 * Milliseconds of inactivity after which a selection counts as complete: by keys, and by touch, which moves its
 * handles.
 */
const QUIET_MS = { mouse: 120, touch: 350 }

interface Selecting {
  /** Null while there is none, while it is being made, and once dismissed. */
  selected: Selected | null
  /** Hides the toolbar for this selection. */
  dismiss: () => void
  /** Shows the current selection again, even if dismissed. */
  recall: () => Selected | null
}

/** The selection in this log's messages, once it is stable. */
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
      // A cleared selection is reported immediately.
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
    // For a scrolling finger, and one that the browser's own selection takes over.
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
