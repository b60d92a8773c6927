"use client"

import { Download } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatBytes } from "@/components/files/facts"
import { useMessageContext } from "@/components/message/parts/message-context"
import type { Whole } from "@/lib/ai/tools/whole"

/** Links to the full result when only part of it is shown and was given to the model. Only the owner can open it. */
export function FullResultLink({ whole: { id, name, size } }: { whole: Whole }) {
  const t = useTranslations("tools")
  const locale = useFormatLocale()
  const { conversationId } = useMessageContext()
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-[0.8125rem] text-muted-foreground">
      {t("shownInPart")}
      {conversationId !== null && (
        <a
          href={`/api/files/${id}`}
          download={name}
          className="inline-flex min-h-8 items-center gap-1.5 text-foreground underline underline-offset-4 pointer-coarse:min-h-10 print:hidden"
        >
          <Download className="size-3.5 shrink-0" aria-hidden />
          {t("downloadWhole", { size: formatBytes(size, locale) })}
        </a>
      )}
    </p>
  )
}
