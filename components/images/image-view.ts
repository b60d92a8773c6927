/** Position and size of an image in its container: the math of zooming and panning. */

export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/**
 * A `scale` of 1 fits the image to its container; `x` and `y` are pixels from the container's center to the image's.
 */
export interface View extends Point {
  scale: number
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 }

/** Maximum scale relative to the container. */
const MOST = 8
/** Limits enlarging a small image, which would be blurry. */
const MAX_BLOWN_UP = 3

/** The size of an image shown whole: fits the container, except for small images. */
export function fitted(image: Size, room: Size): Size {
  const scale = Math.min(room.width / image.width, room.height / image.height, MAX_BLOWN_UP)
  return { width: image.width * scale, height: image.height * scale }
}

/** Zooms by a factor, keeping the point (relative to the container's center) in place. */
export function zoomed(view: View, factor: number, at: Point = { x: 0, y: 0 }): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  const grown = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }
}

/** Limits panning to the image's edges. `size` is that of the whole image. */
export function held(view: View, size: Size, room: Size): View {
  const within = (offset: number, length: number, space: number) => {
    const most = Math.max(0, (length * view.scale - space) / 2)
    return Math.min(most, Math.max(-most, offset))
  }
  return {
    scale: view.scale,
    x: within(view.x, size.width, room.width),
    y: within(view.y, size.height, room.height),
  }
}

export type Swipe = "close" | "left" | "right" | null

/** Minimum pixels of a swipe. */
const FAR_PX = 70

/** Interprets a touch drag on an image that is shown whole. */
export function swipeOf({ x, y }: Point): Swipe {
  if (y > FAR_PX && y > Math.abs(x)) return "close"
  if (Math.abs(x) > FAR_PX && Math.abs(x) > Math.abs(y)) return x < 0 ? "left" : "right"
  return null
}
