"use client"

import { Keyboard } from "lucide-react"
import dynamic from "next/dynamic"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { KEYS } from "@/components/base/keys"
import { usePageCommand } from "@/components/base/page-commands"
import { IconButton } from "@/components/ui/icon-button"

const ShortcutsDialog = dynamic(() => import("@/components/settings/shortcuts-dialog"), { ssr: false })

/** Opens the sheet of keyboard shortcuts; so does Ctrl/⌘+/. */
export function ShortcutsButton() {
  const t = useTranslations("shortcuts")
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
  return (
    <>
      <IconButton label={t("title")} aria-keyshortcuts={KEYS.shortcuts} className="max-md:hidden" onClick={show}>
        <Keyboard className="size-4" />
      </IconButton>
      {open && <ShortcutsDialog onClose={() => setOpen(false)} />}
    </>
  )
}
