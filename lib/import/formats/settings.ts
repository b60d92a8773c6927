import { type ChatSettings, settingsSchema } from "@/lib/messages/types"

/** Converts chat settings to Sparkler's; unknown or out-of-range settings are dropped. Null if none are left. */
export function readSettings(values: Record<string, unknown>): ChatSettings | null {
  const known = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const { data } = schema.safeParse(value ?? undefined)
    return data === undefined ? [] : [[name, data]]
  })
  return known.length > 0 ? settingsSchema.parse(Object.fromEntries(known)) : null
}
