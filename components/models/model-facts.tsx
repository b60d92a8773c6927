"use client"

import { Brain, Eye, Star, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import { useDeprecation } from "@/components/models/model-dates"
import { useModelLabel } from "@/components/models/model-name"
import { usePrice } from "@/components/models/model-price"
import type { ModelInfo } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

interface Props {
  model: ModelInfo
  models: ModelInfo[]
  favorite: boolean
  /** Not a listed model: its id is being typed. */
  typed: boolean
}

/** A model in the list: its name, capabilities, context window and price. */
export function ModelFacts({ model, models, favorite, typed }: Props) {
  const t = useTranslations("models")
  const label = useModelLabel()
  const describe = useDescription(models)
  const icon = "size-3.5 shrink-0 text-muted-foreground"
  return (
    <div className="min-w-0 flex-1">
      <p className="flex items-center gap-2 font-medium text-[0.875rem] leading-5">
        <span className="truncate">{typed ? t("use", { id: model.id }) : label(model)}</span>
        {favorite && <Star className="size-3.5 shrink-0 fill-spark text-spark" aria-label={t("isFavorite")} />}
        {model.images && <Eye className={icon} aria-label={t("seesImages")} />}
        {model.tools && !typed && <Wrench className={icon} aria-label={t("usesTools")} />}
        {(model.efforts?.length ?? 0) > 0 && <Brain className={icon} aria-label={t("thinks")} />}
      </p>
      <p className="text-pretty text-[0.78125rem] text-muted-foreground leading-5 max-sm:line-clamp-2 max-sm:leading-4">
        {typed ? t("useMeans") : describe(model)}
      </p>
    </div>
  )
}

/**
 * `1M context · $0.30 in, $1.20 out per 1M tokens`, the state of the user's own model, or the replacement of a retired
 * or retiring one.
 */
export function useDescription(models: ModelInfo[]): (model: ModelInfo) => string {
  const t = useTranslations("models")
  const price = usePrice()
  const deprecation = useDeprecation()
  return (model) => {
    const successor = model.successor === null ? undefined : findModel(models, model.successor)
    if (model.retired) return successor ? t("successor", { name: successor.name }) : t("retired")
    if (model.withheld) return t("withheld")
    if (model.missing) return t("missing")
    const { contextTokens, own } = model
    const going = deprecation(model)
    const facts = [
      own && `${t("ownKind", { kind: own.kind })}, ${t("ownState", { state: own.state })}`,
      contextTokens && t("context", { tokens: shortTokens(contextTokens) }),
      price(model.price),
    ]
    const goes =
      going &&
      (going.past
        ? t("retirePast", { date: going.date })
        : successor
          ? t("retiresFor", { date: going.date, name: successor.name })
          : t("retires", { date: going.date }))
    const described = facts.filter(Boolean).join(" · ") || model.id
    return goes ? `${described} · ${goes}` : described
  }
}

const shortTokens = (tokens: number): string =>
  tokens >= 1_000_000 ? `${Math.round(tokens / 100_000) / 10}M` : `${Math.round(tokens / 1_000)}K`
