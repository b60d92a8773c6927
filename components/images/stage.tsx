"use client"

import { type MouseEvent, type ReactNode, useState } from "react"
import { MarkLayer, type MarkShown } from "@/components/images/mark-layer"
import { altOf, type ShownImage, sized } from "@/components/images/shown-image"
import type { useImageView } from "@/components/images/use-image-view"
import { cn } from "@/lib/cn"

interface Props {
  image: ShownImage
  shown: ReturnType<typeof useImageView>
  marks: MarkShown[]
  /** Called on a click outside the image; null while something covers it. */
  onBeside: (() => void) | null
  /** Overlays exactly covering the image. */
  children: ReactNode
}

/** Scale beyond which a large image is loaded in full resolution. */
const CLOSE = 1.4
const LARGE = 2048

/** The image in its container, with its overlays. */
export function Stage({ image, shown, marks, onBeside, children }: Props) {
  const { room, size, view, hands } = shown
  const { width, height } = image
  const [closeTo, setCloseTo] = useState<string | null>(null)
  if (view.scale > CLOSE && closeTo !== image.url) setCloseTo(image.url)
  const large = width && height && Math.max(width, height) > LARGE
  const source = large && closeTo !== image.url ? sized(image.url, LARGE) : image.url
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape also closes it
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      ref={room}
      data-stage
      {...(onBeside && hands.on)}
      onClick={(event) => isBeside(event) && !hands.wasPulled() && onBeside?.()}
      className={cn(
        "absolute inset-0 grid touch-none select-none place-items-center overflow-hidden",
        onBeside && view.scale > 1 && (hands.pulling ? "cursor-grabbing" : "cursor-grab"),
      )}
    >
      <div
        data-image=""
        style={{ ...size, transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        className={cn(
          "relative max-w-none",
          !size && "max-h-full opacity-0",
          !hands.pulling && "transition-transform motion-reduce:transition-none",
        )}
      >
        {/* biome-ignore lint/performance/noImgElement: shown as stored */}
        <img
          key={image.url}
          src={source}
          alt={altOf(image)}
          draggable={false}
          onLoad={(event) => shown.onLoad(event.currentTarget)}
          className="size-full max-w-none"
        />
        <MarkLayer marks={marks} scale={view.scale} />
        {children}
      </div>
    </div>
  )
}

/** A captured pointer's click targets the container wherever it is, so the coordinates decide. */
function isBeside({ currentTarget, clientX, clientY }: MouseEvent): boolean {
  const box = currentTarget.querySelector("[data-image]")?.getBoundingClientRect()
  return !box || clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom
}
