import { type RefObject, useEffect, useState } from "react"

/** Before it is measured: most answers are about as wide. */
const USUAL = 680
const LEAST = 220

/** Pixels across an element, as it has them now. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(USUAL)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(LEAST, Math.round(entry.contentRect.width)))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
