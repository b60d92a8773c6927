/** Computes the order and indentation of the runs of a conversation's branches. Pure, linear in the runs. */
import type { BranchRun } from "@/lib/chat/map/map.types"

export interface BranchMapRow {
  run: BranchRun
  /** 0 for the trunk, plus one for each fork leading away from it. */
  column: number
}

/**
 * Top to bottom: side branches of a fork are indented, and the main branch continues below in the column of its parent.
 * The main branch is the shown one, else the newest.
 */
export function rowsOf(runs: BranchRun[]): BranchMapRow[] {
  const children = new Map<string | null, BranchRun[]>()
  for (const run of runs) children.set(run.parent, [...(children.get(run.parent) ?? []), run])
  const rows: BranchMapRow[] = []
  const waiting: BranchMapRow[] = placed(children.get(null) ?? [], 0)
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    rows.push(row)
    waiting.push(...placed(children.get(row.run.id) ?? [], row.column))
  }
  return rows
}

/** In stack order, since the last is drawn first: sides in their order, then the trunk. */
function placed(runs: BranchRun[], column: number): BranchMapRow[] {
  const trunk = runs.find(({ shown }) => shown) ?? runs.at(-1)
  const sides = runs.filter((run) => run !== trunk)
  return [...(trunk ? [{ run: trunk, column }] : []), ...sides.map((run) => ({ run, column: column + 1 })).toReversed()]
}

/** Rows whose text or model contains all words of a search. */
export function matching(rows: BranchMapRow[], search: string, modelName: (id: string) => string): BranchMapRow[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ run: { title, model } }) => {
    const text = `${title} ${model ? modelName(model) : ""}`.toLocaleLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The row a key moves to; null: it moves nowhere. */
export function rowAfter(rows: BranchMapRow[], from: number, key: string): number | null {
  const last = rows.length - 1
  if (key === "ArrowDown") return Math.min(last, from + 1)
  if (key === "ArrowUp") return Math.max(0, from - 1)
  if (key === "Home") return 0
  if (key === "End") return last
  const here = rows[from]
  if (!here) return null
  // Right: to the first side branch. Left: to the parent.
  if (key === "ArrowRight") return (rows[from + 1]?.column ?? 0) > here.column ? from + 1 : null
  if (key !== "ArrowLeft") return null
  const parent = rows.findIndex(({ run }) => run.id === here.run.parent)
  return parent < 0 ? null : parent
}
