/** Calls of tools that this page runs or the person answers. */
import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type { ClaimRequest, ResultRequest } from "@/lib/chat/requests"
import { isRecord } from "@/lib/is-record"
import type { CallFile } from "@/lib/messages/page-calls"

/** Runs a call here from now on. Throws `tool:taken` while another page does. */
export async function claimCall(conversationId: string, request: ClaimRequest): Promise<CallFile[]> {
  const claimed = await api(`/api/chat/${conversationId}/calls`, { method: "POST", body: request })
  if (!isRecord(claimed) || !Array.isArray(claimed.files)) throw unexpected()
  return claimed.files.filter(isCallFile)
}

const isCallFile = (file: unknown): file is CallFile =>
  isRecord(file) && typeof file.name === "string" && (typeof file.text === "string" || typeof file.url === "string")

/** Says what came of a call. The same again changes nothing. */
export async function sendResult(conversationId: string, result: ResultRequest): Promise<void> {
  await api(`/api/chat/${conversationId}/results`, { method: "POST", body: result })
}

/** Where code of models runs; null where it can't. */
export async function fetchSandbox(): Promise<string | null> {
  const sandbox = await api("/api/sandbox")
  return isRecord(sandbox) && typeof sandbox.origin === "string" ? sandbox.origin : null
}

/** Keeps a file that code wrote. */
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
  /** Null: in all of them. */
  conversation: { id: string; title: string } | null
}

const isPermission = (value: unknown): value is Permission =>
  isRecord(value) &&
  typeof value.id === "string" &&
  typeof value.tool === "string" &&
  (value.conversation === null || (isRecord(value.conversation) && typeof value.conversation.title === "string"))

/** Tools that run unasked. */
export async function fetchPermissions(): Promise<Permission[]> {
  const answer = await api("/api/tools/permissions")
  if (!isRecord(answer) || !Array.isArray(answer.permissions)) throw unexpected()
  return answer.permissions.filter(isPermission)
}

/** Asks again from now on. */
export async function revokePermission(id: string): Promise<void> {
  await api("/api/tools/permissions", { method: "DELETE", body: { id } })
}
