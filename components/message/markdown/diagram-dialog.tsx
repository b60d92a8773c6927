"use client"

import { Expand, ZoomIn, ZoomOut } from "lucide-react"
import { useTranslations } from "next-intl"
import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react"
import type { Svg } from "@/components/message/markdown/svg"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

const LEAST = 0.1
const MOST = 8
const STEP = 1.25

interface Props {
  address: string
  name: string
  svg: Svg
  /** Designed for a light background. */
  paper: boolean
  onClose: () => void
}

/** A zoomable diagram: buttons, + − 0 and Ctrl+wheel zoom; dragging, scrolling and arrow keys move it. */
export default function DiagramDialog({ address, name, svg, paper, onClose }: Props) {
  const t = useTranslations("reading")
  const { zoom, room, change, showWhole } = useZoom(svg.width)
  const size = zoom !== null && { width: svg.width * zoom, height: "auto", maxWidth: "none", maxHeight: "none" }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={name}
      className="h-[calc(100dvh-2rem)] max-h-none w-[calc(100vw-2rem)] max-sm:h-dvh max-sm:max-h-none max-sm:rounded-none"
      bodyClassName="flex flex-col"
    >
      <div className="relative flex min-h-0 flex-1 flex-col">
        <div className="mb-2 flex gap-1">
          <IconButton label={t("zoomOut")} variant="outline" onClick={() => change(1 / STEP)}>
            <ZoomOut className="size-4" />
          </IconButton>
          <IconButton label={t("zoomIn")} variant="outline" onClick={() => change(STEP)}>
            <ZoomIn className="size-4" />
          </IconButton>
          <IconButton label={t("fit")} variant="outline" onClick={showWhole}>
            <Expand className="size-4" />
          </IconButton>
        </div>
        <section
          ref={room}
          aria-label={name}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard
          tabIndex={0}
          {...dragging()}
          className={cn("diagram-large", paper && "on-paper", size ? "cursor-grab" : "grid place-items-center")}
        >
          {/* biome-ignore lint/performance/noImgElement: generated here */}
          <img
            src={address}
            alt={t("diagramOf", { kind: name })}
            draggable={false}
            width={svg.width}
            height={svg.height}
            style={size || undefined}
          />
        </section>
      </div>
    </Dialog>
  )
}

/** The zoom level, and the keys and wheel events that change it. */
function useZoom(width: number) {
  /** Null: fit to the window. */
  const [zoom, setZoom] = useState<number | null>(null)
  const room = useRef<HTMLDivElement>(null)
  const showWhole = useCallback(() => setZoom(null), [])
  const change = useCallback(
    (factor: number) =>
      setZoom((known) => {
        const now = known ?? (room.current?.querySelector("img")?.clientWidth ?? width) / width
        return Math.min(MOST, Math.max(LEAST, now * factor))
      }),
    [width],
  )
  useZoomKeys(change, showWhole)
  const listen = useCallback(
    (element: HTMLDivElement | null) => {
      room.current = element
      if (!element) return
      const onWheel = (event: WheelEvent) => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        change(event.deltaY < 0 ? STEP : 1 / STEP)
      }
      element.addEventListener("wheel", onWheel, { passive: false })
      return () => element.removeEventListener("wheel", onWheel)
    },
    [change],
  )
  return { zoom, room: listen, change, showWhole }
}

/** Works wherever the focus is in the dialog. */
function useZoomKeys(change: (factor: number) => void, showWhole: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === "+" || event.key === "=") change(STEP)
      else if (event.key === "-") change(1 / STEP)
      else if (event.key === "0") showWhole()
      else return
      event.preventDefault()
    }
    window.addEventListener("keydown", onKeyDown)
    return () => window.removeEventListener("keydown", onKeyDown)
  }, [change, showWhole])
}

/** Drags content that is larger than its container. Touch scrolls natively. */
const dragging = () => ({
  onPointerDown: (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== "touch" && event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
  },
  onPointerMove: (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    event.currentTarget.scrollLeft -= event.movementX
    event.currentTarget.scrollTop -= event.movementY
  },
})
