/** How the pictures of a message stand together: rows of one height each, as wide as their pictures. Pure. */

export interface GridImage {
  /** Pixels; missing of messages of earlier versions. */
  width?: number
  height?: number
}

/** Width over height where it isn't known. */
const UNKNOWN = 4 / 3
/** Very long pictures are cut in the grid, and whole in the window. */
const [NARROWEST, WIDEST] = [0.5, 2.5]
/** A row is full when its pictures are together so many times as wide as high. */
const FULL = 3.2

/** Width over height, as it is shown beside others. */
export const ratioOf = ({ width, height }: GridImage): number =>
  width && height ? Math.min(WIDEST, Math.max(NARROWEST, width / height)) : UNKNOWN

/** The pictures by rows, in their order. Two to four stand in one or two rows, many in rows as full as they get. */
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
