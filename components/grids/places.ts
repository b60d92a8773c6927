/** Cell positions in a grid's table, and keyboard navigation. Pure. */

/** Row height in pixels. */
export const ROW = 40

/** A cell's position; column -1: the row number. */
export interface Place {
  row: number
  column: number
}

interface Bounds {
  rows: number
  columns: number
  page: number
}

/** The cell that a key moves to; null for none. */
export function moved(key: string, { row, column }: Place, { rows, columns, page }: Bounds): Place | null {
  const to: Record<string, Place> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: 0, column },
    End: { row: rows - 1, column },
  }
  const next = Object.hasOwn(to, key) ? to[key] : undefined
  if (!next || rows === 0) return null
  const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
  return { row: within(next.row, 0, rows - 1), column: within(next.column, -1, columns - 1) }
}

/** The last segment of an id. */
export const shortModel = (id: string): string => id.split("/").at(-1)?.split("?")[0] ?? id
