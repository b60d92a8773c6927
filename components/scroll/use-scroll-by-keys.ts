import { useCallback, useRef } from "react"
import { trackHorizontalOverflow } from "@/components/ui/horizontal-overflow"

/**
 * For a scrollable element: focusable while its content overflows, so that keys can scroll it, and faded where more
 * content is to the side.
 */
export function useScrollByKeys<Part extends HTMLElement>(): (part: Part | null) => (() => void) | undefined {
  return useCallback((part: Part | null) => {
    if (!part) return
    const sideways = trackHorizontalOverflow(part)
    const look = () => {
      sideways.look()
      part.tabIndex = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight ? 0 : -1
    }
    const observer = new ResizeObserver(look)
    observer.observe(part)
    // The content may outgrow an element of constant size.
    for (const child of part.children) observer.observe(child)
    return () => {
      observer.disconnect()
      sideways.end()
    }
  }, [])
}

/**
 * Keeps an element scrolled to its end while it grows, unless the reader has scrolled up. Returns what to call after
 * each change.
 */
export function useStickToBottom(): { hold: (part: HTMLElement | null) => void; left: (part: HTMLElement) => void } {
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
