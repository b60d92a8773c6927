/** Defaults for new chats: two fields of the default preset, which is created if missing. */
import { v7 as uuidv7 } from "uuid"
import { changePreset, fetchPresets, keepPreset } from "@/components/presets/api"
import { publishDefaults } from "@/components/presets/default-preset"
import { withoutDefaults } from "@/components/presets/parameters"
import type { Preset } from "@/lib/presets/types"

export interface Defaults {
  /** Null: the last one used. */
  model: string | null
  instructions: string
}

export const defaultsOf = (preset: Preset | null): Defaults => ({
  model: preset?.model ?? null,
  instructions: preset?.settings.systemPrompt ?? "",
})

/**
 * Saves them in the default preset; `name` is used for a new one. Notifies chats that have not begun. Throws
 * `ApiError`.
 */
export async function saveDefaults(
  preset: Preset | null,
  { model, instructions }: Defaults,
  name: string,
): Promise<Preset> {
  const settings = withoutDefaults({ ...preset?.settings, systemPrompt: instructions })
  const made = { id: uuidv7(), name, model, settings, output: null, isDefault: true }
  if (preset) await changePreset(preset.id, { model, settings })
  else await keepPreset(made)
  // The last presets read determine this page's next new chat.
  const presets = await fetchPresets()
  const kept = presets.find(({ isDefault }) => isDefault) ?? { ...made, problem: null }
  publishDefaults(kept)
  return kept
}
