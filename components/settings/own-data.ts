/** The routes of all of one's data. All throw `ApiError` with a sentence for the person. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"

export interface ExportState {
  /** How many there are, those in the archive too. */
  chats: number
  /** An export is on its way. */
  running: boolean
}

export async function fetchExportState(): Promise<ExportState> {
  const answer = await api("/api/export/state")
  if (!isRecord(answer) || typeof answer.chats !== "number") throw unexpected()
  return { chats: answer.chats, running: answer.running === true }
}

export interface OwnWays {
  guest: boolean
  email: string | null
  hasPassword: boolean
  deleteAfterDays: number
}

/** How the person can show that the account is theirs. */
export async function readOwnWays(): Promise<OwnWays> {
  const answer = await api("/api/account")
  if (!isRecord(answer) || typeof answer.guest !== "boolean" || typeof answer.deleteAfterDays !== "number")
    throw unexpected()
  const { guest, email, hasPassword, deleteAfterDays } = answer
  return { guest, email: typeof email === "string" ? email : null, hasPassword: hasPassword === true, deleteAfterDays }
}

export interface Deletion {
  count: number
  /** Names it, for the way back. */
  deletedAt: string
}

export async function deleteAllChats(): Promise<Deletion> {
  const answer = await api("/api/conversations", { method: "DELETE" })
  if (!isRecord(answer) || typeof answer.count !== "number" || typeof answer.deletedAt !== "string") throw unexpected()
  return { count: answer.count, deletedAt: answer.deletedAt }
}

export const restoreAllChats = ({ deletedAt }: Deletion) =>
  api("/api/conversations/restore", { method: "POST", body: { deletedAt } })
