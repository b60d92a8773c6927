/** A region selected in an image. Pure: all lengths are fractions of the image, 0 to 1. */

export interface Part {
  left: number
  top: number
  width: number
  height: number
}

interface Point {
  x: number
  y: number
}

interface Size {
  width: number
  height: number
}

export const CENTER_REGION: Part = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 }

/** Minimum side length of a region in pixels. */
const MIN_PX = 16

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** Minimum side lengths as fractions. */
const leastOf = ({ width, height }: Size) => ({
  x: Math.min(1, MIN_PX / width),
  y: Math.min(1, MIN_PX / height),
})

/** The region between two points, at least of minimum size and inside the image. */
export function between(one: Point, other: Point, image: Size): Part {
  const least = leastOf(image)
  const [x1, x2] = [within(Math.min(one.x, other.x), 0, 1), within(Math.max(one.x, other.x), 0, 1)]
  const [y1, y2] = [within(Math.min(one.y, other.y), 0, 1), within(Math.max(one.y, other.y), 0, 1)]
  const width = Math.max(least.x, x2 - x1)
  const height = Math.max(least.y, y2 - y1)
  return { left: Math.min(x1, 1 - width), top: Math.min(y1, 1 - height), width, height }
}

/** Moves it, keeping it inside the image. */
export const moved = (part: Part, x: number, y: number): Part => ({
  ...part,
  left: within(part.left + x, 0, 1 - part.width),
  top: within(part.top + y, 0, 1 - part.height),
})

/** Resizes it at its right and bottom sides. */
export function resized(part: Part, x: number, y: number, image: Size): Part {
  const least = leastOf(image)
  return {
    ...part,
    width: within(part.width + x, least.x, 1 - part.left),
    height: within(part.height + y, least.y, 1 - part.top),
  }
}

/** Whole pixels of the image. */
export function pixelsOf({ left, top, width, height }: Part, image: Size) {
  const x = within(Math.round(left * image.width), 0, image.width - 1)
  const y = within(Math.round(top * image.height), 0, image.height - 1)
  return {
    x,
    y,
    width: within(Math.round(width * image.width), 1, image.width - x),
    height: within(Math.round(height * image.height), 1, image.height - y),
  }
}
