"use client"

import { useTranslations } from "next-intl"

/** The status of a conversation or closed folder: an answer is being written, or one is unread. */
export function Marks({ running, unseen }: { running: boolean; unseen: boolean }) {
  const t = useTranslations("sidebar")
  if (running)
    return (
      <span role="img" className="size-1.5 shrink-0 animate-pulse rounded-full bg-spark" aria-label={t("running")} />
    )
  if (!unseen) return null
  return <span role="img" className="mark-late size-2 shrink-0 rounded-full bg-spark" aria-label={t("unseen")} />
}
