/** The routes of one's own account. All throw `ApiError` with a sentence for the person. */
import { api, unexpected } from "@/components/base/api"
import type { OwnAccount, OwnSession } from "@/lib/accounts/types"
import { isRecord } from "@/lib/is-record"

// Our own server's answers: their types are those of lib/accounts/types.ts, so the outline of them is enough.
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

/** All but this one. Returns how many. */
export async function endOthers(): Promise<number> {
  const answer = await api("/api/account/sessions", { method: "DELETE" })
  return isRecord(answer) && typeof answer.count === "number" ? answer.count : 0
}

export const rename = (name: string) => api("/api/account", { method: "PATCH", body: { name } })
export const changePassword = (body: { current: string | null; password: string }) =>
  api("/api/account/password", { method: "PUT", body })
export const sendVerification = () => api("/api/account/verify/mail", { method: "POST" })
/** Mails a link to the new address. Throws `account:recent` where the owner has to be asked first. */
export const changeEmail = (email: string) => api("/api/account/email", { method: "POST", body: { email } })
/** That who sits here is the owner. */
export const confirmPassword = (password: string) => api("/api/account/confirm", { method: "POST", body: { password } })
/** Says that the sign-in that follows is to be connected. */
export const beginConnect = (issuer: string) => api("/api/account/issuers", { method: "POST", body: { issuer } })
export const disconnect = (id: string) => api(`/api/account/issuers/${id}`, { method: "DELETE" })
