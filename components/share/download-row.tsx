"use client"

import { Download } from "lucide-react"
import { useTranslations } from "next-intl"

const FORMATS = ["md", "html", "json", "zip"] as const

/** Downloads the chat as a file, to send or keep. */
export function DownloadRow({ conversationId }: { conversationId: string }) {
  const t = useTranslations("share.download")
  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-2 border-t pt-4">
      <p className="me-auto text-sm">{t("label")}</p>
      <div className="flex flex-wrap gap-2">
        {FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/conversations/${conversationId}/export?as=${format}`}
            download
            className="inline-flex h-8 items-center gap-1.5 rounded-md border bg-surface px-2.5 font-medium text-[0.8125rem] transition-colors hover:bg-muted pointer-coarse:h-11"
          >
            <Download className="size-3.5 text-muted-foreground" aria-hidden /> {t(format)}
          </a>
        ))}
      </div>
    </div>
  )
}
