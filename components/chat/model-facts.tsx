"use client"

import { Brain, Eye, Star, Wrench } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/format-locale"
import type { ModelInfo } from "@/lib/ai/model.types"

/** A model of the list: its name, what it can do, its window and its price. */
export function ModelFacts({
  model,
  models,
  favourite,
}: {
  model: ModelInfo
  models: ModelInfo[]
  favourite: boolean
}) {
  const t = useTranslations("models")
  const locale = useFormatLocale()
  const icon = "size-3.5 shrink-0 text-muted-foreground"
  return (
    <div className="min-w-0 flex-1">
      <p className="flex items-center gap-2 font-medium text-[14px] leading-5">
        <span className="truncate">{model.name}</span>
        {favourite && <Star className="size-3.5 shrink-0 fill-spark text-spark" aria-label={t("isFavourite")} />}
        {model.images && <Eye className={icon} aria-label={t("seesImages")} />}
        {model.tools && <Wrench className={icon} aria-label={t("usesTools")} />}
        {(model.efforts?.length ?? 0) > 0 && <Brain className={icon} aria-label={t("thinks")} />}
      </p>
      <p className="text-pretty text-[12.5px] text-muted-foreground leading-5">
        {describe(model, models, { t, locale })}
      </p>
    </div>
  )
}

interface Wording {
  t: ReturnType<typeof useTranslations<"models">>
  /** Of figures. */
  locale: string
}

/** `1M context · $0.30 in, $1.20 out per 1M tokens`, or what takes the place of a retired model. */
function describe(model: ModelInfo, models: ModelInfo[], { t, locale }: Wording): string {
  if (model.retired) {
    const successor = models.find(({ id }) => id === model.successor)
    return successor ? t("successor", { name: successor.name }) : t("retired")
  }
  const { contextTokens, price } = model
  const dollars = (amount: number) =>
    amount.toLocaleString(locale, { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" })
  const facts = [
    contextTokens && t("context", { tokens: shortTokens(contextTokens) }),
    price && t("price", { input: dollars(price.input), output: dollars(price.output) }),
  ]
  return facts.filter(Boolean).join(" · ") || model.id
}

const shortTokens = (tokens: number): string =>
  tokens >= 1_000_000 ? `${Math.round(tokens / 100_000) / 10}M` : `${Math.round(tokens / 1_000)}k`
