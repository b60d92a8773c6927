"use client"

import { Search } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentType, useCallback, useEffect, useRef, useState } from "react"
import { KEYS, useKeyText } from "@/components/base/keys"
import { loadCode } from "@/components/base/load-code"
import { requestText } from "@/components/base/request-texts"
import type { PaletteProps } from "@/components/search/palette"
import { toast } from "@/components/ui/toast"

const loadPalette = () => loadCode(() => import("@/components/search/palette")).then((module) => module.Palette)

/** Opens the palette, like Ctrl/⌘+K anywhere on the page. Its code loads when the user is about to use it. */
export function SearchButton({ onNavigate }: { onNavigate: () => void }) {
  const t = useTranslations("search")
  const [open, setOpen] = useState(false)
  const [Palette, setPalette] = useState<ComponentType<PaletteProps> | null>(null)
  const keyText = useKeyText()
  const wanted = useRef(false)

  const show = useCallback(async () => {
    wanted.current = true
    try {
      const loaded = await loadPalette()
      setPalette(() => loaded)
      if (wanted.current) setOpen(true)
    } catch {
      toast.error(requestText("unreachable"))
    }
  }, [])
  const hide = useCallback(() => {
    wanted.current = false
    setOpen(false)
  }, [])
  useSearchKeys(open, show, hide)

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts={KEYS.search}
        onClick={() => void show()}
        onPointerEnter={() => void loadPalette().catch(() => {})}
        className="flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-[0.84375rem] text-muted-foreground transition-colors hover:bg-muted hover:text-foreground"
      >
        <Search className="size-4" aria-hidden />
        <span className="flex-1 text-start">{t("search")}</span>
        <kbd aria-hidden className="font-sans text-xs pointer-coarse:hidden">
          {keyText(KEYS.search)}
        </kbd>
      </button>
      {open && Palette && <Palette onClose={hide} onNavigate={onNavigate} />}
    </>
  )
}

function useSearchKeys(open: boolean, show: () => Promise<void>, hide: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey
      // The modifier of the shortcut starts loading, so the code is there by the next key.
      if (event.key === "Control" || event.key === "Meta") void loadPalette().catch(() => {})
      if (!command || event.shiftKey || event.altKey || event.isComposing || event.key.toLowerCase() !== "k") return
      event.preventDefault()
      if (open) hide()
      else if (!document.querySelector("[role=dialog]")) void show()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [open, show, hide])
}
