/** Lays out a message's images in rows of equal height, sized by their aspect ratios. Pure. */

export interface GridImage {
  /** Pixels; missing in messages of earlier versions. */
  width?: number
  height?: number
}

/** Aspect ratio when unknown. */
const UNKNOWN = 4 / 3
/** Aspect ratios are clamped in the grid; the dialog shows images whole. */
const [NARROWEST, WIDEST] = [0.5, 2.5]
/** A row is full when its combined width is this many times its height. */
const FULL = 3.2

/** Width divided by height, as shown beside others. */
export const ratioOf = ({ width, height }: GridImage): number =>
  width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : UNKNOWN

/** Splits the images into rows, in order. Two to four take one or two rows; more fill the rows as far as possible. */
export function rowsOf<T extends GridImage>(images: T[]): T[][] {
  if (images.length === 4) return [images.slice(0, 2), images.slice(2)]
  const rows: T[][] = []
  let row: T[] = []
  let sum = 0
  for (const image of images) {
    const ratio = ratioOf(image)
    if (row.length > 0 && sum + ratio > FULL + NARROWEST) {
      rows.push(row)
      row = []
      sum = 0
    }
    row.push(image)
    sum += ratio
    if (sum >= FULL) {
      rows.push(row)
      row = []
      sum = 0
    }
  }
  return row.length > 0 ? [...rows, row] : rows
}
