"use client"

import { useSortable } from "@dnd-kit/sortable"
import { CircleAlert, FileText, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { AddPictures } from "@/components/documents/add-pictures"
import { DraftDocument } from "@/components/documents/draft-document"
import { type Attachment, isPendingAttachment } from "@/components/draft/attachment"
import { formatBytes } from "@/components/files/facts"
import { TextFileChip } from "@/components/files/text-file-chip"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { cn } from "@/lib/cn"
import type { DocumentPart } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

interface ViewProps {
  attachment: Attachment
  /** Position among the images, from 1; 0 if it is the only one. */
  number: number
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  onOpen: () => void
  onRetry: () => void
  /** The options of a document changed. */
  onDocument: (document: DocumentPart) => void
  /** Attaches the images in a document. */
  onPictures: AddPictures
}

interface Props extends ViewProps {
  /** There is nothing to reorder it with. */
  alone: boolean
  onKeyDown: (event: KeyboardEvent) => void
  onRemove: () => void
}

/** A single attachment, with a button to remove it. */
export function AttachmentItem({ alone, onKeyDown, onRemove, ...view }: Props) {
  const t = useTranslations("composer")
  const { key, name, state } = view.attachment
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id: key, disabled: alone })
  return (
    <li
      ref={setNodeRef}
      {...listeners}
      onKeyDown={onKeyDown}
      style={{
        transform: transform ? `translate(${transform.x}px, ${transform.y}px)` : undefined,
        transition,
      }}
      className={cn("relative select-none", state === "failed" && "max-w-full", isDragging && "z-10 opacity-70")}
    >
      <AttachmentView {...view} />
      <button
        type="button"
        aria-label={t("remove", { name })}
        data-tip={t("remove", { name })}
        onClick={onRemove}
        className="-top-2 -end-2 absolute grid size-6 place-items-center rounded-full border bg-surface text-muted-foreground shadow-sm after:absolute hover:text-foreground pointer-coarse:after:-inset-2"
      >
        <X className="size-3.5" />
      </button>
    </li>
  )
}

function AttachmentView(props: ViewProps) {
  const { kind, state, file, preview } = props.attachment
  if (state === "failed") return <Failed {...props} />
  const { document, asked, onDocument, onPictures } = { ...props, document: props.attachment.document }
  if (document && state === "ready") return <DraftDocument {...{ document, asked, onPictures }} onChange={onDocument} />
  if (file) return <TextFileChip file={file} onOpen={props.onOpen} />
  return kind === "image" || preview ? <Thumbnail {...props} /> : <FileChip {...props} />
}

function Thumbnail({ attachment, number, onOpen }: ViewProps) {
  const t = useTranslations("attachments")
  const { name, preview, image } = attachment
  // Formats the browser can't render (TIFF, HEIC) are shown once the server has converted them.
  const [unreadable, setUnreadable] = useState(false)
  const source = preview && !unreadable ? preview : image && `${image.url}?size=320`
  return (
    <div className="relative size-16 overflow-hidden rounded-lg border bg-muted">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-disabled={!image}
        aria-description={image ? t("openOptions") : undefined}
        aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
        data-tip={name}
        onClick={() => image && onOpen()}
        className="block size-full"
      >
        {source ? (
          // biome-ignore lint/performance/noImgElement: an object URL or an image from our own store
          <img
            src={source}
            alt={image?.alt ?? name}
            draggable={false}
            onError={() => setUnreadable(true)}
            className="size-full object-cover"
          />
        ) : (
          <span className="sr-only">{name}</span>
        )}
      </button>
      {number > 0 && (
        <span
          aria-hidden
          className="pointer-events-none absolute start-1 top-1 grid h-4 min-w-4 place-items-center rounded bg-background/85 px-1 font-medium text-[0.6875rem] tabular-nums"
        >
          {number}
        </span>
      )}
      <OnItsWay attachment={attachment} className="pointer-events-none absolute inset-0 bg-background/60" />
    </div>
  )
}

/** A document, or a file not examined yet. */
function FileChip({ attachment }: ViewProps) {
  const t = useTranslations("attachments")
  const locale = useFormatLocale()
  const { name, source, state, progress } = attachment
  const uploading = state === "uploading"
  const facts =
    state === "ready" || state === "failed"
      ? source && formatBytes(source.size, locale)
      : t(`state.${state}`, { percent: progress })
  return (
    <div
      data-tip={name}
      data-tip-cut=""
      className="relative flex h-14 max-w-64 items-center gap-2.5 overflow-hidden rounded-lg border bg-surface py-2 pe-4 ps-2.5"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-spark-soft text-spark-text">
        <FileText className="size-4.5" aria-hidden />
      </span>
      <span className="min-w-0">
        <bdi className="block truncate font-medium text-[0.84375rem] leading-5">{name}</bdi>
        <span className="block truncate text-[0.78125rem] text-muted-foreground tabular-nums leading-4">{facts}</span>
      </span>
      <OnItsWay attachment={attachment} className={cn("absolute inset-x-0 bottom-0 h-1", !uploading && "sr-only")} />
    </div>
  )
}

/** Its progress: a bar during the upload, a spinner before and after. */
function OnItsWay({ attachment, className }: { attachment: Attachment; className: string }) {
  const t = useTranslations("composer")
  const { name, state, progress } = attachment
  if (!isPendingAttachment(attachment)) return null
  const uploading = state === "uploading"
  return (
    <span role="status" className={cn("grid place-items-center", className)}>
      {uploading ? (
        <span
          role="progressbar"
          aria-label={t("uploading", { name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress * 100)}
          className="absolute inset-x-0 bottom-0 h-1 bg-border"
        >
          <span
            style={{ inlineSize: `${progress * 100}%` }}
            className="block h-full bg-spark transition-[inline-size] motion-reduce:transition-none"
          />
        </span>
      ) : (
        <>
          <Spinner />
          <span className="sr-only">{t("uploading", { name })}</span>
        </>
      )}
    </span>
  )
}

function Failed({ attachment: { name, error, source, address }, onRetry }: ViewProps) {
  const t = useTranslations("composer")
  const common = useTranslations("common")
  return (
    <div
      role="alert"
      className="flex min-h-16 items-center gap-2.5 rounded-lg bg-danger-soft py-2 pe-5 ps-3 text-[0.8125rem]"
    >
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <p className="wrap-anywhere">{error?.includes(name) ? error : `${name}: ${error}`}</p>
      {(source || address) && (
        <Button size="sm" aria-label={t("retry", { name })} onClick={onRetry}>
          {common("retry")}
        </Button>
      )}
    </div>
  )
}
