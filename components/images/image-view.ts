/** Where an image stands in its room, and how large: all that zooming and pulling come to. */

export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/** `scale` of 1 is the image as large as its room; `x` and `y` are pixels from the middle of the room to that of the image. */
export interface View extends Point {
  scale: number
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 }

/** How much larger than the room an image may become. */
const MOST = 8
/** A small image is not blown up until it is a blur. */
const MOST_BLOWN_UP = 3

/** The size of an image that shows whole: as large as its room, but for small ones. */
export function fitted(image: Size, room: Size): Size {
  const scale = Math.min(room.width / image.width, room.height / image.height, MOST_BLOWN_UP)
  return { width: image.width * scale, height: image.height * scale }
}

/** Larger or smaller by a factor; what lies under the point, seen from the middle of the room, stays there. */
export function zoomed(view: View, factor: number, at: Point = { x: 0, y: 0 }): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  const grown = scale / view.scale
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }
}

/** Not pulled further than its edges. `size` is that of the whole image. */
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

/** Pixels that a finger has to go. */
const FAR_PX = 70

/** What a finger means that pulled an image that shows whole. */
export function swipeOf({ x, y }: Point): Swipe {
  if (y > FAR_PX && y > Math.abs(x)) return "close"
  if (Math.abs(x) > FAR_PX && Math.abs(x) > Math.abs(y)) return x < 0 ? "left" : "right"
  return null
}
