import { type ChatSettings, settingsSchema } from "@/lib/messages/types"

/** Settings of a chat as Sparkler has them; what is none of it, or out of range, is left out. Null: nothing is left. */
export function readSettings(values: Record<string, unknown>): ChatSettings | null {
  const known = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    const { data } = schema.safeParse(value ?? undefined)
    return data === undefined ? [] : [[name, data]]
  })
  return known.length > 0 ? settingsSchema.parse(Object.fromEntries(known)) : null
}
