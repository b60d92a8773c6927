"use client"

import dynamic from "next/dynamic"
import { useCallback, useEffect, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"

const ShortcutsDialog = dynamic(() => import("@/components/settings/shortcuts-dialog"), { ssr: false })

/** Shows the sheet of keyboard shortcuts, on Ctrl/⌘+/ and for whoever asks by the page's command. */
export function ShortcutsHost() {
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  usePageCommand("shortcuts", show)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key !== "/") return
      event.preventDefault()
      setOpen((shown) => !shown)
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [])
  return open && <ShortcutsDialog onClose={() => setOpen(false)} />
}
