"use client"

import { ChevronLeft, ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import type { KeyboardEvent } from "react"
import { pageCommand } from "@/components/base/page-commands"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

/** `2 / 3` with buttons for the previous and next version, also by arrow keys. */
export function VersionPager({ current, ids }: { current: string; ids: string[] }) {
  const t = useTranslations("message")
  const { handlers, busy } = useMessageContext()
  const index = ids.indexOf(current)
  const show = (id: string | undefined) => !busy && id && handlers?.selectSibling(id)
  const [previous, next] = [ids[index - 1], ids[index + 1]]
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event
    if ((key !== "ArrowLeft" && key !== "ArrowRight") || altKey || ctrlKey || metaKey || shiftKey) return
    event.preventDefault()
    const forward = (key === "ArrowRight") === (getComputedStyle(event.currentTarget).direction === "ltr")
    show(forward ? next : previous)
  }
  return (
    <fieldset data-pager className="flex items-center" aria-label={t("versions")} onKeyDown={onKeyDown}>
      <IconButton label={t("previous")} disabled={busy || !previous} onClick={() => show(previous)}>
        <ChevronLeft className="size-4 rtl:-scale-x-100" />
      </IconButton>
      <Button
        variant="ghost"
        size="sm"
        data-tip={t("allVersions")}
        aria-haspopup="dialog"
        className="min-w-9 px-1 font-normal tabular-nums"
        onClick={() => pageCommand("branches")?.()}
      >
        {index + 1} / {ids.length}
      </Button>
      <IconButton label={t("next")} disabled={busy || !next} onClick={() => show(next)}>
        <ChevronRight className="size-4 rtl:-scale-x-100" />
      </IconButton>
    </fieldset>
  )
}
