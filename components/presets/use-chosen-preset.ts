import { useState } from "react"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import type { ChatSettings, OutputRequest } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

/** What a preset is made of. */
export interface PresetValues {
  model: string | null
  settings: ChatSettings
  output: OutputRequest | null
}

/** Comparable: a database may give the members of an object in another order. */
const valuesOf = ({ model, settings, output }: PresetValues) =>
  JSON.stringify([model, withoutDefaults(settings), output], (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

interface Options {
  /** Null until the server has told. */
  presets: Preset[] | null
  /** As the page is set now. */
  current: PresetValues
  models: ModelInfo[]
}

/** The preset that the page is set by. `changed`: something of it is set otherwise now. `choose("")` chooses none. */
export function useChosenPreset({ presets, current, models }: Options) {
  /** Null until one is found that the page was set by; empty: none. */
  const [chosenId, setChosenId] = useState<string | null>(null)
  // The list may come when something is changed already.
  const [opened] = useState(() => valuesOf(current))
  // As it is when it is used: with what stands in for a model that is not there any more.
  const inUse = (preset: Preset) => ({ ...preset, model: presetModel(preset.model, models).id ?? current.model })
  const same = presets?.find((preset) => valuesOf(inUse(preset)) === valuesOf(current))
  // It stays the one that is meant while something of it is changed.
  const meant = chosenId === null ? presets?.find((preset) => valuesOf(inUse(preset)) === opened) : undefined
  if (meant) setChosenId(meant.id)
  const chosen = presets?.find((preset) => preset.id === chosenId) ?? same
  const changed =
    chosen !== undefined && valuesOf({ ...chosen, model: chosen.model ?? current.model }) !== valuesOf(current)
  return { chosen, changed, choose: setChosenId }
}
