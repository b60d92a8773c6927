/** API for the user's own account. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import type { OwnAccount, OwnSession } from "@/lib/accounts/types"
import { isRecord } from "@/lib/is-record"

// Our own server's responses have the types in lib/accounts/types.ts, so a shallow check is enough.
const isAccount = (value: unknown): value is OwnAccount =>
  isRecord(value) && typeof value.guest === "boolean" && Array.isArray(value.connected)
const areSessions = (value: unknown): value is { sessions: OwnSession[] } =>
  isRecord(value) && Array.isArray(value.sessions)

export async function readAccount(): Promise<OwnAccount> {
  const answer = await api("/api/account")
  if (!isAccount(answer)) throw unexpected()
  return answer
}

export async function readSessions(): Promise<OwnSession[]> {
  const answer = await api("/api/account/sessions")
  if (!areSessions(answer)) throw unexpected()
  return answer.sessions
}

export const endSession = (id: string) => api(`/api/account/sessions/${id}`, { method: "DELETE" })

/** Ends all sessions but this one. Returns how many. */
export async function endOtherSessions(): Promise<number> {
  const answer = await api("/api/account/sessions", { method: "DELETE" })
  return isRecord(answer) && typeof answer.count === "number" ? answer.count : 0
}

export const rename = (name: string) => api("/api/account", { method: "PATCH", body: { name } })
export const changePassword = (body: { current: string | null; password: string }) =>
  api("/api/account/password", { method: "PUT", body })
export const sendVerification = () => api("/api/account/verify/mail", { method: "POST" })
/** Mails a link to the new address. Throws `account:recent` where the owner must be confirmed first. */
export const changeEmail = (email: string) => api("/api/account/email", { method: "POST", body: { email } })
/** Confirms that the current user is the owner. */
export const confirmPassword = (password: string) => api("/api/account/confirm", { method: "POST", body: { password } })
/** Announces that the next sign-in is to be connected to the account. */
export const startIssuerConnect = (issuer: string) => api("/api/account/issuers", { method: "POST", body: { issuer } })
export const disconnect = (id: string) => api(`/api/account/issuers/${id}`, { method: "DELETE" })
