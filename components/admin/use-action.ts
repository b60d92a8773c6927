"use client"

import { useRouter } from "next/navigation"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { toast } from "@/components/ui/toast"

/**
 * Runs an action that changes the page's data, and reloads it. Errors are shown. Resolves to whether it succeeded;
 * `busy` while it runs.
 */
export function useAction(): { busy: boolean; act: (work: () => Promise<unknown>) => Promise<boolean> } {
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
