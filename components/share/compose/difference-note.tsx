"use client"

import { useTranslations } from "next-intl"
import { textOf } from "@/components/base/message-content"
import { Check } from "@/components/share/compose/check"
import type { Difference } from "@/lib/share/snapshot"

interface Props {
  difference: Difference
  /** The link's content stays as it is. */
  kept: boolean
  onKeep: (kept: boolean) => void
}

/** What updating a link would change for its readers, shown beforehand. */
export function DifferenceNote({ difference: { added, removed, changed }, kept, onKeep }: Props) {
  const t = useTranslations("share.difference")
  const counts = { added: added.size, removed: removed.length, changed: changed.size }
  const same = counts.added + counts.removed + counts.changed === 0
  return (
    <section aria-label={t("title")} className="mb-4 rounded-lg bg-spark-soft px-3 py-2 text-sm">
      <p role="status" className="leading-6">
        {same ? t("same") : t("would", counts)}
      </p>
      {removed.length > 0 && (
        <details className="text-[0.8125rem]">
          <summary className="cursor-pointer py-1">{t("removed")}</summary>
          <ul className="grid gap-1 pb-1">
            {removed.map((message) => (
              <li key={message.id} className="line-clamp-2 text-muted-foreground line-through">
                {textOf(message).slice(0, 200) || t("noWords")}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Check label={t("keep")} meaning={t("keepMeaning")} checked={kept} onChange={onKeep} />
    </section>
  )
}
