"use client"

import { ShieldAlert } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { textOf } from "@/components/base/message-content"
import type { MessageFrame } from "@/components/message/message-list"
import { usePreviewContext } from "@/components/share/compose/preview-context"
import { cn } from "@/lib/cn"

/** Characters of a message used as its label. */
const FIRST_WORDS = 60

/** A message in the preview: whether it is included, how it changed, and its likely secrets. */
export const PreviewFrame: MessageFrame = ({ message, children }) => {
  const t = useTranslations("share.preview")
  const { leftOut, onInclude, open, onBlackOut, difference } = usePreviewContext()
  const included = !leftOut.has(message.id)
  const secrets = included ? (open.get(message.id) ?? []) : []
  const words = textOf(message).trim().slice(0, FIRST_WORDS)
  const news = difference?.added.has(message.id) ? "added" : difference?.changed.has(message.id) ? "changedMark" : null
  return (
    <div data-included={included} className={cn("flex gap-2.5 rounded-lg", included || "opacity-60")}>
      <input
        type="checkbox"
        checked={included}
        aria-label={t(message.role === "user" ? "includeQuestion" : "includeAnswer", { words })}
        data-tip={t(included ? "leaveOut" : "takeIn")}
        onChange={({ target }) => onInclude(message.id, target.checked)}
        className="mt-3 size-4 shrink-0 accent-(--primary) pointer-coarse:size-6"
      />
      <div className="min-w-0 flex-1">
        {(news || secrets.length > 0) && (
          <p className="mb-1 flex flex-wrap items-center gap-2 text-[0.78125rem]">
            {news && included && <Mark>{t(news)}</Mark>}
            {secrets.length > 0 && (
              <button
                type="button"
                onClick={() => onBlackOut(secrets)}
                className="inline-flex min-h-7 items-center gap-1.5 rounded-md bg-danger-soft px-2 font-medium text-danger hover:underline pointer-coarse:min-h-10"
              >
                <ShieldAlert className="size-3.5" aria-hidden /> {t("blackOutHere", { count: secrets.length })}
              </button>
            )}
          </p>
        )}
        {included ? (
          children
        ) : (
          <p className="line-clamp-1 py-2 text-muted-foreground text-sm">
            {t("leftOut")} <span className="line-through">{words}</span>
          </p>
        )}
      </div>
    </div>
  )
}

function Mark({ children }: { children: ReactNode }) {
  return <span className="rounded-md bg-spark-soft px-1.5 py-0.5 font-medium text-spark-text">{children}</span>
}
