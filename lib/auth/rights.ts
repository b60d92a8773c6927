/**
 * Permissions: the single place that defines who may do what. Ownership is also checked in the query (`where {id,
 * userId}`), so that it can't be forgotten; there, resources of others are simply not found.
 */
import type { SessionUser } from "@/lib/auth/sessions"

export type Role = "guest" | "member" | "admin"

/** The requester. */
export interface Asker {
  /** Null without a valid session. */
  user: SessionUser | null
  /** Holds the setup claim of this installation, or is on its machine while nobody else has used it (`lib/setup`). */
  runsIt?: boolean
}

interface Rule {
  /** Allowed roles; `anyone` needs no session, `operator` runs this installation, regardless of the signed-in user. */
  who: readonly (Role | "anyone" | "operator")[]
  /** Only for their own resources. */
  own?: true
}

const PEOPLE = ["guest", "member", "admin"] as const
const MEMBERS = ["member", "admin"] as const
const ADMINS = ["admin"] as const

const RIGHTS = {
  "conversation:list": { who: PEOPLE },
  "conversation:read": { who: PEOPLE, own: true },
  "conversation:change": { who: PEOPLE, own: true },
  "conversation:delete": { who: PEOPLE, own: true },
  "conversation:ask": { who: PEOPLE, own: true },
  "conversation:stop": { who: PEOPLE, own: true },
  "conversation:share": { who: PEOPLE, own: true },
  "conversation:copy": { who: PEOPLE, own: true },
  "data:export": { who: PEOPLE },
  "data:import": { who: PEOPLE },
  "folder:list": { who: PEOPLE },
  "folder:make": { who: PEOPLE },
  "folder:change": { who: PEOPLE, own: true },
  "preset:list": { who: PEOPLE },
  "preset:make": { who: PEOPLE },
  "preset:change": { who: PEOPLE, own: true },
  "prompt:list": { who: PEOPLE },
  "prompt:make": { who: PEOPLE },
  "prompt:change": { who: PEOPLE, own: true },
  "eval:list": { who: PEOPLE },
  "eval:make": { who: PEOPLE },
  "eval:read": { who: PEOPLE, own: true },
  "eval:change": { who: PEOPLE, own: true },
  "grid:list": { who: PEOPLE },
  "grid:make": { who: PEOPLE },
  "grid:read": { who: PEOPLE, own: true },
  "grid:change": { who: PEOPLE, own: true },
  /** Checks one's own schema for problems. */
  "schema:check": { who: PEOPLE },
  /** Has a model write a schema. */
  "schema:write": { who: PEOPLE },
  "schema:list": { who: PEOPLE },
  "schema:make": { who: PEOPLE },
  "schema:read": { who: PEOPLE, own: true },
  "schema:change": { who: PEOPLE, own: true },
  "file:add": { who: PEOPLE },
  "file:read": { who: PEOPLE, own: true },
  "model:list": { who: PEOPLE },
  /** Sets a model's capabilities for oneself. */
  "model:describe": { who: PEOPLE },
  /** The results of one's own comparisons. */
  "model:judge": { who: PEOPLE },
  "news:follow": { who: PEOPLE },
  /** Anyone with the token; the query checks that it is live. */
  "share:open": { who: ["anyone"] },
  "share:list": { who: PEOPLE },
  "share:change": { who: PEOPLE, own: true },
  "share:revoke": { who: PEOPLE, own: true },
  /** With users of this installation. */
  "share:inside": { who: ["member", "admin"], own: true },
  /** Shares received from others. */
  "share:received": { who: PEOPLE },
  /** Signs up or in, requests a link, redeems one. */
  "account:begin": { who: ["anyone"] },
  /** One's own account; for a guest, that there is none. */
  "account:see": { who: PEOPLE },
  "account:delete": { who: PEOPLE },
  /** Its name, password, issuers and sessions. */
  "account:change": { who: MEMBERS },
  /** Whether there is a key, and its source. */
  "key:see": { who: ["anyone"] },
  "key:change": { who: ["operator", "admin"] },
  /** One's own usage of quotas. */
  "usage:own": { who: PEOPLE },
  "admin:people": { who: ADMINS },
  "admin:access": { who: ADMINS },
  "admin:models": { who: ADMINS },
  "admin:quotas": { who: ADMINS },
  "admin:usage": { who: ADMINS },
  "admin:shares": { who: ADMINS },
  "admin:audit": { who: ADMINS },
  /** MCP servers: the operator's, and one's own. */
  "mcp:list": { who: PEOPLE },
  "mcp:change": { who: PEOPLE, own: true },
  /** Answers a form of one's own call. */
  "mcp:answer": { who: PEOPLE, own: true },
  /** One's own API key. */
  "key:own": { who: PEOPLE },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof RIGHTS

export const ACTIONS = Object.keys(RIGHTS).filter((action): action is Action => action in RIGHTS)

export const roleOf = ({ guest, admin }: SessionUser): Role => (admin ? "admin" : guest ? "guest" : "member")

/**
 * Whether the requester may perform an action, on this resource if it concerns one. For an action limited to own
 * resources, omitting the resource asks whether they may act on any.
 */
export function may({ user, runsIt }: Asker, action: Action, thing?: { userId: string }): boolean {
  const { who, own }: Rule = RIGHTS[action]
  if (who.includes("anyone")) return true
  if (who.includes("operator") && runsIt === true) return true
  return user !== null && who.includes(roleOf(user)) && (!own || !thing || thing.userId === user.id)
}
