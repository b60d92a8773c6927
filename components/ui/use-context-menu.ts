"use client"

import { type MouseEvent, type PointerEvent, useRef, useState } from "react"
import type { Point } from "@/components/ui/menu"

const PRESS_MS = 500
/** Pixels after which a finger scrolls. */
const MOVED_PX = 10

/**
 * Where a context menu was asked for, or null: by the other mouse button, the menu key (Shift+F10), or a long press,
 * which Safari tells of by no event. `handlers` belong to what it is about.
 */
export function useContextMenu() {
  const [at, setAt] = useState<Point | null>(null)
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; from: Point } | null>(null)
  /** The finger that asked is still down: what it lets go of is not clicked. */
  const held = useRef(false)
  const give = () => {
    if (press.current) clearTimeout(press.current.timer)
    press.current = null
  }
  const handlers = {
    onContextMenu: (event: MouseEvent<HTMLElement>) => {
      // A field's own menu pastes; a long press may have had its answer.
      if (event.target instanceof HTMLInputElement || event.defaultPrevented) return
      event.preventDefault()
      held.current ||= press.current !== null
      give()
      // A key tells no place, or that of the whole element.
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
