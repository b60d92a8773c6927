"use client"

import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import type { SavedList } from "@/components/presets/use-saved-list"
import { Button } from "@/components/ui/button"

interface Props {
  removed: SavedList<unknown>["removed"]
  /** Called after undo, to move the focus. */
  onUndone: () => void
}

/** A deletion notice with undo. Inside the dialog, since nothing behind it is reachable. */
export function RemovedNotice({ removed, onUndone }: Props) {
  const t = useTranslations("presets")
  const button = useRef<HTMLButtonElement>(null)
  // The button that deleted it is gone too.
  useEffect(() => {
    if (removed) button.current?.focus()
  }, [removed])
  return (
    <div role="status" className="empty:hidden">
      {removed && (
        <p className="mt-2 flex min-h-10 items-center gap-2 rounded-md bg-muted py-1 pe-1 ps-3 text-[0.8125rem]">
          <span className="min-w-0 flex-1 truncate">{t("deleted", { name: removed.name })}</span>
          <Button
            ref={button}
            size="sm"
            onClick={() => {
              onUndone()
              removed.undo()
            }}
          >
            {t("undo")}
          </Button>
        </p>
      )}
    </div>
  )
}
