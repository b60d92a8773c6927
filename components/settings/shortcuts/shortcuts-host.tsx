"use client"

import { useCallback, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { useCommandKey } from "@/components/base/use-command-key"
import { lazyOverlay } from "@/components/ui/lazy-part"

const ShortcutsDialog = lazyOverlay(() => import("@/components/settings/shortcuts/shortcuts-dialog"))

/** Shows the keyboard shortcuts on Ctrl/⌘+/ and through the page command. */
export function ShortcutsHost() {
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  const toggle = useCallback(() => setOpen((shown) => !shown), [])
  usePageCommand("shortcuts", show)
  useCommandKey("/", toggle)
  return open && <ShortcutsDialog onClose={() => setOpen(false)} />
}
