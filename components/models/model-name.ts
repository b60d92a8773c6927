"use client"

import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { shortModel } from "@/components/base/message-content"
import type { ModelInfo } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

/** A model's name for people, with the way it is served when that is not the standard one: “Kimi K3 (Fast)”. */
export function useModelLabel(): (model: ModelInfo) => string {
  const t = useTranslations("models")
  return useCallback(
    ({ name, way = "standard" }) => (way === "standard" ? name : t("withWay", { name, way: t(`way.${way}`) })),
    [t],
  )
}

/** The same by id; of one that no list has, the last part of its path. */
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
