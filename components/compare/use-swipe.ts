"use client"

import { type RefObject, useEffect, useRef } from "react"

/** Pixels a finger must move for a swipe. */
const FAR_PX = 60

/** Detects horizontal swipes over an element: 1 for next, -1 for previous. */
export function useSwipe(target: RefObject<HTMLElement | null>, onSwipe: (step: 1 | -1) => void): void {
  const hear = useRef(onSwipe)
  useEffect(() => {
    hear.current = onSwipe
  })
  useEffect(() => {
    const element = target.current
    if (!element) return
    const listeners = new AbortController()
    const options = { signal: listeners.signal, passive: true }
    let from: { x: number; y: number } | null = null
    element.addEventListener(
      "touchstart",
      ({ touches, target: touched }) => {
        const [touch] = touches
        // Code and tables that scroll sideways handle it themselves.
        from = touches.length === 1 && touch && !scrolls(touched) ? { x: touch.clientX, y: touch.clientY } : null
      },
      options,
    )
    element.addEventListener(
      "touchend",
      ({ changedTouches: [touch] }) => {
        if (!from || !touch) return
        const x = touch.clientX - from.x
        if (Math.abs(x) > FAR_PX && Math.abs(x) > 2 * Math.abs(touch.clientY - from.y)) hear.current(x < 0 ? 1 : -1)
        from = null
      },
      options,
    )
    return () => listeners.abort()
  }, [target])
}

function scrolls(touched: EventTarget | null): boolean {
  for (let part = touched instanceof Element ? touched : null; part; part = part.parentElement)
    if (part.scrollWidth > part.clientWidth && /auto|scroll/.test(getComputedStyle(part).overflowX)) return true
  return false
}
