/** Filters and sorts the rows of a table. Pure. */
import type { Cell } from "@/lib/ai/tools/show_table/types"

export interface Sorting {
  column: number
  down: boolean
}

/** The text of a cell for copying. */
export const cellText = (cell: Cell | undefined): string => (cell === null || cell === undefined ? "" : String(cell))

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** Every word must occur in some cell of the row. */
export function filtered(rows: Cell[][], wanted: string): Cell[][] {
  const words = fold(wanted).split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const texts = row.map((cell) => fold(cellText(cell)))
    return words.every((word) => texts.some((text) => text.includes(word)))
  })
}

/** Numbers by value, before texts in the locale's order; empty cells always last. */
export function sorted(rows: Cell[][], { column, down }: Sorting, locale: string): Cell[][] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: "base" })
  const sign = down ? -1 : 1
  return rows.toSorted((left, right) => {
    const [a, b] = [left[column] ?? null, right[column] ?? null]
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b))
    if (typeof a === "number" && typeof b === "number") return sign * (a - b)
    if (typeof a !== typeof b && (typeof a === "number" || typeof b === "number"))
      return sign * (typeof a === "number" ? -1 : 1)
    return sign * compare(cellText(a), cellText(b))
  })
}

const isEmpty = (cell: Cell) => cell === null || cell === ""

/** Which columns contain only numbers: those are aligned to the end. */
export const numberColumns = ({ columns, rows }: { columns: string[]; rows: Cell[][] }): boolean[] =>
  columns.map((_, at) => {
    const cells = rows.map((row) => row[at] ?? null).filter((cell) => !isEmpty(cell))
    return cells.length > 0 && cells.every((cell) => typeof cell === "number")
  })

export const MIN_COLUMN_WIDTH = 56
const MAX_WIDTH = 320
const LETTER = 7.6
const LOOKED_AT = 200

/** Initial column widths in pixels, for the longest text among the first rows. */
export const initialColumnWidths = ({ columns, rows }: { columns: string[]; rows: Cell[][] }): number[] =>
  columns.map((name, at) => {
    const longest = Math.max(name.length + 3, ...rows.slice(0, LOOKED_AT).map((row) => cellText(row[at]).length))
    return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_COLUMN_WIDTH + 16, longest * LETTER + 28)))
  })
