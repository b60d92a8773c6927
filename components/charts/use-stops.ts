import { type KeyboardEvent, type PointerEvent, useState } from "react"
import type { Drawing, Stop } from "@/components/charts/drawing"

/** Distance in pixels within which the pointer selects a standalone value. */
const REACH = 40

/** The inspected value: near the pointer, or selected by keyboard. */
export function useInspectedValue({ stops, near, perRow, plot }: Drawing) {
  const [at, setAt] = useState<number | null>(null)
  const stop: Stop | null = at === null ? null : (stops[at] ?? null)
  const move = (by: number) =>
    setAt(Math.min(stops.length - 1, Math.max(0, (at ?? (by > 0 ? -by : stops.length)) + by)))
  const steps: Record<string, () => void> = {
    ArrowRight: () => move(1),
    ArrowLeft: () => move(-1),
    ArrowDown: () => move(perRow < stops.length ? perRow : 1),
    ArrowUp: () => move(perRow < stops.length ? -perRow : -1),
    Home: () => setAt(0),
    End: () => setAt(stops.length - 1),
    Escape: () => setAt(null),
  }
  return {
    at,
    stop,
    onKeyDown: (event: KeyboardEvent) => {
      const step = steps[event.key]
      if (!step || event.ctrlKey || event.metaKey || event.altKey || (event.key === "Escape" && at === null)) return
      event.preventDefault()
      if (event.key === "Escape") event.stopPropagation()
      step()
    },
    onBlur: () => setAt(null),
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const box = event.currentTarget.getBoundingClientRect()
      const [x, y] = [event.clientX - box.left, event.clientY - box.top]
      const outside = near === "x" && (x < plot.left - REACH || x > plot.right + REACH)
      setAt(outside ? null : nearest(stops, x, near === "x" ? null : y))
    },
    onPointerLeave: () => setAt(null),
  }
}

/** The nearest stop; with `y` null only the horizontal distance counts, and there always is one. */
export function nearest(stops: Stop[], x: number, y: number | null): number | null {
  let best: number | null = null
  let least = y === null ? Number.POSITIVE_INFINITY : REACH
  stops.forEach((stop, index) => {
    const distance = y === null ? Math.abs(stop.x - x) : Math.hypot(stop.x - x, stop.y - y)
    if (distance >= least) return
    least = distance
    best = index
  })
  return best
}
