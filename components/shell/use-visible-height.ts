"use client"

import { useEffect } from "react"

/** Pixels that a bar of the browser may take; a keyboard takes more. */
const LEAST_KEYBOARD_PX = 100

/**
 * Height that a keyboard on the screen leaves, in CSS pixels, or null where nothing is covered or the browser has made
 * the page smaller itself (as `interactive-widget` asks for; Safari does not know it). `scale` above 1: the page is pinched.
 */
export function heightAboveKeyboard(visible: { height: number; scale: number }, pageHeight: number): number | null {
  const covered = pageHeight - visible.height
  return visible.scale <= 1.01 && covered >= LEAST_KEYBOARD_PX ? visible.height : null
}

/** Keeps the whole page, the field above all, in what an open keyboard leaves to be seen. */
export function useVisibleHeight(): void {
  useEffect(() => {
    const { visualViewport: visible } = window
    if (!visible) return
    const { style } = document.documentElement
    const fit = () => {
      const height = heightAboveKeyboard(visible, window.innerHeight)
      if (height === null) return void style.removeProperty("--visible-height")
      style.setProperty("--visible-height", `${height}px`)
      // The browser has moved the page up to show the field, which needs it no more.
      window.scrollTo(0, 0)
    }
    visible.addEventListener("resize", fit)
    return () => {
      visible.removeEventListener("resize", fit)
      style.removeProperty("--visible-height")
    }
  }, [])
}
