/** Positions a tooltip next to its target, never covering it and never outside the window. All in CSS pixels. */

interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface Surroundings {
  target: Box
  tip: { width: number; height: number }
  view: { width: number; height: number }
  /** To the side, where below would cover neighboring list items. */
  aside: boolean
  rtl: boolean
}

const GAP = 6
const MARGIN = 8

export function placeOf({ target, tip, view, aside, rtl }: Surroundings): { left: number; top: number } {
  const middle = (from: number, length: number, own: number, room: number) =>
    Math.min(Math.max(from + length / 2 - own / 2, MARGIN), Math.max(room - own - MARGIN, MARGIN))
  const level = middle(target.top, target.height, tip.height, view.height)
  const upright = middle(target.left, target.width, tip.width, view.width)
  const right = { left: target.left + target.width + GAP, top: level }
  const left = { left: target.left - tip.width - GAP, top: level }
  const below = { left: upright, top: target.top + target.height + GAP }
  const above = { left: upright, top: target.top - tip.height - GAP }
  const fits = (place: { left: number; top: number }) =>
    place.left >= MARGIN &&
    place.top >= MARGIN &&
    place.left + tip.width <= view.width - MARGIN &&
    place.top + tip.height <= view.height - MARGIN
  const sides = rtl ? [left, right] : [right, left]
  const order = aside ? [...sides, below, above] : [below, above, ...sides]
  return order.find(fits) ?? below
}
