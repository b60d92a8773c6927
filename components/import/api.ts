/** The routes of imports. All throw `ApiError` with a sentence for the person. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type { Chosen, ImportState, Preview } from "@/lib/import/types"
import { isRecord } from "@/lib/is-record"

// Our own server's answers: the outline is enough to tell them.
const isState = (value: unknown): value is ImportState => isRecord(value) && typeof value.state === "string"
const isPreview = (value: unknown): value is Preview => isRecord(value) && Array.isArray(value.chats)

/** Uploads a file and has it read. Returns the import's id. */
export async function uploadImport(file: File, signal: AbortSignal): Promise<string> {
  let response: Response
  try {
    const address = `/api/import?name=${encodeURIComponent(file.name)}`
    response = await fetch(address, { method: "POST", body: file, signal })
  } catch (cause) {
    throw unreachable(cause)
  }
  if (!response.ok) throw await readError(response)
  const answer: unknown = await response.json()
  if (!isRecord(answer) || typeof answer.id !== "string") throw unexpected()
  return answer.id
}

/** The import that was begun last, or null; and how large a file may be. */
export async function latestImport(): Promise<{ latest: ImportState | null; mostBytes: number }> {
  const answer = await api("/api/import")
  if (!isRecord(answer) || typeof answer.mostBytes !== "number") throw unexpected()
  return { latest: isState(answer.import) ? answer.import : null, mostBytes: answer.mostBytes }
}

export async function readImport(id: string): Promise<ImportState> {
  const answer = await api(`/api/import/${id}`)
  if (!isState(answer)) throw unexpected()
  return answer
}

export async function readPreview(id: string): Promise<Preview> {
  const answer = await api(`/api/import/${id}/chats`)
  if (!isPreview(answer)) throw unexpected()
  return answer
}

export const startImport = (id: string, chats: Chosen) => api(`/api/import/${id}`, { method: "POST", body: { chats } })
export const cancelImport = (id: string) => api(`/api/import/${id}`, { method: "DELETE" })
