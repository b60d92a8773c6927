/** A grid's rows: add, read, edit. */
import { findFiles } from "@/lib/db/files"
import { answersBy, editAnswer } from "@/lib/db/grids/answers"
import { addRows, type GridRecord } from "@/lib/db/grids/grids"
import { modelsIn } from "@/lib/db/grids/progress"
import { documentsOf } from "@/lib/documents/store/documents"
import { type GridInput, MAX_GRID_CHARS, MAX_ROWS } from "@/lib/grids/contract/grid"
import { gridNotFound, inputColumnsOf, outputColumnsOf, outputOf, requireGrid } from "@/lib/grids/grids"
import { filesOf } from "@/lib/grids/inputs"
import { unwrapped } from "@/lib/grids/outcome"
import { displayValue, readEdits, readRows } from "@/lib/grids/read"
import type { EditRequest, GridRowView } from "@/lib/grids/types"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { checkAnswer } from "@/lib/output/check"

/**
 * Adds rows after the first `start` ones, before the grid's first start; repeating it adds nothing. Throws
 * `grid:not_found`, `image:not_found`, `document:not_found`, `grid:rows` if they are too many or not the next ones.
 */
export async function addInputs(userId: string, id: string, start: number, rows: GridInput[]): Promise<void> {
  const grid = await requireGrid(userId, id)
  const columns = inputColumnsOf(grid).length
  if (rows.some((row) => "fields" in row && row.fields.length !== columns)) throw new AppError("grid:rows/columns")
  const { images, documents } = filesOf(rows)
  await requireFiles(userId, images, documents)
  const added = await addRows(id, userId, {
    ...{ start, inputs: rows, fileIds: [...images, ...documents], places: modelsIn(grid.models).length },
    ...{ most: MAX_ROWS, mostCharacters: MAX_GRID_CHARS },
  })
  if (added === "not_there") throw new AppError("grid:busy")
  if (added === "not_next") throw new AppError("grid:rows/order")
  if (added === "large") throw new AppError("grid:rows/large", { values: { count: MAX_GRID_CHARS } })
  if (added === "full") throw new AppError("grid:rows/full", { values: { count: MAX_ROWS } })
}

async function requireFiles(userId: string, images: string[], documents: string[]): Promise<void> {
  const [files, infos] = await Promise.all([
    images.length > 0 ? findFiles(images, userId) : [],
    documentsOf(userId, documents),
  ])
  if (files.filter(({ kind }) => kind === "image").length < images.length) throw new AppError("image:not_found")
  if (infos.filter(({ status }) => status === "ready").length < documents.length)
    throw new AppError("document:not_found/gone")
}

/** Rows in the requested order. Throws `grid:not_found`. */
export async function rowsOf(
  userId: string,
  id: string,
  numbers: number[],
  language?: Language,
): Promise<GridRowView[]> {
  const grid = await requireGrid(userId, id)
  return readRows(grid, outputColumnsOf(grid), numbers, language)
}

/** Maximum number of attempts to store an edit when others are made concurrently. */
const MAX_TRIES = 5

/**
 * Overrides a model's value, which is kept as the original, and checks the result. Concurrent edits of a row are all
 * kept. Throws `grid:not_found`, `grid:busy` while the row is being asked.
 */
export async function editCell(userId: string, id: string, edit: EditRequest): Promise<void> {
  const grid = await requireGrid(userId, id)
  for (let tries = 0; tries < MAX_TRIES; tries++) if (await putValue(grid, edit)) return
  throw new AppError("grid:busy")
}

/** False if the row's values have changed in the meantime. */
async function putValue(grid: GridRecord, { number, place, column, value, reset }: EditRequest): Promise<boolean> {
  const columns = outputColumnsOf(grid)
  const answer = (await answersBy(grid.id, [number])).find((one) => one.place === place)
  if (!answer || unwrapped(answer.result) === undefined) throw gridNotFound()
  if (!columns.some(({ name }) => name === column)) throw gridNotFound()
  if (answer.state !== "done") throw new AppError("grid:busy")
  const { [column]: _, ...others } = readEdits(answer.edited)
  const edited = reset ? others : { ...others, [column]: value ?? null }
  const shown = displayValue(answer.result, edited, columns)
  const check = await checkAnswer(grid.userId, JSON.stringify(shown ?? null), outputOf(grid))
  const kept = Object.keys(edited).length > 0 ? edited : null
  return editAnswer(grid.id, answer, { edited: kept, problems: check.valid ? null : check.problems })
}
