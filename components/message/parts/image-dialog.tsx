"use client"

import { ChevronLeft, ChevronRight, Download, Maximize2, X, ZoomIn, ZoomOut } from "lucide-react"
import { useTranslations } from "next-intl"
import { Dialog as Primitive } from "radix-ui"
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react"
import { useImageView } from "@/components/message/parts/use-image-view"
import { Button } from "@/components/ui/button"
import { useDialogFocus } from "@/components/ui/dialog-focus"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

export interface ShownImage {
  url: string
  name: string
}

interface Props {
  /** All of the message. */
  images: ShownImage[]
  /** The one to begin with. */
  first: number
  onClose: () => void
}

/**
 * An image as large as the window. Wheel, fingers, a double click, + − 0 zoom; what is larger than the window is pulled
 * about; arrows and swipes lead to the next one of the message; Escape, a swipe down and a click beside it close.
 */
export default function ImageDialog({ images, first, onClose }: Props) {
  const [place, setPlace] = useState(first)
  const focus = useDialogFocus()
  const image = images[place]
  const go = (step: number) => setPlace((now) => Math.min(images.length - 1, Math.max(0, now + step)))
  const shown = useImageView(image?.url ?? "", (swipe) => {
    if (swipe === "close") onClose()
    else if (swipe) go(towards(swipe))
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event)
    if (!key) return
    event.preventDefault()
    if (key === "in") shown.zoomIn()
    else if (key === "out") shown.zoomOut()
    else if (key === "whole") shown.showWhole()
    else if (shown.view.scale > 1) shown.pull(-key.x, -key.y)
    else if (key.x !== 0) go(towards(key.x > 0 ? "left" : "right"))
  }
  if (!image) return null
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/94" />
        <Primitive.Content
          {...focus}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          // Images are looked at before a dark ground, whatever the theme.
          className="dark fixed inset-0 z-50 flex flex-col text-foreground focus:outline-hidden"
        >
          <Bar {...{ image, place, shown }} count={images.length} />
          <div className="relative min-h-0 flex-1">
            <Stage {...{ image, shown, onClose }} />
            <Leads {...{ place, go }} count={images.length} />
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

interface StageProps {
  image: ShownImage
  shown: ReturnType<typeof useImageView>
  onClose: () => void
}

function Stage({ image, shown, onClose }: StageProps) {
  const { room, size, view, hands } = shown
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes, too
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      ref={room}
      data-stage
      {...hands.on}
      onClick={(event) => isBeside(event) && !hands.wasPulled() && onClose()}
      className={cn(
        "absolute inset-0 grid touch-none select-none place-items-center overflow-hidden",
        view.scale > 1 && (hands.pulling ? "cursor-grabbing" : "cursor-grab"),
      )}
    >
      {/* biome-ignore lint/performance/noImgElement: shown as it is stored */}
      <img
        key={image.url}
        src={image.url}
        alt={image.name}
        draggable={false}
        onLoad={(event) => shown.onLoad(event.currentTarget)}
        style={{ ...size, transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        className={cn("max-w-none", !size && "max-h-full opacity-0", !hands.pulling && "transition-transform")}
      />
    </div>
  )
}

/** A pointer that is captured clicks its room, wherever it is. */
function isBeside({ currentTarget, clientX, clientY }: MouseEvent): boolean {
  const box = currentTarget.querySelector("img")?.getBoundingClientRect()
  return !box || clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom
}

type Key = "in" | "out" | "whole" | { x: number; y: number } | null

const KEYS: Record<string, Key> = {
  "+": "in",
  "=": "in",
  "-": "out",
  "0": "whole",
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const keyOf = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Key =>
  ctrlKey || metaKey || altKey ? null : (KEYS[key] ?? null)

/** What is pulled to the left makes room for the next one, where texts run to the right. */
const towards = (pulled: "left" | "right"): number =>
  (pulled === "left") === (document.documentElement.dir !== "rtl") ? 1 : -1

interface BarProps {
  image: ShownImage
  place: number
  count: number
  shown: ReturnType<typeof useImageView>
}

function Bar({ image, place, count, shown }: BarProps) {
  const t = useTranslations("message")
  const reading = useTranslations("reading")
  const common = useTranslations("common")
  return (
    <div className="flex h-14 shrink-0 items-center gap-1 px-2 sm:px-3">
      <Primitive.Title className="min-w-0 truncate px-2 font-medium text-[0.875rem]">{image.name}</Primitive.Title>
      <p role="status" className="shrink-0 text-[0.8125rem] text-muted-foreground tabular-nums">
        {count > 1 && t("imagePlace", { place: place + 1, count })}
      </p>
      <span className="flex-1" />
      <IconButton label={reading("zoomOut")} onClick={shown.zoomOut} className="max-sm:hidden">
        <ZoomOut className="size-4" />
      </IconButton>
      <IconButton label={reading("zoomIn")} onClick={shown.zoomIn} className="max-sm:hidden">
        <ZoomIn className="size-4" />
      </IconButton>
      <IconButton label={reading("fit")} onClick={shown.showWhole} className="max-sm:hidden">
        <Maximize2 className="size-4" />
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

interface LeadsProps {
  place: number
  count: number
  go: (step: number) => void
}

function Leads({ place, count, go }: LeadsProps) {
  const t = useTranslations("message")
  if (count < 2) return null
  return (
    <>
      <Lead label={t("previousImage")} disabled={place === 0} onClick={() => go(-1)} className="start-3">
        <ChevronLeft className="size-5 rtl:-scale-x-100" />
      </Lead>
      <Lead label={t("nextImage")} disabled={place === count - 1} onClick={() => go(1)} className="end-3">
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

/** Over the image, at its side. It keeps the focus at the last one. */
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
