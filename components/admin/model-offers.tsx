"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { useAction } from "@/components/admin/use-action"
import { api } from "@/components/base/api"
import { ChoiceRow } from "@/components/settings/setting-row"
import type { Audience } from "@/lib/operator/settings"

const AUDIENCES = ["everyone", "members", "admins", "nobody"] as const
/** The default for all models. */
const USUAL = "usual"
/** Number of models from which there is a filter. */
const FILTER_FROM = 12

interface Props {
  models: { id: string; name: string; audience: Audience | null }[]
  others: Audience
}

/** Who each model is offered to. Each change applies immediately. */
export function ModelOffers({ models, others }: Props) {
  const t = useTranslations("admin.models")
  const { act } = useAction()
  const [filter, setFilter] = useState("")
  const id = useId()
  const words = filter.trim().toLowerCase().split(/\s+/)
  const shown = models.filter((model) =>
    words.every((word) => `${model.name} ${model.id}`.toLowerCase().includes(word)),
  )
  const choices = AUDIENCES.map((value) => ({ value, label: t(`audiences.${value}`) }))
  const offer = (model: string, audience: Audience | null) =>
    act(() => api("/api/admin/models", { method: "PATCH", body: { model, audience } }))
  return (
    <>
      <section className="mb-6 rounded-lg border bg-surface px-4">
        <ChoiceRow
          label={t("others")}
          meaning={t("othersMeaning")}
          value={others}
          options={choices}
          onChange={(otherModels) =>
            void act(() => api("/api/admin/settings", { method: "PATCH", body: { otherModels } }))
          }
        />
      </section>
      {models.length >= FILTER_FROM && (
        <div className="mb-3">
          <label htmlFor={id} className="mb-1 block text-[0.8125rem] text-muted-foreground">
            {t("find")}
          </label>
          <input
            id={id}
            type="search"
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            className="h-9 w-full max-w-sm rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
          />
        </div>
      )}
      <section className="rounded-lg border bg-surface px-4">
        {shown.map((model) => (
          <ChoiceRow
            key={model.id}
            label={model.name}
            meaning={<span className="wrap-anywhere">{model.id}</span>}
            value={model.audience ?? USUAL}
            options={[{ value: USUAL, label: t("as", { audience: t(`audiences.${others}`) }) }, ...choices]}
            onChange={(chosen) => void offer(model.id, chosen === USUAL ? null : chosen)}
          />
        ))}
        {shown.length === 0 && <p className="py-4 text-muted-foreground text-sm">{t("none")}</p>}
      </section>
    </>
  )
}
