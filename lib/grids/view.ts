/** Which rows of a grid are visible, and in which order: sorted, searched, filtered. */
import { cellGetter, copyOfPrefix, differs, inputLine, type ScannedRow, scanRows } from "@/lib/grids/scan"
import type { ViewQuery } from "@/lib/grids/types"
import { cellAsText, type OutputColumn } from "@/lib/output/columns"

type Key = string | number | boolean | null

/** The numbers of the visible rows, in order. Only each row's key is kept in memory. */
export async function viewOf(gridId: string, columns: OutputColumn[], query: ViewQuery): Promise<number[]> {
  const shows = filterOf(columns, query)
  const keyOf = cellGetter(query.sort, columns)
  const shown: { number: number; key: Key }[] = []
  for await (const row of scanRows(gridId, columns))
    if (shows(row)) shown.push({ number: row.number, key: keyOf ? kept(keyOf(row)) : row.number })
  const sign = query.dir === "desc" ? -1 : 1
  return shown.sort((a, b) => compareKeys(a.key, b.key, sign) || a.number - b.number).map(({ number }) => number)
}

const kept = (key: Key): Key => (typeof key === "string" ? copyOfPrefix(key) : key)

/** Whether a row is visible. */
export function filterOf(columns: OutputColumn[], { q, state, column, has }: ViewQuery): (row: ScannedRow) => boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const wanted = has.trim().toLowerCase()
  const cell = wanted ? cellGetter(column, columns) : null
  return (row) => {
    if (!isInState(row, columns, state)) return false
    if (cell && !cellAsText(cell(row)).toLowerCase().includes(wanted)) return false
    if (words.length === 0) return true
    const text = [inputLine(row.input), ...row.answers.map(({ value }) => cellAsText(value))].join("\n").toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

function isInState(row: ScannedRow, columns: OutputColumn[], state: ViewQuery["state"]): boolean {
  if (state === "all") return true
  if (state === "differs") return differs(row, columns)
  if (state === "problems") return row.answers.some(({ hasProblems }) => hasProblems)
  if (state === "edited") return row.answers.some(({ isEdited }) => isEdited)
  return row.answers.some((answer) => answer.state === state)
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" })

/** Numbers before text; empty values come last in either direction. */
export function compareKeys(a: Key, b: Key, sign: number): number {
  const [noA, noB] = [a === null || a === "", b === null || b === ""]
  if (noA || noB) return Number(noA) - Number(noB)
  if (typeof a === "number" && typeof b === "number") return sign * (a - b)
  if (typeof a === "number" || typeof b === "number") return sign * (typeof a === "number" ? -1 : 1)
  return sign * collator.compare(String(a), String(b))
}
