/** Positions a selection's toolbar. Pure. */

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

interface Room {
  /** Lines of the selection, first to last, in window pixels. */
  lines: Box[]
  /** The visible area of the messages. */
  view: Box
  width: number
  height: number
  /** Touch selection: the browser's own menu is above, its handles below. */
  touch: boolean
}

const GAP = 8
/** Height in pixels of the handles below a touch selection. */
const HANDLES = 28

/** Left and top of the toolbar; null while no line of the selection is visible. */
export function toolbarPosition({ lines, view, width, height, touch }: Room): { left: number; top: number } | null {
  const seen = lines.filter(({ top, bottom }) => bottom > view.top && top < view.bottom)
  const first = seen[0]
  const last = seen.at(-1)
  if (!first || !last) return null
  const line = touch ? last : first
  const middle = (line.left + line.right) / 2
  const above = first.top - GAP - height
  const below = last.bottom + (touch ? HANDLES : GAP)
  const fitsAbove = above >= view.top + GAP / 2
  const fitsBelow = below + height <= view.bottom - GAP / 2
  const top = touch ? (fitsBelow ? below : above) : fitsAbove ? above : below
  return {
    left: clamped(middle - width / 2, view.left + GAP, view.right - GAP - width),
    // Inside a selection as tall as the view.
    top: clamped(top, view.top + GAP / 2, view.bottom - GAP / 2 - height),
  }
}

const clamped = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most))
