/** API for imports. All functions throw `ApiError` with a message for the user. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type { Chosen, ImportState, Preview } from "@/lib/import/types"
import { isRecord } from "@/lib/is-record"

// Our own server's responses: a shallow check is enough.
const isState = (value: unknown): value is ImportState => isRecord(value) && typeof value.state === "string"
const isPreview = (value: unknown): value is Preview => isRecord(value) && Array.isArray(value.chats)

/** Uploads a file and has the server parse it. Resolves with the import's id. */
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

/** The last import started, or null, and the maximum file size. */
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
