/** The routes of accounts. All throw `ApiError` with a sentence for the person. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"

const post = (path: string, body?: object) => api(`/api/account${path}`, { method: "POST", body })

export const signIn = (body: { email: string; password: string }) => post("/sign-in", body)
/** Whether the address has to be confirmed before they get in. */
export async function signUp(body: { email: string; password: string; name: string }): Promise<boolean> {
  const answer = await post("", body)
  return isRecord(answer) && answer.confirm === true
}
export const signOut = () => post("/sign-out")
export const askReset = (email: string) => post("/forgot", { email })
/** Without a password: asks whether the link can be used. */
export const takeReset = (token: string, password?: string) => post("/reset", { token, password })
export const verifyAddress = (token: string) => post("/verify", { token })
export const openInvitation = (token: string) => post("/invitation", { token })

/** Leaves for an issuer; comes back at `to`, signed in, or at the sign-in page with what was wrong. */
export async function goToIssuer(issuer: string, to: string): Promise<void> {
  const csrf = await api("/api/auth/csrf")
  if (!isRecord(csrf)) throw unexpected()
  const answer = await api(`/api/auth/signin/${issuer}`, {
    method: "POST",
    body: { csrfToken: csrf.csrfToken, callbackUrl: to, json: "true" },
  })
  if (!isRecord(answer) || typeof answer.url !== "string" || !/^https?:/.test(answer.url)) throw unexpected()
  window.location.assign(answer.url)
}
