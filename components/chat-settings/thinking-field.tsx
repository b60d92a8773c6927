"use client"

import { useTranslations } from "next-intl"
import { useId } from "react"
import { cn } from "@/lib/cn"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { levelsOf, levelUsed } from "@/lib/models/thinking"

interface Props {
  value: ChatSettings["reasoning"]
  model: ModelInfo | undefined
  onChange: (value: ChatSettings["reasoning"]) => void
}

/** The reasoning effort: the levels the selected model supports, and which one replaces an unsupported level. */
export function ThinkingField({ value, model, onChange }: Props) {
  const t = useTranslations("settings")
  const id = useId()
  const efforts = model?.efforts ?? null
  const used = value && levelUsed(efforts, value)
  const other = model && value && used && used !== value
  return (
    <fieldset aria-describedby={`${id}-meaning`}>
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("reasoning")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {[undefined, ...levelsOf(efforts)].map((level) => (
          <label
            key={level ?? "default"}
            className={cn(
              "flex h-8 cursor-pointer items-center rounded-md border px-3 text-[0.8125rem] has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
              used === level ? "border-spark bg-spark-soft font-medium" : "hover:border-input",
            )}
          >
            <input
              type="radio"
              name={`${id}-effort`}
              checked={used === level}
              onChange={() => onChange(level)}
              className="sr-only"
            />
            {t(`efforts.${level ?? "default"}`)}
          </label>
        ))}
      </div>
      <p id={`${id}-meaning`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
        {efforts?.length === 0 ? t("reasoningNot") : t("reasoningMeaning")}
        {other &&
          ` ${t("levelUsed", { model: model.name, wanted: t(`efforts.${value}`), used: t(`efforts.${used}`) })}`}
      </p>
    </fieldset>
  )
}
