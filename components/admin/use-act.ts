"use client"

import { useRouter } from "next/navigation"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { toast } from "@/components/ui/toast"

/**
 * Does something that changes what the page shows, and reads it anew. What goes wrong is told. Returns whether it went
 * well; `busy` while it goes on.
 */
export function useAct(): { busy: boolean; act: (work: () => Promise<unknown>) => Promise<boolean> } {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
      return true
    } catch (error) {
      toast.error(sentenceOf(error))
      return false
    } finally {
      setBusy(false)
      router.refresh()
    }
  }
  return { busy, act }
}
