import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { presetModel } from "@/components/presets/preset-model"
import type { ModelInfo } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

/** Describes what in a preset is no longer available. */
export function usePresetProblems(models: ModelInfo[]): (preset: Preset) => string[] {
  const t = useTranslations("presets")
  return useCallback(
    ({ model, problem }) => {
      const { problem: why, name, successor } = presetModel(model, models)
      const ofModel =
        why === "retired" ? t("retired", { name, successor }) : why === "gone" ? t("gone", { name }) : null
      return [ofModel, problem].filter((sentence) => sentence !== null)
    },
    [models, t],
  )
}
