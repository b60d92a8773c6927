/** API for tool calls that this page runs or the user answers. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type { ClaimRequest, ResultRequest } from "@/lib/chat/requests"
import { isRecord } from "@/lib/is-record"
import type { CallFile } from "@/lib/messages/page-calls"

/** Claims a call to run it here. Throws `tool:taken` while another page runs it. */
export async function claimCall(conversationId: string, request: ClaimRequest): Promise<CallFile[]> {
  const claimed = await api(`/api/chat/${conversationId}/calls`, { method: "POST", body: request })
  if (!isRecord(claimed) || !Array.isArray(claimed.files)) throw unexpected()
  return claimed.files.filter(isCallFile)
}

const isCallFile = (file: unknown): file is CallFile =>
  isRecord(file) && typeof file.name === "string" && (typeof file.text === "string" || typeof file.url === "string")

/** Sends the result of a call. Idempotent. */
export async function sendResult(conversationId: string, result: ResultRequest): Promise<void> {
  await api(`/api/chat/${conversationId}/results`, { method: "POST", body: result })
}

/** The origin where model code runs; null when unavailable. */
export async function fetchSandbox(): Promise<string | null> {
  const sandbox = await api("/api/sandbox")
  return isRecord(sandbox) && typeof sandbox.origin === "string" ? sandbox.origin : null
}

/** Stores a file written by code. */
export async function keepOutput(
  conversationId: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ id: string; name: string; size: number }> {
  const address = `/api/chat/${conversationId}/files?${new URLSearchParams({ name })}`
  const response = await fetch(address, { method: "POST", body: bytes }).catch((error: unknown) => {
    throw unreachable(error)
  })
  if (!response.ok) throw await readError(response)
  const kept: unknown = await response.json()
  if (!isRecord(kept) || typeof kept.id !== "string" || typeof kept.name !== "string" || typeof kept.size !== "number")
    throw unexpected()
  return { id: kept.id, name: kept.name, size: kept.size }
}

export interface Permission {
  id: string
  tool: string
  /** Null: in all conversations. */
  conversation: { id: string; title: string } | null
}

const isPermission = (value: unknown): value is Permission =>
  isRecord(value) &&
  typeof value.id === "string" &&
  typeof value.tool === "string" &&
  (value.conversation === null || (isRecord(value.conversation) && typeof value.conversation.title === "string"))

/** Tools that run without asking. */
export async function fetchPermissions(): Promise<Permission[]> {
  const answer = await api("/api/tools/permissions")
  if (!isRecord(answer) || !Array.isArray(answer.permissions)) throw unexpected()
  return answer.permissions.filter(isPermission)
}

/** The tool asks for approval again. */
export async function revokePermission(id: string): Promise<void> {
  await api("/api/tools/permissions", { method: "DELETE", body: { id } })
}
