"use client"

import {
  BoxSelect,
  ChevronLeft,
  ChevronRight,
  Columns2,
  Copy,
  Download,
  Maximize2,
  X,
  ZoomIn,
  ZoomOut,
} from "lucide-react"
import { useTranslations } from "next-intl"
import { Dialog as Primitive } from "radix-ui"
import type { ReactNode } from "react"
import { copyImage } from "@/components/images/copy-image"
import type { DialogMode } from "@/components/images/image-dialog"
import type { ShownImage } from "@/components/images/shown-image"
import type { useImageView } from "@/components/images/use-image-view"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { toast } from "@/components/ui/toast"
import { cn } from "@/lib/cn"

interface BarProps {
  image: ShownImage
  place: number
  count: number
  shown: ReturnType<typeof useImageView>
  mode: DialogMode
  setMode: (mode: DialogMode) => void
  /** The user can ask about a region of it. */
  asks: boolean
}

/** The image's name and actions. */
export function DialogBar({ image, place, count, shown, mode, setMode, asks }: BarProps) {
  const t = useTranslations("message")
  const images = useTranslations("images")
  const common = useTranslations("common")
  const toggle = (wanted: DialogMode) => setMode(mode === wanted ? "look" : wanted)
  const pressed = "aria-pressed:bg-muted aria-pressed:text-foreground"
  return (
    <div className="flex h-14 shrink-0 items-center gap-1 px-2 sm:px-3">
      <Primitive.Title className="min-w-0 truncate px-2 font-medium text-[0.875rem]">
        {mode === "compare" ? images("compare") : image.name}
      </Primitive.Title>
      <p role="status" className="shrink-0 text-[0.8125rem] text-muted-foreground tabular-nums">
        {count > 1 && mode !== "compare" && t("imagePlace", { place: place + 1, count })}
      </p>
      <span className="flex-1" />
      {asks && (
        <IconButton
          label={images("askRegion")}
          aria-pressed={mode === "region"}
          className={pressed}
          onClick={() => toggle("region")}
        >
          <BoxSelect className="size-4" />
        </IconButton>
      )}
      {count > 1 && (
        <IconButton
          label={images("compare")}
          aria-pressed={mode === "compare"}
          className={pressed}
          onClick={() => toggle("compare")}
        >
          <Columns2 className="size-4" />
        </IconButton>
      )}
      {mode !== "compare" && <Zooms shown={shown} />}
      <IconButton label={images("copy")} className="max-sm:hidden" onClick={() => void copied(image, images)}>
        <Copy className="size-4" />
      </IconButton>
      <a
        href={image.url}
        download={image.name}
        aria-label={t("downloadImage")}
        data-tip={t("downloadImage")}
        className="grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground pointer-coarse:size-11"
      >
        <Download className="size-4" aria-hidden />
      </a>
      <Primitive.Close asChild>
        <IconButton label={common("close")} data-autofocus>
          <X className="size-4" />
        </IconButton>
      </Primitive.Close>
    </div>
  )
}

function Zooms({ shown }: Pick<BarProps, "shown">) {
  const reading = useTranslations("reading")
  return (
    <>
      <IconButton label={reading("zoomOut")} onClick={shown.zoomOut} className="max-sm:hidden">
        <ZoomOut className="size-4" />
      </IconButton>
      <IconButton label={reading("zoomIn")} onClick={shown.zoomIn} className="max-sm:hidden">
        <ZoomIn className="size-4" />
      </IconButton>
      <IconButton label={reading("fit")} onClick={shown.showWhole} className="max-sm:hidden">
        <Maximize2 className="size-4" />
      </IconButton>
    </>
  )
}

const copied = (image: ShownImage, t: (key: "copied" | "notCopied") => string) =>
  copyImage(image.url).then(
    () => toast.success(t("copied")),
    () => toast.error(t("notCopied")),
  )

interface LeadsProps {
  place: number
  count: number
  go: (place: number) => void
}

/** Buttons at the sides of the image, to the previous and next ones. */
export function Leads({ place, count, go }: LeadsProps) {
  const t = useTranslations("message")
  if (count < 2) return null
  return (
    <>
      <Lead label={t("previousImage")} disabled={place === 0} onClick={() => go(place - 1)} className="start-3">
        <ChevronLeft className="size-5 rtl:-scale-x-100" />
      </Lead>
      <Lead label={t("nextImage")} disabled={place === count - 1} onClick={() => go(place + 1)} className="end-3">
        <ChevronRight className="size-5 rtl:-scale-x-100" />
      </Lead>
    </>
  )
}

interface LeadProps {
  label: string
  disabled: boolean
  onClick: () => void
  className: string
  children: ReactNode
}

/** Stays focusable at the last one. */
function Lead({ disabled, onClick, label, className, children }: LeadProps) {
  return (
    <Button
      aria-label={label}
      aria-disabled={disabled}
      data-tip={label}
      onClick={() => !disabled && onClick()}
      className={cn(
        "-translate-y-1/2 absolute top-1/2 size-11 rounded-full bg-surface/80 p-0 shadow-float aria-disabled:opacity-30",
        className,
      )}
    >
      {children}
    </Button>
  )
}
