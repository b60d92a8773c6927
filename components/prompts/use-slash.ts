import { useTranslations } from "next-intl"
import { useEffect, useMemo, useState } from "react"
import { pageCommand } from "@/components/base/page-commands"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { fetchPresets, fetchPrompts } from "@/components/presets/api"
import { type SlashItem, toCommandName } from "@/components/prompts/slash"
import type { ModelInfo } from "@/lib/models/model.types"
import type { Preset, Prompt } from "@/lib/presets/types"

/** What commands on the page act on. */
export interface SlashTargets {
  models: ModelInfo[]
  onModel: (id: string) => void
  onPreset: (preset: Preset) => void
}

interface Options extends SlashTargets {
  onPrompt: (prompt: Prompt) => void
  /** Puts this into the field to continue typing. */
  onType: (text: string) => void
}

/** The last loaded items, so that the list does not grow while being used. */
let known: { presets: Preset[]; prompts: Prompt[] } = { presets: [], prompts: [] }

interface Chosen {
  item: SlashItem
  run: () => void
}

/** The items offered after a slash: page commands, and the user's presets and prompts. Loaded when the list opens. */
export function useSlashItems({ models, onModel, onPreset, onPrompt, onType }: Options): Chosen[] {
  const t = useTranslations("slash")
  const go = useGuardedNavigation()
  const [kept, setKept] = useState(known)
  useEffect(() => {
    let left = false
    // If loading fails, only commands are offered.
    void Promise.all([fetchPresets().catch(() => []), fetchPrompts().catch(() => [])]).then(([presets, prompts]) => {
      known = { presets, prompts }
      if (!left) setKept(known)
    })
    return () => {
      left = true
    }
  }, [])
  return useMemo(() => {
    const ofPage = (["settings", "prompts", "share"] as const).flatMap((name) => {
      const run = pageCommand(name)
      return run ? [{ command: name, run }] : []
    })
    const commands = [
      { command: "new", run: () => go("/") },
      { command: "temporary", run: () => go("/?temporary") },
      { command: "model", run: () => onType("/model ") },
      ...(kept.presets.length > 0 ? [{ command: "preset" as const, run: () => onType("/preset ") }] : []),
      ...ofPage,
    ] as const
    return [
      ...kept.prompts.map((prompt) => ({
        item: { id: prompt.id, command: prompt.command, label: prompt.text.slice(0, 120), kind: "prompt" as const },
        run: () => onPrompt(prompt),
      })),
      ...kept.presets.map((preset) => ({
        item: {
          id: preset.id,
          command: toCommandName(preset.name),
          label: t("usePreset", { name: preset.name }),
          kind: "preset" as const,
        },
        run: () => onPreset(preset),
      })),
      ...commands.map(({ command, run }) => ({
        item: { id: command, command, label: t(`does.${command}`), kind: "command" as const },
        run,
      })),
      ...models
        .filter(({ retired, missing }) => !(retired || missing))
        .map(({ id, name }) => ({
          item: { id, command: `model ${name}`, label: id, kind: "model" as const },
          run: () => onModel(id),
        })),
    ]
  }, [kept, models, onModel, onPreset, onPrompt, onType, go, t])
}
