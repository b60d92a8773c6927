/**
 * What the operator chose: on the administration page, else by the environment. Looked up when needed; what was found
 * serves for a moment, and a change ends that moment in every process.
 */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { storedSettings, storeSetting } from "@/lib/db/people/settings"
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

export const settingsSchema = z.object({
  /** People may chat without an account. */
  guests: z.boolean(),
  signUp: z.enum(SIGN_UP),
  /** Mail domains that new accounts must be of, in lower case; empty: any. */
  mailDomains: z.array(domain).max(100),
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

async function read(): Promise<OperatorSettings> {
  const stored = await storedSettings()
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

/** Changes those that are given, all or none; null leaves one to the environment again. */
export async function changeSettings(
  change: { [K in keyof OperatorSettings]?: OperatorSettings[K] | null },
): Promise<OperatorSettings> {
  await db().$transaction(async (client) => {
    for (const [key, value] of Object.entries(change))
      if (value !== undefined) await storeSetting(client, key, value ?? undefined)
  })
  forgetSettings()
  await changes().publish("changed")
  return operatorSettings()
}
