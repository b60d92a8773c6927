/** The configured issuers that people can sign in with. */
import type { OAuthConfig } from "next-auth/providers/oauth"
import { addressOf } from "@/lib/addresses"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { config } from "@/lib/config"
import { agentFor } from "@/lib/http/outgoing/ways"
import { isRecord } from "@/lib/is-record"

/** The identity that an issuer reports. */
export interface Profile {
  /**
   * The issuer's id of the person, which identifies them; prefixed with the issuer's URL if the operator can change the
   * issuer.
   */
  subject: string
  name: string | null
  /** Normalized by `addressOf`. */
  email: string | null
  /** The issuer has verified that the address is theirs. */
  verified: boolean
}

/** Safe for the page: contains no secrets. */
export interface Issuer {
  id: "github" | "google" | "oidc"
  name: string
}

/** Timeout in milliseconds for a request to an issuer. */
const TIMEOUT_MS = 10_000
const MAX_NAME = 80
const MAX_SUBJECT = 255

export function issuerList(): Issuer[] {
  const { github, google, oidc } = config().accounts
  return [
    ...(oidc ? [{ id: "oidc" as const, name: oidc.name }] : []),
    ...(google ? [{ id: "google" as const, name: "Google" }] : []),
    ...(github ? [{ id: "github" as const, name: "GitHub" }] : []),
  ]
}

/** The display name of an issuer. */
export const issuerName = (id: string): string => issuerList().find((issuer) => issuer.id === id)?.name ?? id

type Provider = OAuthConfig<Record<string, unknown>>

/** The issuers as next-auth providers. Requests to them use the configured proxy and certificates. */
export function issuers(): Provider[] {
  const { github, google, oidc } = config().accounts
  return [
    ...(oidc ? [openId("oidc", oidc.issuer, oidc)] : []),
    ...(google ? [openId("google", "https://accounts.google.com", google)] : []),
    ...(github ? [gitHub(github)] : []),
  ]
}

interface Client {
  id: string
  secret: string
}

const httpOptions = (address: string) => {
  const agent = agentFor(new URL(address))
  return { timeout: TIMEOUT_MS, ...(agent ? { agent } : {}) }
}

const openId = (id: Issuer["id"], issuer: string, client: Client): Provider => ({
  id,
  name: issuerName(id),
  type: "oauth",
  wellKnown: `${issuer}/.well-known/openid-configuration`,
  clientId: client.id,
  clientSecret: client.secret,
  authorization: { params: { scope: "openid email profile" } },
  idToken: true,
  checks: ["pkce", "state", "nonce"],
  httpOptions: httpOptions(issuer),
  userinfo: {
    request: async ({ client: asked, tokens }) => {
      const claims = claimsOf(tokens.id_token)
      const token = tokens.access_token
      const told = token && asked.issuer.metadata.userinfo_endpoint ? await asked.userinfo(token) : {}
      return together(claims, told)
    },
  },
  profile: (profile) => {
    const told = arrived(profile.sub, profile, profile.email_verified === true)
    // Two issuers may use the same ids, so a newly configured issuer must not match the people of the previous one.
    const subject = id === "oidc" ? `${issuer} ${told.id}` : told.id
    return { ...told, profile: { ...told.profile, subject } }
  },
})

/** Claims of an id token whose signature, issuer, and nonce next-auth has checked. */
function claimsOf(idToken: string | undefined): Record<string, unknown> {
  const claims: unknown = JSON.parse(Buffer.from(idToken?.split(".")[1] ?? "", "base64url").toString() || "{}")
  return isRecord(claims) ? claims : {}
}

/**
 * The id token often has neither name nor email address; the userinfo response then provides them. An address is used
 * only with the verified flag of the same source. Throws if the response is about someone else.
 */
function together(claims: Record<string, unknown>, told: Record<string, unknown>) {
  const { sub } = claims
  if (typeof sub !== "string") throw new TypeError("The issuer's response doesn't identify the user")
  if (told.sub !== undefined && told.sub !== sub)
    throw new TypeError("The issuer's responses identify two different users")
  const { email, email_verified } = claims.email === undefined ? told : claims
  return { sub, ...texts({ name: claims.name ?? told.name, email }), email_verified: email_verified === true }
}

/** The values that are strings. */
const texts = ({ name, email }: { name: unknown; email: unknown }) => ({
  name: typeof name === "string" ? name : undefined,
  email: typeof email === "string" ? email : undefined,
})

const GITHUB_API = "https://api.github.com"

const gitHub = (client: Client): Provider => ({
  id: "github",
  name: "GitHub",
  type: "oauth",
  issuer: "https://github.com/login/oauth",
  clientId: client.id,
  clientSecret: client.secret,
  authorization: { url: "https://github.com/login/oauth/authorize", params: { scope: "read:user user:email" } },
  token: "https://github.com/login/oauth/access_token",
  checks: ["pkce", "state"],
  httpOptions: httpOptions(GITHUB_API),
  userinfo: {
    url: `${GITHUB_API}/user`,
    request: async ({ tokens }) => {
      const [user, emails] = await Promise.all([
        askGitHub("/user", tokens.access_token),
        askGitHub("/user/emails", tokens.access_token),
      ])
      // The profile's address isn't always verified; the list of addresses says which ones are.
      const primary = Array.isArray(emails) ? emails.find((entry) => isRecord(entry) && entry.primary === true) : null
      const { id, name, login } = isRecord(user) ? user : {}
      const said = texts({ name: name || login, email: primary?.email })
      return {
        sub: typeof id === "number" ? String(id) : undefined,
        ...said,
        email_verified: primary?.verified === true,
      }
    },
  },
  profile: (profile) => arrived(profile.sub, profile, profile.email_verified === true),
})

async function askGitHub(path: string, token: string | undefined): Promise<unknown> {
  const response = await nodeFetch(`${GITHUB_API}${path}`, {
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json", "user-agent": "Sparkler" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`GitHub responded to ${path} with ${response.status}`)
  return response.json()
}

/** The relevant parts of the issuer's response. Throws if it doesn't identify the person. */
function arrived(subject: unknown, { name, email }: Record<string, unknown>, verified: boolean) {
  const id = typeof subject === "string" ? subject : ""
  if (id === "" || id.length > MAX_SUBJECT) throw new TypeError("The issuer's response doesn't identify the user")
  const address = typeof email === "string" ? addressOf(email) : null
  const profile: Profile = {
    subject: id,
    name: typeof name === "string" ? normalizeIssuerName(name) : null,
    email: address,
    verified: verified && address !== null,
  }
  return { id, profile }
}

/** One line of limited length; null if empty. */
export const normalizeIssuerName = (name: string): string | null =>
  [...name.replace(/[\p{C}\s]+/gu, " ").trim()].slice(0, MAX_NAME).join("").trim() || null
