/** API for the user's own API key. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { OwnKeyState } from "@/lib/own-key/types"

// Our own server's response: a shallow check is enough.
const isState = (value: unknown): value is OwnKeyState => isRecord(value) && typeof value.allowed === "boolean"

async function asked(method: "GET" | "PUT" | "PATCH" | "DELETE", body?: object): Promise<OwnKeyState> {
  const answer = await api("/api/own-key", { method, body })
  if (!isState(answer)) throw unexpected()
  return answer
}

export const readOwnKey = () => asked("GET")
/** Tests the key and, if it is valid, stores and uses it. */
export const putOwnKey = (key: string) => asked("PUT", { key })
export const switchOwnKey = (inUse: boolean) => asked("PATCH", { inUse })
export const removeOwnKey = () => asked("DELETE")
