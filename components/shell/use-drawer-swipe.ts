"use client"

import { useEffect } from "react"

/** Pixels from the screen edge in which a swipe that opens the drawer starts. */
const EDGE_PX = 32
/** Pixels a finger must move for a swipe. */
const FAR_PX = 60

interface Swiping {
  drawer: boolean
  openDrawer: () => void
  dismissDrawer: () => void
}

/** Opens the drawer by swiping from its edge, and closes it by swiping anywhere. */
export function useDrawerSwipe({ drawer, openDrawer, dismissDrawer }: Swiping): void {
  useEffect(() => {
    const listeners = new AbortController()
    const options = { signal: listeners.signal, passive: true }
    let from: { x: number; y: number } | null = null
    /** Pixels from the drawer's edge. */
    const inward = (x: number) => (document.dir === "rtl" ? window.innerWidth - x : x)
    window.addEventListener(
      "touchstart",
      ({ touches }) => {
        const [touch] = touches
        from = touches.length === 1 && touch ? { x: inward(touch.clientX), y: touch.clientY } : null
        if (from && !drawer && from.x > EDGE_PX) from = null
      },
      options,
    )
    window.addEventListener(
      "touchend",
      ({ changedTouches: [touch] }) => {
        if (!from || !touch) return
        const x = inward(touch.clientX) - from.x
        const sideways = Math.abs(x) > FAR_PX && Math.abs(x) > 2 * Math.abs(touch.clientY - from.y)
        from = null
        if (sideways && drawer && x < 0) dismissDrawer()
        else if (sideways && !drawer && x > 0) openDrawer()
      },
      options,
    )
    return () => listeners.abort()
  }, [drawer, openDrawer, dismissDrawer])
}
