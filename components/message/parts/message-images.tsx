"use client"

import type { FileUIPart } from "ai"
import { useTranslations } from "next-intl"
import { Suspense, useState } from "react"
import { ratioOf, rowsOf } from "@/components/images/grid"
import { altOf, type ShownImage, shownImage, sized, srcSetOf } from "@/components/images/shown-image"
import { useMessageContext } from "@/components/message/parts/message-context"
import { lazyOptional, lazyOverlay } from "@/components/ui/lazy-part"
import { cn } from "@/lib/cn"

const ImageDialog = lazyOverlay(() => import("@/components/images/image-dialog"))
const Placeholder = lazyOptional(() => import("@/components/images/placeholder"))

/** Maximum height in pixels of a single image, and of a row of several. */
const SINGLE_PX = 288
const ROW_PX = 148

/**
 * The images of a message: a single one as large as possible, several in rows, numbered as the model sees them.
 * Clicking enlarges them.
 */
export function MessageImages({ images: parts }: { images: FileUIPart[] }) {
  const t = useTranslations("message")
  const { attach } = useMessageContext()
  const [open, setOpen] = useState<number | null>(null)
  if (parts.length === 0) return null
  const images = parts.map((part) => shownImage(part, t("image")))
  const rows = rowsOf(images.map((image, place) => ({ ...image, place })))
  return (
    <div className={cn("flex flex-col items-end gap-1.5", images.length > 1 && "w-full")}>
      {rows.map((row) => (
        <div key={row[0]?.place} className="flex max-w-full justify-end gap-1.5">
          {row.map(({ place, ...image }) => (
            <Thumbnail
              // The same image may appear twice.
              key={place}
              image={image}
              number={images.length > 1 ? place + 1 : 0}
              onOpen={() => setOpen(place)}
            />
          ))}
        </div>
      ))}
      {open !== null && (
        <Suspense>
          <ImageDialog images={images} first={open} onClose={() => setOpen(null)} onRegion={attach} />
        </Suspense>
      )}
    </div>
  )
}

interface ThumbnailProps {
  image: ShownImage
  /** 0: the only one. */
  number: number
  onOpen: () => void
}

function Thumbnail({ image, number, onOpen }: ThumbnailProps) {
  const t = useTranslations("message")
  const [loaded, setLoaded] = useState(false)
  const single = number === 0
  const box = boxOf(image, single)
  const sources = srcSetOf(image)
  return (
    <button
      type="button"
      aria-label={t("openImage", { name: number > 0 ? `${number}: ${altOf(image)}` : altOf(image) })}
      onClick={onOpen}
      style={box ? { width: box.width, aspectRatio: box.ratio } : undefined}
      className={cn(
        "relative min-h-12 min-w-12 overflow-hidden rounded-lg border bg-muted transition-opacity hover:opacity-90",
        box ? "min-w-0 shrink" : !single && "size-28 sm:size-32",
      )}
    >
      {image.thumbhash && !loaded && (
        <Suspense>
          <Placeholder thumbhash={image.thumbhash} />
        </Suspense>
      )}
      {/* biome-ignore lint/performance/noImgElement: an image from our own store, which provides the sizes */}
      <img
        ref={(element) => {
          if (element?.complete) setLoaded(true)
        }}
        src={sources ? sized(image.url, 640) : image.url}
        srcSet={sources}
        sizes={box ? `${Math.ceil(box.width)}px` : undefined}
        width={image.width}
        height={image.height}
        alt={altOf(image)}
        onLoad={() => setLoaded(true)}
        className={cn("relative object-cover", box || !single ? "size-full" : "max-h-72 max-w-full")}
        decoding="async"
      />
      {number > 0 && (
        <span
          aria-hidden
          className="absolute start-1.5 top-1.5 grid h-5 min-w-5 place-items-center rounded bg-background/85 px-1 font-medium text-[0.75rem] tabular-nums"
        >
          {number}
        </span>
      )}
    </button>
  )
}

/** Space reserved before the image loads; null when its size is unknown. */
function boxOf(image: ShownImage, single: boolean): { width: number; ratio: number } | null {
  const { width, height } = image
  if (!width || !height) return null
  const ratio = ratioOf(image)
  // A small image isn't enlarged.
  const high = single ? Math.min(SINGLE_PX, Math.max(48, height)) : ROW_PX
  return { width: high * ratio, ratio }
}
