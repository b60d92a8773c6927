"use client"

import { useEffect } from "react"
import { useStore } from "@/components/base/store"
import { prepareToasts, toaster } from "@/components/ui/toast"

/** Somebody uses the page. */
const FIRST_USE = ["pointerdown", "keydown", "dragover"] as const

/** Where notices are shown, from the first use of the page on. */
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
