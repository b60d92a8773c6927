import { type ChatSettings, settingsSchema } from "@/lib/chat/types"

/** Settings as they were stored; none where another version wrote something that this one can't read. */
export function readSettings(stored: unknown): ChatSettings {
  const { data } = settingsSchema.safeParse(stored)
  return data ?? {}
}
