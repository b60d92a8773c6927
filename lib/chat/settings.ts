import { type ChatSettings, settingsSchema } from "@/lib/messages/types"

const members = Object.entries(settingsSchema.shape)

/** Reads stored settings. Members from another version that this one can't read are left out individually. */
export function readSettings(stored: unknown): ChatSettings {
  if (typeof stored !== "object" || stored === null) return {}
  const values = new Map<string, unknown>(Object.entries(stored))
  const known = members.flatMap(([name, schema]) => {
    const { data } = schema.safeParse(values.get(name))
    return data === undefined ? [] : [[name, data]]
  })
  return settingsSchema.parse(Object.fromEntries(known))
}
