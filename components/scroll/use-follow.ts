"use client"

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import { type FollowEvent, type FollowState, isAtEnd, nextFollow, seenAt } from "@/components/scroll/follow"

export interface Follow {
  /** The scroll container. */
  scroller: RefObject<HTMLDivElement | null>
  /** The growing content in it. */
  content: RefObject<HTMLDivElement | null>
  /** The end is out of view and not followed. */
  away: boolean
  toEnd: () => void
  /** Another branch is about to be shown: the view stays in place. */
  stay: () => void
}

/**
 * Keeps a growing view at its end while the reader is there, and leaves it alone otherwise. `active` is false while
 * there is nothing to follow: then the view starts at its top.
 */
export function useFollow(active: boolean): Follow {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const state = useRef<FollowState>({ following: true, lastTop: 0, lastEnd: 0 })
  const [away, setAway] = useState(false)

  const jump = useCallback(() => {
    const element = scroller.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    state.current = { ...state.current, ...seenAt(element) }
  }, [])

  const look = useCallback(() => {
    const element = scroller.current
    if (element) setAway(!state.current.following && !isAtEnd(element))
  }, [])

  const happen = useCallback(
    (event: FollowEvent) => {
      state.current = nextFollow(state.current, event)
      look()
    },
    [look],
  )

  // Before the first paint, so that a conversation opens at its end.
  useLayoutEffect(() => {
    if (active) jump()
  }, [active, jump])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner || !active) return
    const observer = new ResizeObserver(() => {
      if (state.current.following) jump()
      look()
    })
    observer.observe(inner)
    observer.observe(element)
    return () => observer.disconnect()
  }, [active, jump, look])

  useEffect(() => {
    const element = scroller.current
    return element ? listen(element, happen) : undefined
  }, [happen])

  const toEnd = useCallback(() => {
    happen({ type: "asked" })
    jump()
    look()
  }, [happen, jump, look])

  const stay = useCallback(() => happen({ type: "switched" }), [happen])

  return { scroller, content, away, toEnd, stay }
}

const OWN_KEYS = "textarea, input, select, [role='menu'], [role='dialog'], [role='listbox'], nav"

/** Milliseconds a newly opened page may take to settle. */
const SETTLING_MS = 5_000

/**
 * Whether the page is still settling: it has just opened without user interaction, in a browser without scroll
 * anchoring (WebKit).
 */
function watchSettling({ signal }: { signal: AbortSignal }): () => boolean {
  if (CSS.supports("overflow-anchor", "auto")) return () => false
  const until = performance.now() + SETTLING_MS
  let touched = false
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"])
    document.addEventListener(type, () => (touched = true), { signal, passive: true, capture: true })
  return () => !touched && performance.now() < until
}

/** Converts user interaction with the view into events. Returns a function to stop. */
function listen(element: HTMLElement, happen: (event: FollowEvent) => void): () => void {
  const listeners = new AbortController()
  const options = { signal: listeners.signal, passive: true }
  let finger: number | null = null
  const isSettling = watchSettling(options)

  element.addEventListener(
    "scroll",
    () => happen({ type: "scrolled", place: element, settling: isSettling() }),
    options,
  )
  element.addEventListener(
    "wheel",
    // With Ctrl, the wheel zooms.
    ({ deltaY, ctrlKey }) => ctrlKey || happen({ type: "moved", delta: deltaY, place: element }),
    options,
  )
  element.addEventListener("touchstart", ({ touches }) => (finger = touches[0]?.clientY ?? null), options)
  element.addEventListener(
    "touchmove",
    ({ touches }) => {
      const y = touches[0]?.clientY ?? null
      if (finger !== null && y !== null) happen({ type: "moved", delta: finger - y, place: element })
      finger = y
    },
    options,
  )
  // On the document: keys scroll even when nothing has focus.
  document.addEventListener(
    "keydown",
    ({ key, shiftKey, target }) => {
      // Fields, menus and dialogs use these keys themselves.
      if (target instanceof Element && target.closest(OWN_KEYS)) return
      happen({ type: "key", key, shift: shiftKey, place: element })
    },
    options,
  )
  document.addEventListener(
    "selectionchange",
    () => {
      const selection = document.getSelection()
      if (!selection || selection.isCollapsed) return
      if (element.contains(selection.anchorNode) || element.contains(selection.focusNode)) happen({ type: "selected" })
    },
    options,
  )
  // The browser drops a word selected in growing text with the next chunk, before it reports the selection.
  element.addEventListener(
    "dblclick",
    ({ target }) => {
      if (target instanceof Element && !target.closest("button, a, textarea")) happen({ type: "selected" })
    },
    options,
  )
  return () => listeners.abort()
}
