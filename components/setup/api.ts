import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { KeptKey, KeyAccess } from "@/lib/setup/types"

// Our own server's responses have the types in lib/setup/types.ts, so a shallow check is enough to tell them apart.
const isAccess = (value: unknown): value is KeyAccess =>
  isRecord(value) && typeof value.may === "boolean" && typeof value.source === "string"
const isKept = (value: unknown): value is KeptKey =>
  isRecord(value) && isAccess(value.access) && Array.isArray(value.models) && Array.isArray(value.quotas)

function accessIn(value: unknown): KeyAccess {
  if (!isAccess(value)) throw unexpected()
  return value
}

/** Who may change the key, and where it comes from. Throws `ApiError`, like all functions here. */
export const readAccess = async (): Promise<KeyAccess> => accessIn(await api("/api/key"))

/** Tests the key and, if it is valid, stores it. */
export async function putKey(key: string): Promise<KeptKey> {
  const answer = await api("/api/key", { method: "PUT", body: { key } })
  if (!isKept(answer)) throw unexpected()
  return answer
}

export const deleteKey = async (): Promise<KeyAccess> => accessIn(await api("/api/key", { method: "DELETE" }))

/** Exchanges the token of the one-time link for the right to change the key. */
export const claimSetupLink = (token: string) => api("/api/setup", { method: "POST", body: { token } })

/** Prints a new one-time link to the server's log. */
export const printNewSetupLink = () => api("/api/setup/link", { method: "POST" })
