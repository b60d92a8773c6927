/**
 * The operator's settings: from the administration page, else from the environment. Loaded when needed and cached
 * briefly; a change invalidates the cache in every process.
 */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import { config } from "@/lib/config"
import { db, type Transaction } from "@/lib/db/client"
import { lockSettings, storedSettings, storeSetting } from "@/lib/db/people/settings"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Who can create an account: everyone, people with an invitation, people with single sign-on, or nobody. */
export const SIGN_UP_MODES = ["open", "invited", "sso", "closed"] as const

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u)

/** Who can use a model: everyone including guests, people with an account, administrators, or nobody. */
export const AUDIENCES = ["everyone", "members", "admins", "nobody"] as const
export type Audience = (typeof AUDIENCES)[number]

/** Null: no limit. */
export const quotasSchema = z.strictObject({
  /** Days and months are in UTC. */
  answersPerDay: z.number().int().min(0).max(100_000_000).nullable(),
  spendPerMonthUsd: z.number().min(0).max(100_000_000).nullable(),
  storageMb: z.number().int().min(0).max(100_000_000).nullable(),
})
export type Quotas = z.infer<typeof quotasSchema>

const aMinute = z.number().int().min(1).max(1_000_000)

export const settingsSchema = z.object({
  /** People can chat without an account. */
  guests: z.boolean(),
  signUp: z.enum(SIGN_UP_MODES),
  /** Allowed email domains for new accounts, in lowercase; empty: any. */
  mailDomains: z.array(domain).max(100),
  /** People can use their own API keys. */
  ownKeys: z.boolean(),
  /** People can add their own MCP servers. */
  mcpServers: z.boolean(),
  /** Models can call tools, */
  tools: z.boolean(),
  /** except those with these names, */
  blockedTools: z.array(z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)).max(500),
  /** chats can be shared by link (existing links keep working), */
  shares: z.boolean(),
  /** and images can be uploaded. */
  uploads: z.boolean(),
  /** By model id, for all serving options; `otherModels` applies to models that aren't listed. */
  modelAudience: z.record(z.string().max(300), z.enum(AUDIENCES)),
  otherModels: z.enum(AUDIENCES),
  /** For each guest, and each member, unless they have their own. Administrators have none. */
  guestQuotas: quotasSchema,
  memberQuotas: quotasSchema,
  /** Per person. */
  messagesPerMinute: aMinute,
  uploadsPerMinute: aMinute,
  searchesPerMinute: aMinute,
})
export type OperatorSettings = z.infer<typeof settingsSchema>

const KEYS = settingsSchema.keyof().options

/** Milliseconds for which the database's answer is cached, in case a change isn't received over the bus. */
const FRESH_MS = 5_000

interface Kept {
  at: number
  settings: Promise<OperatorSettings>
}

const state = () => singleton<{ kept: Kept | null }>("operatorSettings", () => ({ kept: null }))

/** The current settings. Stored values that this version can't read are logged and replaced by the environment's. */
export function operatorSettings(): Promise<OperatorSettings> {
  const { kept } = state()
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.settings
  const settings = read()
  const mine = { at: Date.now(), settings }
  state().kept = mine
  settings.catch(() => {
    if (state().kept === mine) state().kept = null
  })
  return settings
}

async function read(client?: Transaction): Promise<OperatorSettings> {
  const stored = await storedSettings(client)
  const settings = { ...config().operator }
  for (const key of KEYS) {
    if (!(key in stored)) continue
    const parsed = settingsSchema.shape[key].safeParse(stored[key])
    if (parsed.success) Object.assign(settings, { [key]: parsed.data })
    else logInfo(`The stored setting “${key}” can't be read; using the environment's value.`)
  }
  return settings
}

const changes = () => topicOf("settings", z.literal("changed"))

/** Reloads the settings whenever another process has changed one. Returns an unsubscribe function. */
export const subscribeToSettings = (): Promise<() => void> =>
  changes().subscribe(invalidateSettings, invalidateSettings)

/** The next call loads them again. */
export function invalidateSettings(): void {
  state().kept = null
}

/** The settings to change; null resets one to the environment's value. */
export type SettingsChange = { [K in keyof OperatorSettings]?: OperatorSettings[K] | null }

/**
 * Changes settings, all or none: either the given ones, or those computed from the current ones. Changes are
 * serialized.
 */
export async function changeSettings(
  change: SettingsChange | ((now: OperatorSettings) => SettingsChange),
): Promise<OperatorSettings> {
  await db().$transaction(async (client) => {
    await lockSettings(client)
    const changed = typeof change === "function" ? change(await read(client)) : change
    for (const [key, value] of Object.entries(changed))
      if (value !== undefined) await storeSetting(client, key, value ?? undefined)
  })
  invalidateSettings()
  await changes().publish("changed")
  return operatorSettings()
}
