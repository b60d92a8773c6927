/** Changes of the operator's settings by an administrator. */
import { z } from "zod"
import type { Actor } from "@/lib/admin/actor"
import { notifyModelsChanged } from "@/lib/chat/news/news"
import { stopAnswersOfGuests } from "@/lib/generation/stop"
import {
  AUDIENCES,
  type Audience,
  changeSettings,
  type OperatorSettings,
  operatorSettings,
  type SettingsChange,
  settingsSchema,
} from "@/lib/operator/settings"

const nullable = Object.fromEntries(
  Object.entries(settingsSchema.shape).map(([key, schema]) => [key, schema.nullable().optional()]),
)
/** The settings to change; null resets one to the environment's value. */
export const settingsChangeSchema = z.strictObject(nullable).pipe(z.custom<SettingsChange>())

/** Settings that affect open pages. */
const SEEN: ReadonlySet<string> = new Set<keyof OperatorSettings>([
  ...([
    "guests",
    "tools",
    "blockedTools",
    "shares",
    "uploads",
    "ownKeys",
    "mcpServers",
    "modelAudience",
    "otherModels",
  ] as const),
])

/**
 * Changes settings, notifies open pages, and logs the previous values. If guests are turned off, their running answers
 * stop.
 */
export async function changeSettingsAsAdmin(actor: Actor, change: SettingsChange): Promise<OperatorSettings> {
  const before = await operatorSettings()
  const after = await changeSettings(change)
  const keys = settingsSchema
    .keyof()
    .options.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  if (keys.length === 0) return after
  if (keys.some((key) => SEEN.has(key))) await notifyModelsChanged()
  const changed = Object.fromEntries(keys.map((key) => [key, { from: before[key], to: after[key] }]))
  await actor.note({ action: "settings.changed", details: changed })
  if (before.guests && !after.guests) await stopAnswersOfGuests()
  return after
}

export const audienceSchema = z.strictObject({
  model: z.string().min(1).max(300),
  audience: z.enum(AUDIENCES).nullable(),
})

/** Sets who can use a model; null: the default audience. */
export async function setModelAudience(actor: Actor, model: string, audience: Audience | null): Promise<void> {
  const had: { before?: Audience | null } = {}
  await changeSettings(({ modelAudience }) => {
    had.before = Object.hasOwn(modelAudience, model) ? modelAudience[model] : null
    if (had.before === audience) return {}
    const { [model]: _, ...others } = modelAudience
    return { modelAudience: audience === null ? others : { ...others, [model]: audience } }
  })
  if (had.before === audience) return
  await notifyModelsChanged()
  await actor.note({
    action: "model.offered",
    target: { id: model, name: model },
    details: { from: had.before, to: audience },
  })
}
