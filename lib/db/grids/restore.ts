/** Restores a grid from an export. */
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db } from "@/lib/db/client"
import type { GridAnswer } from "@/lib/db/generated/sqlite/client"
import { countGrids, createGrid, type NewGrid } from "@/lib/db/grids/grids"
import { createWithinLimit } from "@/lib/db/limits"

interface RestoredAnswer {
  state: GridAnswer["state"]
  result?: unknown
  edited?: unknown
  problems?: unknown
  error?: unknown
  model: string | null
  inputTokens: number
  outputTokens: number
  costUsd: number | null
}

export interface RestoredGrid extends NewGrid {
  createdAt: Date
  /** Grids the user may have. */
  most: number
  /** Null: still to be requested. */
  rows: { input: unknown; answers: (RestoredAnswer | null)[] }[]
}

const TOGETHER = 250

/** Stores a grid with its answers. False if it already exists, by title and time, or the limit is reached. */
export async function restoreGrid({ createdAt, most, rows, ...grid }: RestoredGrid): Promise<boolean> {
  const { userId, title, id: gridId } = grid
  if ((await db().grid.count({ where: { userId, title: cleanText(title), createdAt } })) > 0) return false
  const open = rows.some(({ answers }) => answers.includes(null))
  const made = await createWithinLimit(userId, {
    most,
    count: (client) => countGrids(client, userId),
    make: async (client) => {
      await createGrid(client, grid)
      await client.grid.updateMany({ where: { id: gridId }, data: { createdAt, state: open ? "paused" : "done" } })
      for (let from = 0; from < rows.length; from += TOGETHER) {
        const some = rows.slice(from, from + TOGETHER).map((row, at) => ({ ...row, number: from + at }))
        await client.gridRow.createMany({
          data: some.map(({ number, input }) => ({ gridId, number, input: toJson(input) })),
        })
        await client.gridAnswer.createMany({
          data: some.flatMap(({ number, answers }) =>
            answers.map((answer, place) => ({ gridId, number, place, ...(answer && stored(answer)) })),
          ),
        })
      }
      return true
    },
  })
  return made === true
}

const stored = ({ state, result, edited, problems, error, ...rest }: RestoredAnswer) => ({
  ...{ ...rest, state, attempts: 1 },
  ...{ result: toNullableJson(result), edited: toNullableJson(edited) },
  ...{ problems: toNullableJson(problems), error: toNullableJson(error) },
})
