"use client"

import { lazy, useEffect, useState } from "react"
import { Later } from "@/components/ui/later"

const Bubble = lazy(() => import("@/components/ui/tooltip/bubble"))

/** Somebody uses the page. */
const FIRST_USE = ["pointermove", "pointerdown", "keydown"] as const

/** Tooltips for everything that has a `data-tip` (`watch.ts`), from the first use of the page on. */
export function Tooltips() {
  const [used, setUsed] = useState(false)
  useEffect(() => {
    const use = () => setUsed(true)
    for (const type of FIRST_USE) window.addEventListener(type, use, { once: true, passive: true })
    return () => {
      for (const type of FIRST_USE) window.removeEventListener(type, use)
    }
  }, [])
  return (
    used && (
      <Later>
        <Bubble />
      </Later>
    )
  )
}
