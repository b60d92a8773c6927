import { useCallback, useRef } from "react"
import { noteMoreSideways } from "@/components/ui/more-sideways"

/**
 * For a part that scrolls in itself: it can take the focus while it is larger than its room, so that keys scroll it, and
 * fades where there is more of it sideways.
 */
export function useScrollByKeys<Part extends HTMLElement>(): (part: Part | null) => (() => void) | undefined {
  return useCallback((part: Part | null) => {
    if (!part) return
    const sideways = noteMoreSideways(part)
    const look = () => {
      sideways.look()
      part.tabIndex = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight ? 0 : -1
    }
    const observer = new ResizeObserver(look)
    observer.observe(part)
    // What is in it may outgrow a room that stays as it is.
    for (const child of part.children) observer.observe(child)
    return () => {
      observer.disconnect()
      sideways.end()
    }
  }, [])
}

/** Keeps a part at its end while it grows, unless the reader has scrolled it up. Returns what to do after each change. */
export function useOwnEnd(): { hold: (part: HTMLElement | null) => void; left: (part: HTMLElement) => void } {
  const following = useRef(true)
  return {
    hold: useCallback((part) => {
      if (part && following.current) part.scrollTop = part.scrollHeight
    }, []),
    left: useCallback((part) => {
      following.current = part.scrollHeight - part.clientHeight - part.scrollTop < 24
    }, []),
  }
}
