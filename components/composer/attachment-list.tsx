"use client"

import { CircleAlert, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { lazy, Suspense, useState } from "react"
import { flushSync } from "react-dom"
import type { Attachment } from "@/components/draft/attachment"
import { TextFileChip } from "@/components/files/text-file-chip"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { Uploads } from "@/components/uploads/uploads"
import { cn } from "@/lib/cn"

const TextFileDialog = lazy(() => import("@/components/files/text-file-dialog"))

interface Props {
  attachments: Attachment[]
  /** A reload would lose some of them. */
  unkept: boolean
  uploads: Uploads
  /** The key of the last long paste, when it was attached. */
  pasted: string | null
  /** One was taken off or is tried again, and the button that did it is gone. */
  onRemoved: () => void
  /** The text of the file with this key goes into the message instead. */
  onInline: (key: string) => void
}

/** What is attached to a draft: on its way, ready, or with the reason why not. */
export function AttachmentList({ attachments, unkept, uploads, pasted, onRemoved, onInline }: Props) {
  const t = useTranslations("composer")
  const [openKey, setOpenKey] = useState<string | null>(null)
  if (attachments.length === 0) return null
  const open = attachments.find(({ key }) => key === openKey)
  return (
    <>
      <ul aria-label={t("attached")} className="flex flex-wrap gap-2 px-3 pt-3">
        {attachments.map((attachment) => (
          <li key={attachment.key} className={cn("relative", attachment.state === "failed" && "max-w-full")}>
            <AttachmentView
              attachment={attachment}
              onOpen={() => setOpenKey(attachment.key)}
              onRetry={() => {
                uploads.retry(attachment.key)
                onRemoved()
              }}
            />
            <button
              type="button"
              aria-label={t("remove", { name: attachment.name })}
              data-tip={t("remove", { name: attachment.name })}
              onClick={() => {
                uploads.remove(attachment.key)
                onRemoved()
              }}
              className="-top-2 -end-2 absolute grid size-6 place-items-center rounded-full border bg-surface text-muted-foreground shadow-sm after:absolute hover:text-foreground pointer-coarse:after:-inset-2"
            >
              <X className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      {pasted && attachments.some(({ key }) => key === pasted) && <Pasted onInline={() => onInline(pasted)} />}
      {unkept && <p className="px-4 pt-2 text-[0.8125rem] text-danger">{t("unkept")}</p>}
      {open?.file && (
        <Suspense>
          <TextFileDialog
            file={open.file}
            onClose={() => setOpenKey(null)}
            draft={{
              onChange: (text) => uploads.changeText(open.key, text),
              onRemove: () => {
                setOpenKey(null)
                uploads.remove(open.key)
                onRemoved()
              },
              onInline: (text) => {
                uploads.changeText(open.key, text)
                // While the dialog is open, it keeps the focus.
                flushSync(() => setOpenKey(null))
                onInline(open.key)
              },
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** Says why a paste is no text of the message, and has the way back. */
function Pasted({ onInline }: { onInline: () => void }) {
  const t = useTranslations("files")
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 px-4 pt-2 text-[0.8125rem] text-muted-foreground">
      {t("pasted")}
      <button
        type="button"
        onClick={onInline}
        className="min-h-6 font-medium text-spark-text underline underline-offset-4"
      >
        {t("asText")}
      </button>
    </p>
  )
}

interface AttachmentViewProps {
  attachment: Attachment
  onOpen: () => void
  onRetry: () => void
}

function AttachmentView({ attachment, onOpen, onRetry }: AttachmentViewProps) {
  if (attachment.state === "failed") return <Failed attachment={attachment} onRetry={onRetry} />
  return attachment.file ? (
    <TextFileChip file={attachment.file} onOpen={onOpen} />
  ) : (
    <Thumbnail attachment={attachment} />
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

function Failed({ attachment: { name, error, source }, onRetry }: Omit<AttachmentViewProps, "onOpen">) {
  const t = useTranslations("composer")
  const common = useTranslations("common")
  return (
    <div
      role="alert"
      className="flex min-h-16 items-center gap-2.5 rounded-lg bg-danger-soft py-2 pe-5 ps-3 text-[0.8125rem]"
    >
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <p className="wrap-anywhere">{error?.includes(name) ? error : `${name}: ${error}`}</p>
      {source && (
        <Button size="sm" aria-label={t("retry", { name })} onClick={onRetry}>
          {common("retry")}
        </Button>
      )}
    </div>
  )
}
