"use client"

import { Suspense, useEffect, useRef, useState } from "react"
import { lazyExtra } from "@/components/ui/lazy-part"

const Bubble = lazyExtra(() => import("@/components/ui/tooltip/bubble"))

/** Somebody uses the page. */
const FIRST_USE = ["pointerover", "pointerdown", "keydown"] as const

/** The one tooltip of the page, for everything that has a `data-tip` (`watch.ts`). Screen readers have its words already, as the name of that. */
export function Tooltips() {
  const [used, setUsed] = useState(false)
  /** The first that somebody does may be a long press, or a key that leads to a button. */
  const began = useRef<Event | null>(null)
  useEffect(() => {
    const listeners = new AbortController()
    const options = { capture: true, passive: true, signal: listeners.signal }
    const begin = (event: Event) => {
      // A browser says where the pointer is though nobody moves it.
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
    // What was pointed at while the page got ready.
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
