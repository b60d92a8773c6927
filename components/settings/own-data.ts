/** API for all of the user's data. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"

export interface ExportState {
  /** The number of chats, including archived ones. */
  chats: number
  /** An export is in progress. */
  running: boolean
}

export async function fetchExportState(): Promise<ExportState> {
  const answer = await api("/api/export/state")
  if (!isRecord(answer) || typeof answer.chats !== "number") throw unexpected()
  return { chats: answer.chats, running: answer.running === true }
}

export interface OwnershipProofs {
  guest: boolean
  email: string | null
  hasPassword: boolean
  deleteAfterDays: number
}

/** The ways the user can prove that they own the account. */
export async function fetchOwnershipProofs(): Promise<OwnershipProofs> {
  const answer = await api("/api/account")
  if (!isRecord(answer) || typeof answer.guest !== "boolean" || typeof answer.deleteAfterDays !== "number")
    throw unexpected()
  const { guest, email, hasPassword, deleteAfterDays } = answer
  return { guest, email: typeof email === "string" ? email : null, hasPassword: hasPassword === true, deleteAfterDays }
}

export interface Deletion {
  count: number
  /** Identifies the deletion for undo. */
  deletedAt: string
}

export async function deleteAllChats(): Promise<Deletion> {
  const answer = await api("/api/conversations", { method: "DELETE" })
  if (!isRecord(answer) || typeof answer.count !== "number" || typeof answer.deletedAt !== "string") throw unexpected()
  return { count: answer.count, deletedAt: answer.deletedAt }
}

export const restoreAllChats = ({ deletedAt }: Deletion) =>
  api("/api/conversations/restore", { method: "POST", body: { deletedAt } })
