import { useState } from "react"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import type { ChatSettings, OutputRequest } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

/** The values stored in a preset. */
export interface PresetValues {
  model: string | null
  settings: ChatSettings
  output: OutputRequest | null
}

/** Serialized for comparison: a database may return object members in a different order. */
const valuesOf = ({ model, settings, output }: PresetValues) =>
  JSON.stringify([model, withoutDefaults(settings), output], (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

interface Options {
  /** Null until loaded. */
  presets: Preset[] | null
  /** The page's current settings. */
  current: PresetValues
  models: ModelInfo[]
}

/** The preset the page's settings come from. `changed`: the settings differ from it now. `choose("")` selects none. */
export function useChosenPreset({ presets, current, models }: Options) {
  /** Null until a matching preset is found; empty: none. */
  const [chosenId, setChosenId] = useState<string | null>(null)
  // The list may load after settings were changed.
  const [opened] = useState(() => valuesOf(current))
  // The preset as applied, with the replacement for an unavailable model.
  const inUse = (preset: Preset) => ({ ...preset, model: presetModel(preset.model, models).id ?? current.model })
  const same = presets?.find((preset) => valuesOf(inUse(preset)) === valuesOf(current))
  // Stays selected while its settings are changed.
  const meant = chosenId === null ? presets?.find((preset) => valuesOf(inUse(preset)) === opened) : undefined
  if (meant) setChosenId(meant.id)
  const chosen = presets?.find((preset) => preset.id === chosenId) ?? same
  const changed =
    chosen !== undefined && valuesOf({ ...chosen, model: chosen.model ?? current.model }) !== valuesOf(current)
  return { chosen, changed, choose: setChosenId }
}
