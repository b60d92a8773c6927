"use client"

import { ChevronLeft, ChevronRight } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { useId, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import type { AttachedImage, Attachment } from "@/components/draft/attachment"
import { formatBytes } from "@/components/files/facts"
import { DetailField } from "@/components/images/detail-field"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { Uploads } from "@/components/uploads/uploads"
import { MAX_ALT } from "@/lib/messages/image-facts"

interface Props {
  attachments: Attachment[]
  uploads: Uploads
  shownKey: string
  onClose: () => void
  onRemove: () => void
}

/** Options of an image before it is sent: detail level, alt text, position. */
export default function ImageOptions(props: Props) {
  const place = props.attachments.findIndex(({ key }) => key === props.shownKey)
  const image = props.attachments[place]?.image
  return image ? <Options {...props} image={image} place={place} /> : null
}

interface OptionsProps extends Props {
  image: AttachedImage
  place: number
}

function Options({ attachments, uploads, shownKey, onClose, onRemove, image, place }: OptionsProps) {
  const t = useTranslations("attachments")
  const common = useTranslations("files")
  const [said, setSaid] = useState("")
  const facts = useFacts(image)
  const move = (to: number) => {
    uploads.move(shownKey, to)
    setSaid(t("moved", { name: image.name, place: to + 1, count: attachments.length }))
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={image.name}
      description={facts}
      footer={
        <>
          <Button variant="danger" className="me-auto" onClick={onRemove}>
            {common("remove")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {common("done")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {/* biome-ignore lint/performance/noImgElement: an image from our own store */}
        <img
          src={`${image.url}?size=640`}
          alt={image.alt ?? image.name}
          width={image.width}
          height={image.height}
          className="h-52 w-full rounded-lg border bg-muted object-contain"
        />
        {attachments.length > 1 && (
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" disabled={place === 0} onClick={() => move(place - 1)}>
              <ChevronLeft className="size-4 rtl:-scale-x-100" aria-hidden /> {t("earlier")}
            </Button>
            <Button size="sm" disabled={place === attachments.length - 1} onClick={() => move(place + 1)}>
              {t("later")} <ChevronRight className="size-4 rtl:-scale-x-100" aria-hidden />
            </Button>
            <span role="status" className="text-[0.8125rem] text-muted-foreground">
              {said}
            </span>
          </div>
        )}
        <MorePages count={attachments[place]?.more?.count ?? 0} onAdd={() => uploads.addPages(shownKey)} />
        <DetailField value={image.detail} onChange={(detail) => uploads.changeImage(shownKey, { ...image, detail })} />
        <AltField image={image} onChange={(alt) => uploads.changeImage(shownKey, { ...image, alt })} />
      </div>
    </Dialog>
  )
}

/** Only the first page of a multi-page file (TIFF) is attached; the others on request. */
function MorePages({ count, onAdd }: { count: number; onAdd: () => Promise<number> }) {
  const t = useTranslations("attachments")
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState("")
  const add = async () => {
    setBusy(true)
    await onAdd().then(
      (added) => setSaid(t("pagesAdded", { count: added })),
      (error: unknown) => setSaid(sentenceOf(error)),
    )
    setBusy(false)
  }
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 text-[0.8125rem] empty:hidden">
      {count > 0 && (
        <Button size="sm" disabled={busy} onClick={add}>
          {t("addPages", { count })}
        </Button>
      )}
      {said && <span>{said}</span>}
    </div>
  )
}

/** Its size and what it was derived from, on one line. */
function useFacts({ width, height, bytes, derivedFrom }: AttachedImage): string {
  const t = useTranslations("attachments")
  const format = useFormatter()
  const locale = useFormatLocale()
  return format.list(
    [t("pixels", { width, height }), formatBytes(bytes, locale), ...(derivedFrom ? [t("part")] : [])],
    { type: "unit" },
  )
}

function AltField({ image: { alt = "", name }, onChange }: { image: AttachedImage; onChange: (alt?: string) => void }) {
  const t = useTranslations("attachments")
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium text-[0.8125rem]">
        {t("alt")}
      </label>
      <input
        id={id}
        value={alt}
        maxLength={MAX_ALT}
        placeholder={name}
        aria-describedby={`${id}-meaning`}
        onChange={({ target }) => onChange(target.value.trim() ? target.value : undefined)}
        className="h-9 w-full rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
      />
      <p id={`${id}-meaning`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
        {t("altMeaning")}
      </p>
    </div>
  )
}
