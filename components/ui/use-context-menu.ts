"use client"

import { type MouseEvent, type PointerEvent, useRef, useState } from "react"
import type { Point } from "@/components/ui/menu"

const PRESS_MS = 500
/** Pixels of movement after which a touch counts as scrolling. */
const MOVED_PX = 10

/**
 * Where a context menu was requested, or null: by right click, the menu key (Shift+F10), or a long press, for which
 * Safari fires no event. `handlers` go on the element it is about.
 */
export function useContextMenu() {
  const [at, setAt] = useState<Point | null>(null)
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; from: Point } | null>(null)
  /** The finger is still down: lifting it must not click. */
  const held = useRef(false)
  const give = () => {
    if (press.current) clearTimeout(press.current.timer)
    press.current = null
  }
  const handlers = {
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      // Input fields keep their native menu, for pasting; the event may have been handled after a long press.
      if (event.target instanceof HTMLInputElement || event.defaultPrevented) return
      event.preventDefault()
      held.current ||= press.current !== null
      give()
      // A keyboard event has no position, or that of the whole element.
      const { bottom, left } = event.currentTarget.getBoundingClientRect()
      const byKey = event.clientX === 0 && event.clientY === 0
      setAt(byKey ? { x: left + 24, y: bottom - 8 } : { x: event.clientX, y: event.clientY })
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      held.current = false
      give()
      const { pointerType, clientX: x, clientY: y, target } = event
      const onControl = target instanceof Element && target.closest("button, label, input") !== null
      if (pointerType !== "touch" || (onControl && target.closest("[data-row]") === null)) return
      press.current = {
        from: { x, y },
        timer: setTimeout(() => {
          press.current = null
          held.current = true
          setAt({ x, y })
        }, PRESS_MS),
      }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const from = press.current?.from
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > MOVED_PX) give()
    },
    onPointerUp: give,
    onPointerCancel: give,
    onClickCapture: (event: MouseEvent) => {
      if (!held.current) return
      held.current = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
  return { at, close: () => setAt(null), handlers }
}
