"use client"

import { Dialog as Primitive } from "radix-ui"
import { type KeyboardEvent, Suspense, useRef, useState } from "react"
import { DialogBar, Leads } from "@/components/images/dialog-bar"
import type { MarkShown } from "@/components/images/mark-layer"
import { useRegionRequest } from "@/components/images/region-request"
import type { ShownImage } from "@/components/images/shown-image"
import { Stage } from "@/components/images/stage"
import { useImageView } from "@/components/images/use-image-view"
import { useDialogFocus } from "@/components/ui/dialog-focus"
import { lazyOptional, lazyPart } from "@/components/ui/lazy-part"
import type { ImageInfo } from "@/lib/images/types"

const CompareView = lazyPart(() => import("@/components/images/compare-view"))
const RegionBar = lazyPart(() => import("@/components/images/region-bar"))
const RegionLayer = lazyOptional(() => import("@/components/images/region-layer"))

interface Props {
  /** All images of the message. */
  images: ShownImage[]
  /** Index of the initial image. */
  first: number
  onClose: () => void
  /** Receives a region cropped from an image to ask about; undefined where nothing can be asked. */
  onRegion?: (part: ImageInfo) => void
  /** A model's marks on the image at an index. */
  marks?: (place: number) => MarkShown[]
}

export type DialogMode = "look" | "region" | "compare"

/**
 * A full-window image viewer. Wheel, pinch, double click and + − 0 zoom; an image larger than the window can be
 * dragged; arrows, Home, End and swipes switch between the message's images; Escape, a swipe down and a click outside
 * close it. A region can be selected to ask about; two images can be compared side by side or overlaid.
 */
export default function ImageDialog({ images, first, onClose, onRegion, marks }: Props) {
  const [place, setPlace] = useState(first)
  const [mode, setMode] = useState<DialogMode>("look")
  const asked = useRef<Element | null>(null)
  const focus = useDialogFocus(asked)
  const image = images[place]
  const go = (to: number) => setPlace(Math.min(images.length - 1, Math.max(0, to)))
  const shown = useImageView(image, (swipe) => {
    if (swipe === "close") onClose()
    else if (swipe) go(place + towards(swipe))
  })
  const asking = useRegionRequest(image, shown.natural, (part) => {
    // The user continues with a question about it.
    asked.current = document.getElementById("message")
    onClose()
    onRegion?.(part)
  })
  if (!image) return null
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/94" />
        <Primitive.Content
          {...focus}
          aria-describedby={undefined}
          onKeyDown={(event) => mode === "look" && onKey(event, { shown, go, place, last: images.length - 1 })}
          // Goes back one step at a time.
          onEscapeKeyDown={(event) => {
            if (mode === "look") return
            event.preventDefault()
            setMode("look")
          }}
          // Images are shown on a dark background in any theme.
          className="dark fixed inset-0 z-50 flex flex-col text-foreground focus:outline-hidden"
        >
          <DialogBar
            {...{ image, place, shown, mode, setMode }}
            count={images.length}
            asks={Boolean(onRegion && image.id)}
          />
          <View
            {...{ images, place, shown, mode, asking, go, onClose }}
            marks={marks?.(place) ?? []}
            onLeave={() => setMode("look")}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

interface ViewProps extends Pick<Props, "images" | "onClose"> {
  place: number
  shown: ReturnType<typeof useImageView>
  mode: DialogMode
  asking: ReturnType<typeof useRegionRequest>
  marks: MarkShown[]
  go: (place: number) => void
  onLeave: () => void
}

/** The image with its current mode. */
function View({ images, place, shown, mode, asking, marks, go, onClose, onLeave }: ViewProps) {
  const image = images[place]
  if (!image) return null
  const region = mode === "region"
  return (
    <div className="relative min-h-0 flex-1">
      {mode === "compare" ? (
        <Suspense>
          <CompareView images={images} first={place} />
        </Suspense>
      ) : (
        <>
          <Stage {...{ image, shown, marks }} onBeside={region ? null : onClose}>
            <Suspense>{region && <RegionLayer {...asking} />}</Suspense>
          </Stage>
          {region ? (
            <Suspense>
              <RegionBar busy={asking.busy} onLeave={onLeave} onAsk={asking.ask} />
            </Suspense>
          ) : (
            <Leads {...{ place, go }} count={images.length} />
          )}
        </>
      )}
    </div>
  )
}

interface KeyOptions {
  shown: ReturnType<typeof useImageView>
  go: (place: number) => void
  place: number
  last: number
}

function onKey(event: KeyboardEvent, { shown, go, place, last }: KeyOptions): void {
  const key = keyOf(event)
  if (!key) return
  event.preventDefault()
  if (key === "in") shown.zoomIn()
  else if (key === "out") shown.zoomOut()
  else if (key === "whole") shown.showWhole()
  else if (key === "first") go(0)
  else if (key === "last") go(last)
  else if (shown.view.scale > 1) shown.pull(-key.x, -key.y)
  else if (key.x !== 0) go(place + towards(key.x > 0 ? "left" : "right"))
}

type Key = "in" | "out" | "whole" | "first" | "last" | { x: number; y: number } | null

const KEYS: Record<string, Key> = {
  "+": "in",
  "=": "in",
  "-": "out",
  "0": "whole",
  Home: "first",
  End: "last",
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const keyOf = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Key =>
  ctrlKey || metaKey || altKey ? null : (KEYS[key] ?? null)

/** In left-to-right languages, dragging left reveals the next image. */
const towards = (pulled: "left" | "right"): number =>
  (pulled === "left") === (document.documentElement.dir !== "rtl") ? 1 : -1
