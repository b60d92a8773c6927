"use client"

import { type RefObject, useEffect, useState } from "react"
import { pageScale, type Span } from "@/components/sidebar/layout"
import { watchScroll } from "@/components/ui/watch-scroll"

/** Pixels rendered beyond the viewport, and the step in which the range moves. */
const MARGIN_PX = 600
const STEP_PX = 300
/** The range the server renders, which doesn't know the screen size. */
const FIRST: Span = { from: 0, to: 1_500 }

/** The range of the scroller's content that should be rendered. */
export function useVisibleRange(scroller: RefObject<HTMLElement | null>): Span {
  const [span, setSpan] = useState(FIRST)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      const scale = pageScale()
      const [top, height] = [element.scrollTop / scale, element.clientHeight / scale]
      const from = Math.floor((top - MARGIN_PX) / STEP_PX) * STEP_PX
      const to = Math.ceil((top + height + MARGIN_PX) / STEP_PX) * STEP_PX
      setSpan((known) => (known.from === from && known.to === to ? known : { from, to }))
    }
    return watchScroll(element, look)
  }, [scroller])
  return span
}
