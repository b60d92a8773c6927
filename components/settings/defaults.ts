/** What new chats begin with, in plain words: two members of the default preset, which is made when there is none. */
import { v7 as uuidv7 } from "uuid"
import { changePreset, fetchPresets, keepPreset } from "@/components/presets/api"
import { sayDefaults } from "@/components/presets/default-preset"
import { withoutDefaults } from "@/components/presets/parameters"
import type { Preset } from "@/lib/presets/types"

export interface Defaults {
  /** Null: the one that was used last. */
  model: string | null
  instructions: string
}

export const defaultsOf = (preset: Preset | null): Defaults => ({
  model: preset?.model ?? null,
  instructions: preset?.settings.systemPrompt ?? "",
})

/** Keeps them in the default preset; `name` is that of a new one. Chats that have not begun hear of it. Throws `ApiError`. */
export async function keepDefaults(
  preset: Preset | null,
  { model, instructions }: Defaults,
  name: string,
): Promise<Preset> {
  const settings = withoutDefaults({ ...preset?.settings, systemPrompt: instructions })
  const made = { id: uuidv7(), name, model, settings, output: null, isDefault: true }
  if (preset) await changePreset(preset.id, { model, settings })
  else await keepPreset(made)
  // What was read last is what this page's next new chat begins with.
  const presets = await fetchPresets()
  const kept = presets.find(({ isDefault }) => isDefault) ?? { ...made, problem: null }
  sayDefaults(kept)
  return kept
}
