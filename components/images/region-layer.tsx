"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react"
import { between, moved, type Part, pixelsOf, resized } from "@/components/images/region"
import type { useRegionRequest } from "@/components/images/region-request"

/** A hundredth of the image; with Alt a thousandth. */
const STEP = 0.01
const FINE = 0.001

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Selects a region of the image: drawn with a pointer, moved by arrow keys, resized by arrow keys with Shift. Enter
 * asks about it. Covers the image exactly.
 */
export default function RegionLayer({ part, setPart, ask, size }: ReturnType<typeof useRegionRequest>) {
  const t = useTranslations("images")
  const layer = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const { x, y, ...pixels } = pixelsOf(part, size)
  const draw = useDrawing(layer, part, setPart, size)
  const onKeyDown = (event: KeyboardEvent) => {
    const [stepX, stepY] = DIRECTIONS[event.key] ?? [0, 0]
    const step = event.altKey ? FINE : STEP
    if (event.key === "Enter") ask()
    else if (stepX === 0 && stepY === 0) return
    else if (event.shiftKey) setPart(resized(part, stepX * step, stepY * step, size))
    else setPart(moved(part, stepX * step, stepY * step))
    event.preventDefault()
    event.stopPropagation()
  }
  const place = {
    left: percent(part.left),
    top: percent(part.top),
    width: percent(part.width),
    height: percent(part.height),
  }
  return (
    <div ref={layer} {...draw} className="absolute inset-0 cursor-crosshair touch-none overflow-hidden">
      <div
        ref={box}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: movable by keyboard
        tabIndex={0}
        aria-label={t("region")}
        aria-description={t("regionKeys")}
        onKeyDown={onKeyDown}
        style={place}
        className="absolute border-2 border-spark shadow-[0_0_0_9999px_rgb(0_0_0/0.55)] focus-visible:outline-2 focus-visible:outline-white focus-visible:outline-offset-2"
      >
        <span className="-end-1.5 -bottom-1.5 absolute size-3 rounded-full bg-spark" aria-hidden />
      </div>
      <p role="status" className="sr-only">
        {t("regionAt", { x, y, ...pixels })}
      </p>
    </div>
  )
}

const percent = (part: number) => `${part * 100}%`

type Draw = { kind: "new"; x: number; y: number } | { kind: "move"; x: number; y: number; part: Part }

/** Pointer drags draw a new region, or move the one they start in. */
function useDrawing(
  layer: { current: HTMLElement | null },
  part: Part,
  setPart: (part: Part) => void,
  size: { width: number; height: number },
) {
  const drawing = useRef<Draw | null>(null)
  const pointOf = ({ clientX, clientY }: PointerEvent) => {
    const { left = 0, top = 0, width = 1, height = 1 } = layer.current?.getBoundingClientRect() ?? {}
    return { x: (clientX - left) / width, y: (clientY - top) / height }
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      const point = pointOf(event)
      const inside =
        point.x > part.left &&
        point.x < part.left + part.width &&
        point.y > part.top &&
        point.y < part.top + part.height
      drawing.current = inside ? { kind: "move", ...point, part } : { kind: "new", ...point }
    },
    onPointerMove: (event: PointerEvent) => {
      const from = drawing.current
      if (!from) return
      const point = pointOf(event)
      if (from.kind === "new") setPart(between(from, point, size))
      else setPart(moved(from.part, point.x - from.x, point.y - from.y))
    },
    onPointerUp: () => {
      drawing.current = null
    },
    onPointerCancel: () => {
      drawing.current = null
    },
  }
}
