"use client"

import { Folder } from "lucide-react"
import { useTranslations } from "next-intl"
import { useOutline } from "@/components/conversations/store"

/** Shows the folder that the new conversation will be in. */
export function FolderMark({ id }: { id: string }) {
  const t = useTranslations("sidebar")
  const folder = useOutline().folders.find((known) => known.id === id)
  if (!folder) return null
  return (
    <span
      data-tip={t("beginsIn", { name: folder.name })}
      className="flex h-8 min-w-0 max-w-48 items-center gap-1.5 rounded-full bg-muted px-3 text-[0.8125rem] text-muted-foreground"
    >
      <Folder className="size-4 shrink-0" aria-hidden />
      <span className="sr-only">{t("beginsIn", { name: folder.name })}</span>
      <span aria-hidden className="truncate">
        {folder.name}
      </span>
    </span>
  )
}
