/**
 * What the operator chose: on the administration page, else by the environment. Looked up when needed; what was found
 * serves for a moment, and a change ends that moment in every process.
 */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import { config } from "@/lib/config"
import { db, type Transaction } from "@/lib/db/client"
import { lockSettings, storedSettings, storeSetting } from "@/lib/db/people/settings"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Who may make an account: everybody, who has an invitation, who comes by single sign-on, or nobody. */
export const SIGN_UP = ["open", "invited", "sso", "closed"] as const

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u)

/** To whom a model is offered: guests too, who has an account, administrators, or nobody. */
export const AUDIENCES = ["everyone", "members", "admins", "nobody"] as const
export type Audience = (typeof AUDIENCES)[number]

/** Null: no limit. */
export const quotasSchema = z.strictObject({
  /** Days and months are UTC's. */
  answersPerDay: z.number().int().min(0).max(100_000_000).nullable(),
  spendPerMonthUsd: z.number().min(0).max(100_000_000).nullable(),
  storageMb: z.number().int().min(0).max(100_000_000).nullable(),
})
export type Quotas = z.infer<typeof quotasSchema>

const aMinute = z.number().int().min(1).max(1_000_000)

export const settingsSchema = z.object({
  /** People may chat without an account. */
  guests: z.boolean(),
  signUp: z.enum(SIGN_UP),
  /** Mail domains that new accounts must be of, in lower case; empty: any. */
  mailDomains: z.array(domain).max(100),
  /** People may chat with an API key of their own. */
  ownKeys: z.boolean(),
  /** People may add MCP servers of their own. */
  mcpServers: z.boolean(),
  /** Models may call tools, */
  tools: z.boolean(),
  /** but none of these names, */
  blockedTools: z.array(z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)).max(500),
  /** chats can be shared by link (links that are there stay), */
  shares: z.boolean(),
  /** and images can be uploaded. */
  uploads: z.boolean(),
  /** By a model's id, whatever way it is served; models that it doesn't name are `otherModels`. */
  modelAudience: z.record(z.string().max(300), z.enum(AUDIENCES)),
  otherModels: z.enum(AUDIENCES),
  /** Of each guest, and of each member, unless theirs are others. Administrators have none. */
  guestQuotas: quotasSchema,
  memberQuotas: quotasSchema,
  /** Of each person. */
  messagesPerMinute: aMinute,
  uploadsPerMinute: aMinute,
  searchesPerMinute: aMinute,
})
export type OperatorSettings = z.infer<typeof settingsSchema>

const KEYS = settingsSchema.keyof().options

/** Milliseconds that an answer of the database serves: the bus may not have reached this process. */
const FRESH_MS = 5_000

interface Kept {
  at: number
  settings: Promise<OperatorSettings>
}

const state = () => singleton<{ kept: Kept | null }>("operatorSettings", () => ({ kept: null }))

/** The settings in force. What is stored and this version can't read is left to the environment, and logged. */
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
    else logInfo(`The stored setting “${key}” can't be read; the environment's is used.`)
  }
  return settings
}

const changes = () => topicOf("settings", z.literal("changed"))

/** Reads the settings anew whenever another process has changed one. Returns how to stop that. */
export const hearSettings = (): Promise<() => void> => changes().subscribe(forgetSettings, forgetSettings)

/** The next who asks looks them up. */
export function forgetSettings(): void {
  state().kept = null
}

/** Those that are given; null leaves one to the environment again. */
export type SettingsChange = { [K in keyof OperatorSettings]?: OperatorSettings[K] | null }

/** Changes settings, all or none: those that are given, or what is made of those in force, one change after the other. */
export async function changeSettings(
  change: SettingsChange | ((now: OperatorSettings) => SettingsChange),
): Promise<OperatorSettings> {
  await db().$transaction(async (client) => {
    await lockSettings(client)
    const changed = typeof change === "function" ? change(await read(client)) : change
    for (const [key, value] of Object.entries(changed))
      if (value !== undefined) await storeSetting(client, key, value ?? undefined)
  })
  forgetSettings()
  await changes().publish("changed")
  return operatorSettings()
}
