"use client"

import type { FileUIPart } from "ai"
import { useTranslations } from "next-intl"
import { lazy, Suspense, useState } from "react"

const ImageDialog = lazy(() => import("@/components/message/parts/image-dialog"))

/** The pictures of a message, as thumbnails that open large. */
export function MessageImages({ images }: { images: FileUIPart[] }) {
  const t = useTranslations("message")
  const nameOf = (image: FileUIPart): string => image.filename ?? t("image")
  const [open, setOpen] = useState<number | null>(null)
  if (images.length === 0) return null
  const size = images.length === 1 ? "max-h-72 max-w-full" : "size-28 sm:size-32"
  return (
    <div className="flex flex-wrap justify-end gap-1.5">
      {images.map((image, place) => (
        <button
          key={image.url}
          type="button"
          aria-label={t("openImage", { name: nameOf(image) })}
          onClick={() => setOpen(place)}
          className="overflow-hidden rounded-lg border bg-muted transition-opacity hover:opacity-90"
        >
          {/* biome-ignore lint/performance/noImgElement: our own store's picture, already of a fitting size */}
          <img
            src={image.url}
            alt={nameOf(image)}
            className={`${size} min-h-12 min-w-12 object-cover`}
            decoding="async"
          />
        </button>
      ))}
      {open !== null && (
        <Suspense>
          <ImageDialog
            images={images.map((image) => ({ url: image.url, name: nameOf(image) }))}
            first={open}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </div>
  )
}
