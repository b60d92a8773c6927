/** Where the toolbar of a selection stands. Pure. */

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

interface Room {
  /** Lines of the selection, first to last, in pixels of the window. */
  lines: Box[]
  /** Where messages are seen. */
  view: Box
  width: number
  height: number
  /** Fingers select: the browser's own menu stands above, its handles hang below. */
  touch: boolean
}

const GAP = 8
/** Pixels of the handles below a selection that fingers make. */
const HANDLES = 28

/** Left and top of the toolbar; null while no line of the selection is in view. */
export function placeFor({ lines, view, width, height, touch }: Room): { left: number; top: number } | null {
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
    // Of a selection as tall as the view it stands within.
    top: clamped(top, view.top + GAP / 2, view.bottom - GAP / 2 - height),
  }
}

const clamped = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most))
