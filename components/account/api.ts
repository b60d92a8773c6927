/** API for accounts. All functions throw `ApiError` with a message for the user. */
import { api, unexpected } from "@/components/base/api"
import { isRecord } from "@/lib/is-record"

const post = (path: string, body?: object) => api(`/api/account${path}`, { method: "POST", body })

export const signIn = (body: { email: string; password: string }) => post("/sign-in", body)
/** Resolves to whether the email address must be confirmed before signing in. */
export async function signUp(body: { email: string; password: string; name: string }): Promise<boolean> {
  const answer = await post("", body)
  return isRecord(answer) && answer.confirm === true
}
export const signOut = () => post("/sign-out")
export const requestPasswordReset = (email: string) => post("/forgot", { email })
/** Without a password: checks whether the link is valid. */
export const submitPasswordReset = (token: string, password?: string) => post("/reset", { token, password })
export const verifyAddress = (token: string) => post("/verify", { token })
export const openInvitation = (token: string) => post("/invitation", { token })

/** Goes to a sign-in provider; returns to `to` signed in, or to the sign-in page with an error. */
export async function redirectToIssuer(issuer: string, to: string): Promise<void> {
  const csrf = await api("/api/auth/csrf")
  if (!isRecord(csrf)) throw unexpected()
  const answer = await api(`/api/auth/signin/${issuer}`, {
    method: "POST",
    body: { csrfToken: csrf.csrfToken, callbackUrl: to, json: "true" },
  })
  if (!isRecord(answer) || typeof answer.url !== "string" || !/^https?:/.test(answer.url)) throw unexpected()
  window.location.assign(answer.url)
}
