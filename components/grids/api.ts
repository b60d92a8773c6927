/** Client for the grid routes. All functions throw `ApiError` with a message for the user. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type { GridInput } from "@/lib/grids/contract/grid"
import type {
  ColumnSummary,
  EditRequest,
  GridChangeRequest,
  GridHead,
  GridRowView,
  NewGridRequest,
  RunRequest,
  ViewQuery,
} from "@/lib/grids/types"
import { isRecord } from "@/lib/is-record"

// Answers come from our own server and have the types of lib/grids, so a shallow check is enough.
function headIn(answer: unknown): GridHead {
  if (!isRecord(answer) || !isRecord(answer.grid) || !isRecord(answer.grid.progress)) throw unexpected()
  return answer.grid as unknown as GridHead
}

function rowsIn(answer: unknown): GridRowView[] {
  if (!isRecord(answer) || !Array.isArray(answer.rows)) throw unexpected()
  return answer.rows
}

const at = (id: string, what = "") => `/api/grids/${id}${what}`

export const readGrid = async (id: string): Promise<GridHead> => headIn(await api(at(id)))

export const changeGrid = async (id: string, change: GridChangeRequest): Promise<GridHead> =>
  headIn(await api(at(id), { method: "PATCH", body: change }))

export const deleteGrid = (id: string): Promise<unknown> => api(at(id), { method: "DELETE" })

export const makeGrid = async (grid: NewGridRequest): Promise<GridHead> =>
  headIn(await api("/api/grids", { method: "POST", body: grid }))

export const addRows = (id: string, start: number, rows: GridInput[]): Promise<unknown> =>
  api(at(id, "/rows"), { method: "POST", body: { start, rows } })

export const runGrid = async (id: string, request: RunRequest): Promise<GridHead> =>
  headIn(await api(at(id, "/run"), { method: "POST", body: request }))

export const readRows = async (id: string, numbers: number[]): Promise<GridRowView[]> =>
  rowsIn(await api(at(id, `/rows?rows=${numbers.join(",")}`)))

export const editCell = async (id: string, edit: EditRequest): Promise<GridRowView[]> =>
  rowsIn(await api(at(id, "/rows"), { method: "PATCH", body: edit }))

/** The numbers of the matching rows, in order. */
export async function readView(id: string, query: ViewQuery): Promise<number[]> {
  const answer = await api(at(id, `/view?${new URLSearchParams({ ...query })}`))
  if (!isRecord(answer) || !Array.isArray(answer.rows)) throw unexpected()
  return answer.rows
}

export async function readSummary(id: string, column: string, place: number): Promise<ColumnSummary> {
  const answer = await api(at(id, `/summary?${new URLSearchParams({ column, place: String(place) })}`))
  if (!isRecord(answer) || !isRecord(answer.summary)) throw unexpected()
  return answer.summary as unknown as ColumnSummary
}

/** All rows as text: NDJSON or a JSON array. */
export async function readExport(id: string, format: "ndjson" | "json"): Promise<string> {
  const response = await fetch(at(id, `/export?format=${format}`)).catch((cause: unknown) => {
    throw unreachable(cause)
  })
  if (!response.ok) throw await readError(response)
  return response.text()
}

export interface Sheet {
  name: string
  columns: string[]
  rows: string[][]
}

/** Extracts the rows of a workbook. */
export async function readSheets(file: File): Promise<Sheet[]> {
  const query = new URLSearchParams({ name: file.name })
  const response = await fetch(`/api/grids/sheets?${query}`, { method: "POST", body: file }).catch((cause: unknown) => {
    throw unreachable(cause)
  })
  if (!response.ok) throw await readError(response)
  const answer: unknown = await response.json()
  if (!isRecord(answer) || !Array.isArray(answer.sheets)) throw unexpected()
  return answer.sheets
}
