/** A person's grids in the zip: one file each, with its properties on the first line, then one line per row. */
import { answersBy } from "@/lib/db/grids/answers"
import { type GridRecord, gridsOf, rowsBy } from "@/lib/db/grids/grids"
import { paced } from "@/lib/export/pace"

export const GRID_FORMAT = "sparkler-grid"
const ROWS = 250

export const exportedGrids = (userId: string): Promise<GridRecord[]> => gridsOf(userId)

/** Inputs that are files are only listed by name; the files aren't included. */
export async function* gridLines(grid: GridRecord): AsyncGenerator<string> {
  const { id, title, instructions, output, models, settings, columns, spendLimitUsd, createdAt } = grid
  const head = { id, title, instructions, output, models, settings, columns, spendLimitUsd }
  yield `${JSON.stringify({ format: GRID_FORMAT, version: 1, ...head, createdAt: createdAt.toISOString() })}\n`
  for (let from = 0; ; from += ROWS) {
    const numbers = Array.from({ length: ROWS }, (_, at) => from + at)
    const [rows, answers] = await paced(() => Promise.all([rowsBy(id, numbers), answersBy(id, numbers)]))
    if (rows.length === 0) return
    for (const { number, input } of rows.toSorted((a, b) => a.number - b.number)) {
      const own = answers.filter((answer) => answer.number === number)
      yield `${JSON.stringify({ number, input, answers: own.map(exportedAnswer) })}\n`
    }
  }
}

function exportedAnswer(answer: Awaited<ReturnType<typeof answersBy>>[number]) {
  const { place, state, result, edited, problems, error, model, inputTokens, outputTokens, costUsd } = answer
  return { place, state, result, edited, problems, error, model, inputTokens, outputTokens, costUsd }
}
