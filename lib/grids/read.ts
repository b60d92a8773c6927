/** Reads a grid's rows for the API: input, and each model's answer with the user's edits. */
import { parseSentence } from "@/lib/asking/fault"
import { type AnswerRecord, answersBy } from "@/lib/db/grids/answers"
import { type GridRecord, rowsBy } from "@/lib/db/grids/grids"
import { type GridInput, gridInputSchema } from "@/lib/grids/contract/grid"
import { unwrapped } from "@/lib/grids/outcome"
import type { GridAnswer, GridRowView } from "@/lib/grids/types"
import type { Language } from "@/lib/i18n/language"
import { renderSentence } from "@/lib/i18n/sentences"
import { isRecord } from "@/lib/is-record"
import { outputCheckSchema } from "@/lib/messages/types"
import type { OutputColumn } from "@/lib/output/columns"
import { withValueAt } from "@/lib/output/columns"

/** The user's edits by column name. */
export const readEdits = (stored: unknown): Record<string, unknown> => (isRecord(stored) ? stored : {})

/** The value to display: the model's, with the user's edits. */
export function displayValue(result: unknown, edited: unknown, columns: OutputColumn[]): unknown {
  let value = unwrapped(result)
  const edits = readEdits(edited)
  for (const { name, path } of columns) if (Object.hasOwn(edits, name)) value = withValueAt(value, path, edits[name])
  return value
}

/** Rows of a grid, in the requested order. The caller must have checked the owner. */
export async function readRows(
  grid: Pick<GridRecord, "id">,
  columns: OutputColumn[],
  numbers: number[],
  language?: Language,
): Promise<GridRowView[]> {
  const [rows, answers] = await Promise.all([rowsBy(grid.id, numbers), answersBy(grid.id, numbers)])
  const inputs = new Map(rows.map(({ number, input }) => [number, gridInputSchema.safeParse(input).data ?? null]))
  const byRow = new Map<number, GridAnswer[]>()
  for (const answer of answers)
    byRow.set(answer.number, [...(byRow.get(answer.number) ?? []), toAnswer(answer, columns, language)])
  return numbers.flatMap((number) => {
    const input: GridInput | null | undefined = inputs.get(number)
    return input === undefined ? [] : [{ number, input, answers: byRow.get(number) ?? [] }]
  })
}

function toAnswer(row: AnswerRecord, columns: OutputColumn[], language?: Language): GridAnswer {
  const { place, state, attempts, model, inputTokens, outputTokens, costUsd, durationMs } = row
  const error = parseSentence(row.error)
  const problems = outputCheckSchema.shape.problems.safeParse(row.problems ?? []).data ?? []
  return {
    ...{ place, state, attempts, model, inputTokens, outputTokens, costUsd, durationMs },
    value: displayValue(row.result, row.edited, columns),
    original: row.edited === null ? undefined : unwrapped(row.result),
    edited: Object.keys(readEdits(row.edited)),
    problems: problems.map(({ path, message, sentence: said }) => ({
      path,
      message: said ? renderSentence(said, language, message) : message,
    })),
    error: error && renderSentence(error, language),
  }
}
