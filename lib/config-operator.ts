/** The part of the environment that the administration page can override. */
import { z } from "zod"
import { count, flag, whole } from "@/lib/config-values"

const number = (schema: z.ZodNumber, fallback: number | null) =>
  z
    .string()
    .optional()
    .transform((value) => (value?.trim() ? Number(value) : fallback))
    .pipe(schema.nullable())

/** Higher than any sensible limit. */
const MOST = 100_000_000
/** Empty: no limit. */
const limit = () => number(whole(0, MOST), null)
const moneyError = `allowed: an amount in US dollars from 0 to ${MOST}`
const money = () =>
  number(z.number({ error: moneyError }).min(0, { error: moneyError }).max(MOST, { error: moneyError }), null)

/** Per person and minute. */
const MAX_A_MINUTE = 1_000_000
const aMinute = (fallback: number) => count(fallback, 1, MAX_A_MINUTE)

const domains = z
  .string()
  .optional()
  .transform((value) =>
    (value ?? "").split(/[\s,;]+/).flatMap((one) => (one ? [one.replace(/^@/, "").toLowerCase()] : [])),
  )
  .pipe(
    z.array(
      z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u, {
        error: "allowed: email domains separated by commas, e.g. example.com, example.org",
      }),
    ),
  )

const toolList = z
  .string()
  .optional()
  .transform((value) => (value ?? "").split(/[\s,;]+/).filter(Boolean))
  .pipe(
    z.array(
      z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, {
        error: "allowed: names of tools separated by commas, e.g. run_python, read_web_page",
      }),
    ),
  )

export const operatorEnvironment = {
  ALLOW_GUESTS: flag(true),
  ALLOW_REGISTRATION: z
    .enum(["true", "1", "false", "0", "invited", "sso", ""], { error: "allowed: true, invited, sso, false" })
    .optional()
    .transform((value) => signUpOf(value)),
  ALLOWED_MAIL_DOMAINS: domains,
  ALLOW_OWN_KEYS: flag(false),
  ALLOW_MCP_SERVERS: flag(true),
  ALLOW_TOOLS: flag(true),
  BLOCKED_TOOLS: toolList,
  ALLOW_SHARES: flag(true),
  ALLOW_UPLOADS: flag(true),
  QUOTA_GUEST_ANSWERS_PER_DAY: limit(),
  QUOTA_GUEST_USD_PER_MONTH: money(),
  QUOTA_GUEST_STORAGE_MB: limit(),
  QUOTA_MEMBER_ANSWERS_PER_DAY: limit(),
  QUOTA_MEMBER_USD_PER_MONTH: money(),
  QUOTA_MEMBER_STORAGE_MB: limit(),
  MESSAGES_PER_MINUTE: aMinute(300),
  UPLOADS_PER_MINUTE: aMinute(300),
  SEARCHES_PER_MINUTE: aMinute(600),
}

function signUpOf(value: string | undefined): SignUp {
  if (value === "invited" || value === "sso") return value
  return value === "false" || value === "0" ? "closed" : "open"
}

type SignUp = "open" | "invited" | "sso" | "closed"
type Audience = "everyone" | "members" | "admins" | "nobody"

/** Null: no limit. */
export interface Quotas {
  /** Days and months are in UTC. */
  answersPerDay: number | null
  spendPerMonthUsd: number | null
  storageMb: number | null
}

/** Defaults for the administration page's settings; for current values, use `lib/operator/settings.ts`. */
export interface OperatorConfig {
  guests: boolean
  signUp: SignUp
  mailDomains: string[]
  ownKeys: boolean
  mcpServers: boolean
  tools: boolean
  blockedTools: string[]
  shares: boolean
  uploads: boolean
  modelAudience: Record<string, Audience>
  otherModels: Audience
  guestQuotas: Quotas
  memberQuotas: Quotas
  messagesPerMinute: number
  uploadsPerMinute: number
  searchesPerMinute: number
}

type Environment = { [K in keyof typeof operatorEnvironment]: z.output<(typeof operatorEnvironment)[K]> }

export const operatorConfig = (e: Environment): OperatorConfig => ({
  guests: e.ALLOW_GUESTS,
  signUp: e.ALLOW_REGISTRATION,
  mailDomains: e.ALLOWED_MAIL_DOMAINS,
  ownKeys: e.ALLOW_OWN_KEYS,
  mcpServers: e.ALLOW_MCP_SERVERS,
  tools: e.ALLOW_TOOLS,
  blockedTools: e.BLOCKED_TOOLS,
  shares: e.ALLOW_SHARES,
  uploads: e.ALLOW_UPLOADS,
  modelAudience: {},
  otherModels: "everyone",
  guestQuotas: {
    answersPerDay: e.QUOTA_GUEST_ANSWERS_PER_DAY,
    spendPerMonthUsd: e.QUOTA_GUEST_USD_PER_MONTH,
    storageMb: e.QUOTA_GUEST_STORAGE_MB,
  },
  memberQuotas: {
    answersPerDay: e.QUOTA_MEMBER_ANSWERS_PER_DAY,
    spendPerMonthUsd: e.QUOTA_MEMBER_USD_PER_MONTH,
    storageMb: e.QUOTA_MEMBER_STORAGE_MB,
  },
  messagesPerMinute: e.MESSAGES_PER_MINUTE,
  uploadsPerMinute: e.UPLOADS_PER_MINUTE,
  searchesPerMinute: e.SEARCHES_PER_MINUTE,
})
