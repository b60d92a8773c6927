"use client"

import { Suspense, useEffect, useRef, useState } from "react"
import { lazyOptional } from "@/components/ui/lazy-part"

const Bubble = lazyOptional(() => import("@/components/ui/tooltip/bubble"))

/** Events that count as the first interaction. */
const FIRST_USE = ["pointerover", "pointerdown", "keydown"] as const

/**
 * The page's single tooltip, for everything with `data-tip` (`watch.ts`). Screen readers already get the text as the
 * element's name.
 */
export function Tooltips() {
  const [used, setUsed] = useState(false)
  /** The first interaction may be a long press, or a key that moves focus to a button. */
  const began = useRef<Event | null>(null)
  useEffect(() => {
    const listeners = new AbortController()
    const options = { capture: true, passive: true, signal: listeners.signal }
    const begin = (event: Event) => {
      // Browsers report the pointer's position even if nobody moves it.
      if (event.type === "pointerover" && !(event.target instanceof Element && event.target.closest("[data-tip]")))
        return
      began.current = event
      setUsed(true)
    }
    const end = () => {
      began.current = null
    }
    for (const type of FIRST_USE) document.addEventListener(type, begin, options)
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, end, options)
    // Something was already hovered while the page loaded.
    if (document.querySelector("[data-tip]:hover")) setUsed(true)
    return () => listeners.abort()
  }, [])
  return (
    used && (
      <Suspense>
        <Bubble began={began} />
      </Suspense>
    )
  )
}
