"use client"

import { useEffect } from "react"

/** Pixels that browser toolbars may take up; a keyboard takes more. */
const MIN_KEYBOARD_PX = 100

/**
 * The height in CSS pixels above an on-screen keyboard, or null when nothing is covered or the browser has resized the
 * page itself (as requested by `interactive-widget`, which Safari does not support). `scale` above 1: the page is
 * zoomed by pinching.
 */
export function heightAboveKeyboard(visible: { height: number; scale: number }, pageHeight: number): number | null {
  const covered = pageHeight - visible.height
  return visible.scale <= 1.01 && covered >= MIN_KEYBOARD_PX ? visible.height : null
}

/** Fits the whole page, above all the input field, into the space above an open keyboard. */
export function useVisibleHeight(): void {
  useEffect(() => {
    const { visualViewport: visible } = window
    if (!visible) return
    const { style } = document.documentElement
    const fit = () => {
      const height = heightAboveKeyboard(visible, window.innerHeight)
      if (height === null) return void style.removeProperty("--visible-height")
      style.setProperty("--visible-height", `${height}px`)
      // Undoes the browser's scrolling the field into view, which is no longer needed.
      window.scrollTo(0, 0)
    }
    visible.addEventListener("resize", fit)
    return () => {
      visible.removeEventListener("resize", fit)
      style.removeProperty("--visible-height")
    }
  }, [])
}
