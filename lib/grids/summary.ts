/** Summarizes the contents of a grid column. */
import { cellKey, copyOfPrefix, differs, keptKey, scanRows } from "@/lib/grids/scan"
import type { ColumnSummary } from "@/lib/grids/types"
import { cellAsText, type OutputColumn, valueAt } from "@/lib/output/columns"

const MAX_TOP = 8
const BINS = 12
/** Maximum length in characters of a listed value. */
const MAX_CHARACTERS = 120

/** For one model's answers; with two models, also the number of rows in which they differ. */
export async function summaryOf(
  gridId: string,
  columns: OutputColumn[],
  { column, place }: { column: OutputColumn; place: number },
): Promise<ColumnSummary> {
  const gathered = new Gathered()
  let compared: ColumnSummary["compared"] = null
  for await (const row of scanRows(gridId, columns)) {
    const answer = row.answers[place]
    if (answer?.state === "done") gathered.add(valueAt(answer.value, column.path))
    if (row.answers.length < 2) continue
    compared ??= { both: 0, differ: 0 }
    if (row.answers.every(({ state }) => state === "done")) compared.both++
    if (differs(row, columns, column)) compared.differ++
  }
  return { ...gathered.summary(), compared }
}

/** Collects the values of a column as they arrive. */
export class Gathered {
  private count = 0
  private filled = 0
  private readonly values = new Map<string, { value: string; count: number }>()
  private readonly numbers: number[] = []

  add(value: unknown): void {
    this.count++
    const words = cellAsText(value)
    if (words === "") return
    this.filled++
    if (typeof value === "number") this.numbers.push(value)
    const key = keptKey(cellKey(value))
    const known = this.values.get(key)
    if (known) known.count++
    else this.values.set(key, { value: copyOfPrefix(words).slice(0, MAX_CHARACTERS), count: 1 })
  }

  summary(): Omit<ColumnSummary, "compared"> {
    const top = [...this.values.values()].sort((a, b) => b.count - a.count).slice(0, MAX_TOP)
    const numbers = numbersOf(this.numbers)
    return { count: this.count, filled: this.filled, distinct: this.values.size, top, numbers }
  }
}

function numbersOf(numbers: number[]): ColumnSummary["numbers"] {
  if (numbers.length === 0) return null
  const sum = numbers.reduce((total, one) => total + one, 0)
  const min = numbers.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  const max = numbers.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
  const width = (max - min) / BINS
  const bins = Array.from({ length: width > 0 ? BINS : 1 }, (_, at) => ({
    from: min + at * width,
    to: width > 0 ? min + (at + 1) * width : max,
    count: 0,
  }))
  for (const one of numbers) {
    const bin = bins[width > 0 ? Math.min(BINS - 1, Math.floor((one - min) / width)) : 0]
    if (bin) bin.count++
  }
  return { sum, mean: sum / numbers.length, min, max, bins }
}
