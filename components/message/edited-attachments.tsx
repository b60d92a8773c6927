"use client"

import { X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense, useState } from "react"
import type { Part } from "@/components/base/message-content"
import { MessageDocumentCard } from "@/components/documents/message-documents"
import { TextFileChip } from "@/components/files/text-file-chip"
import { sized } from "@/components/images/shown-image"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { Spinner } from "@/components/ui/spinner"
import { imageAltText } from "@/lib/messages/image-facts"
import type { TextFile } from "@/lib/messages/types"

const TextFileDialog = lazyOverlay(() => import("@/components/files/text-file-dialog"))

interface Props {
  attached: Part[]
  /** An upload is in progress. */
  uploading: boolean
  onRemove: (part: Part) => void
}

/** Attachments of a message being edited. Each can be removed; text files can be opened. */
export function EditedAttachments({ attached, uploading, onRemove }: Props) {
  const t = useTranslations("composer")
  const message = useTranslations("message")
  const [open, setOpen] = useState<TextFile | null>(null)
  const nameOf = (part: Part) =>
    part.type === "data-text-file" || part.type === "data-document"
      ? part.data.name
      : (part.type === "file" && part.filename) || message("image")
  if (attached.length === 0 && !uploading) return null
  return (
    <ul aria-label={t("attached")} className="flex flex-wrap items-center gap-2 px-2 pt-2 pb-1">
      {attached.map((part, index) => (
        // File names may repeat, and items keep no state here.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className="relative">
          {part.type === "file" ? (
            // biome-ignore lint/performance/noImgElement: an image from our own store
            <img
              src={sized(part.url, 320)}
              alt={imageAltText(part) ?? nameOf(part)}
              className="size-16 rounded-lg border bg-muted object-cover"
            />
          ) : part.type === "data-document" ? (
            <MessageDocumentCard document={part.data} />
          ) : (
            part.type === "data-text-file" && (
              <TextFileChip file={part.data} onOpen={() => setOpen(part.data)} className="h-16" />
            )
          )}
          <button
            type="button"
            aria-label={t("remove", { name: nameOf(part) })}
            data-tip={t("remove", { name: nameOf(part) })}
            onClick={() => onRemove(part)}
            className="-top-2 -end-2 absolute grid size-6 place-items-center rounded-full border bg-surface text-muted-foreground shadow-sm after:absolute hover:text-foreground pointer-coarse:after:-inset-2"
          >
            <X className="size-3.5" />
          </button>
        </li>
      ))}
      {open && (
        <Suspense>
          <TextFileDialog file={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {uploading && (
        <li role="status" className="grid size-16 place-items-center rounded-lg border bg-muted">
          <Spinner />
          <span className="sr-only">{t("uploading", { name: message("image") })}</span>
        </li>
      )}
    </ul>
  )
}
