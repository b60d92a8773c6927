"use client"

import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { shortModel } from "@/components/base/message-content"
import type { ModelInfo } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

/** A model's display name, with the way it is served unless standard: “Kimi K3 (Fast)”. */
export function useModelLabel(): (model: ModelInfo) => string {
  const t = useTranslations("models")
  return useCallback(
    ({ name, way = "standard" }) => (way === "standard" ? name : t("withWay", { name, way: t(`way.${way}`) })),
    [t],
  )
}

/** The same by id; for an unlisted one, the last segment of its path. */
export function useModelName(models: ModelInfo[]): (id: string) => string {
  const label = useModelLabel()
  return useCallback(
    (id) => {
      const model = findModel(models, id)
      return model ? label(model) : shortModel(id)
    },
    [models, label],
  )
}
