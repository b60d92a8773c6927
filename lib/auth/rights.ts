/**
 * Who may do what: the one place that says so. Which things are somebody's own is asked in the query as well
 * (`where {id, userId}`), so that it can't be forgotten; there what belongs to somebody else is not found.
 */
import type { SessionUser } from "@/lib/auth/sessions"

export type Role = "guest" | "member" | "admin"

/** Who asks. */
export interface Asker {
  /** Null without a session that counts. */
  user: SessionUser | null
  /** Holds the claim on the setup of this Sparkler, or sits at its machine while nobody else has used it (`lib/setup`). */
  runsIt?: boolean
}

interface Rule {
  /** Roles that may; `anyone` needs no session, `operator` runs this Sparkler, whoever they are signed in as. */
  who: readonly (Role | "anyone" | "operator")[]
  /** Only with what is their own. */
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
  /** Asks what is wrong with a schema of one's own. */
  "schema:check": { who: PEOPLE },
  /** Has a model write one. */
  "schema:write": { who: PEOPLE },
  "schema:list": { who: PEOPLE },
  "schema:make": { who: PEOPLE },
  "schema:read": { who: PEOPLE, own: true },
  "schema:change": { who: PEOPLE, own: true },
  "file:add": { who: PEOPLE },
  "file:read": { who: PEOPLE, own: true },
  "model:list": { who: PEOPLE },
  /** Says for oneself what a model can. */
  "model:describe": { who: PEOPLE },
  /** How one's own comparisons came off. */
  "model:judge": { who: PEOPLE },
  "news:follow": { who: PEOPLE },
  /** Who has the token; that it is alive is asked in the query. */
  "share:open": { who: ["anyone"] },
  "share:list": { who: PEOPLE },
  "share:change": { who: PEOPLE, own: true },
  "share:revoke": { who: PEOPLE, own: true },
  /** With people of this Sparkler. */
  "share:inside": { who: ["member", "admin"], own: true },
  /** What others let one read. */
  "share:received": { who: PEOPLE },
  /** Signs up or in, asks for a link, takes one. */
  "account:begin": { who: ["anyone"] },
  /** What one's account is, of a guest that there is none. */
  "account:see": { who: PEOPLE },
  "account:delete": { who: PEOPLE },
  /** Its name, password, issuers and sessions. */
  "account:change": { who: MEMBERS },
  /** That there is a key, and where from. */
  "key:see": { who: ["anyone"] },
  "key:change": { who: ["operator", "admin"] },
  /** What one has used of one's quotas. */
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
  /** Says something to a form of one's own call. */
  "mcp:answer": { who: PEOPLE, own: true },
  /** An API key of one's own. */
  "key:own": { who: PEOPLE },
} as const satisfies Record<string, Rule>

export type Action = keyof typeof RIGHTS

export const ACTIONS = Object.keys(RIGHTS).filter((action): action is Action => action in RIGHTS)

export const roleOf = ({ guest, admin }: SessionUser): Role => (admin ? "admin" : guest ? "guest" : "member")

/**
 * Whether somebody may do that, with this thing where it is about one. Of an action on one's own without a thing: whether
 * they may with any.
 */
export function may({ user, runsIt }: Asker, action: Action, thing?: { userId: string }): boolean {
  const { who, own }: Rule = RIGHTS[action]
  if (who.includes("anyone")) return true
  if (who.includes("operator") && runsIt === true) return true
  return user !== null && who.includes(roleOf(user)) && (!own || !thing || thing.userId === user.id)
}
