"use client"

import { useEffect } from "react"
import { useStore } from "@/components/base/store"
import { prepareToasts, toaster } from "@/components/ui/toast"

/** Events that count as the first interaction. */
const FIRST_USE = ["pointerdown", "keydown", "dragover"] as const

/** Renders toasts from the user's first interaction on. */
export function Toasts() {
  const Toaster = useStore(toaster, () => null)
  useEffect(() => {
    for (const type of FIRST_USE) window.addEventListener(type, prepareToasts, { once: true, passive: true })
    return () => {
      for (const type of FIRST_USE) window.removeEventListener(type, prepareToasts)
    }
  }, [])
  return Toaster && <Toaster />
}
