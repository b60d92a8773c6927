"use client"

import { ImagePlus, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

/** Images found in pasted text, which may be attached too. */
export interface Offer {
  files: File[]
  addresses: string[]
  /** The text that only stands for the images and is removed when they are attached. */
  replaces: string | null
}

interface Props {
  offer: Offer
  onAttach: () => void
  onDismiss: () => void
}

export default function PasteOffer({ offer: { files, addresses, replaces }, onAttach, onDismiss }: Props) {
  const t = useTranslations("attachments")
  const common = useTranslations("common")
  const count = files.length + addresses.length
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-2 text-[0.8125rem] text-muted-foreground"
    >
      <span className="min-w-0 flex-1 basis-48">{t(replaces ? "addressPasted" : "picturesPasted", { count })}</span>
      <span className="flex items-center gap-1">
        <Button size="sm" onClick={onAttach}>
          <ImagePlus className="size-3.5" aria-hidden /> {t("attachPasted", { count })}
        </Button>
        <IconButton label={common("dismiss")} onClick={onDismiss}>
          <X className="size-4" />
        </IconButton>
      </span>
    </div>
  )
}
