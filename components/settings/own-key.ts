/** The routes of a person's own API key. All throw `ApiError` with a sentence for the person. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"
import type { OwnKeyState } from "@/lib/own-key/types"

// Our own server's answer: the outline is enough to tell it.
const isState = (value: unknown): value is OwnKeyState => isRecord(value) && typeof value.allowed === "boolean"

async function asked(method: "GET" | "PUT" | "PATCH" | "DELETE", body?: object): Promise<OwnKeyState> {
  const answer = await api("/api/own-key", { method, body })
  if (!isState(answer)) throw unexpected()
  return answer
}

export const readOwnKey = () => asked("GET")
/** Has it tried and, when it is good, kept and used. */
export const putOwnKey = (key: string) => asked("PUT", { key })
export const switchOwnKey = (inUse: boolean) => asked("PATCH", { inUse })
export const removeOwnKey = () => asked("DELETE")
