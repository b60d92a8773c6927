"use client"

import { Archive } from "lucide-react"
import { useTranslations } from "next-intl"
import { cn } from "@/lib/cn"

interface Props {
  count: number
  /** The list shows the archive. */
  shown: boolean
  /** The page's conversation is in the archive. */
  holdsCurrent: boolean
  onShow: (show: boolean) => void
}

/** Always below the list: toggles between the archive and the other conversations. */
export function ArchiveButton({ count, shown, holdsCurrent, onShow }: Props) {
  const t = useTranslations("sidebar")
  return (
    <div className="shrink-0 px-2 pt-1 pb-1.5">
      <button
        type="button"
        aria-pressed={shown}
        aria-current={holdsCurrent && !shown ? "true" : undefined}
        onClick={() => onShow(!shown)}
        className={cn(
          "flex h-9 w-full items-center gap-2 rounded-md px-2.5 text-[0.84375rem] text-muted-foreground hover:bg-muted/60 pointer-coarse:h-10",
          (shown || holdsCurrent) && "bg-muted text-foreground",
        )}
      >
        <Archive className="size-4 shrink-0" aria-hidden />
        <span className="truncate">{t("archived")}</span>
        <span aria-hidden className="ms-auto text-xs tabular-nums">
          {count}
        </span>
        <span className="sr-only">{t("holds", { count })}</span>
      </button>
    </div>
  )
}
