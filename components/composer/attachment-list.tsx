"use client"

import { CircleAlert, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { Attachment } from "@/components/composer/draft"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"

/** The images of a draft: on their way, ready, or with the reason why not. */
export function AttachmentList({
  attachments,
  onRemove,
}: {
  attachments: Attachment[]
  onRemove: (key: string) => void
}) {
  const t = useTranslations("composer")
  if (attachments.length === 0) return null
  return (
    <ul aria-label={t("attached")} className="flex flex-wrap gap-2 px-3 pt-3">
      {attachments.map((attachment) => (
        <li key={attachment.key} className={cn("relative", attachment.state === "failed" && "max-w-full")}>
          {attachment.state === "failed" ? <Failed attachment={attachment} /> : <Thumbnail attachment={attachment} />}
          <button
            type="button"
            aria-label={t("remove", { name: attachment.name })}
            onClick={() => onRemove(attachment.key)}
            className="-top-2 -end-2 absolute grid size-6 place-items-center rounded-full border bg-surface text-muted-foreground shadow-sm hover:text-foreground"
          >
            <X className="size-3.5" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Thumbnail({ attachment: { name, state, preview, image } }: { attachment: Attachment }) {
  const t = useTranslations("composer")
  // What the browser can't draw (TIFF, HEIC) shows once the server has made a picture of it.
  const [unreadable, setUnreadable] = useState(false)
  const source = preview && !unreadable ? preview : image?.url
  return (
    <div className="relative size-16 overflow-hidden rounded-lg border bg-muted">
      {source && (
        // biome-ignore lint/performance/noImgElement: an object URL or our own store's picture
        <img src={source} alt={name} onError={() => setUnreadable(true)} className="size-full object-cover" />
      )}
      {state === "uploading" && (
        <div role="status" className="absolute inset-0 grid place-items-center bg-background/60">
          <Spinner />
          <span className="sr-only">{t("uploading", { name })}</span>
        </div>
      )}
    </div>
  )
}

function Failed({ attachment: { name, error } }: { attachment: Attachment }) {
  return (
    <div
      role="alert"
      className="flex min-h-16 items-center gap-2.5 rounded-lg bg-danger-soft py-2 pe-5 ps-3 text-[13px]"
    >
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <p className="wrap-anywhere">{error?.includes(name) ? error : `${name}: ${error}`}</p>
    </div>
  )
}
