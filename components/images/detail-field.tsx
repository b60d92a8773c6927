"use client"

import { useTranslations } from "next-intl"
import { useId } from "react"
import { cn } from "@/lib/cn"
import { DETAILS, type Detail } from "@/lib/image.types"

interface Props {
  /** The choice for this image; undefined: the default. */
  value: Detail | undefined
  onChange: (value: Detail) => void
}

/** The detail level at which a model sees an image. */
export function DetailField({ value, onChange }: Props) {
  const t = useTranslations("attachments.detail")
  const id = useId()
  const chosen = value ?? "standard"
  return (
    <fieldset aria-describedby={`${id}-meaning`}>
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("label")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {DETAILS.map((detail) => (
          <label
            key={detail}
            className={cn(
              "flex h-8 cursor-pointer items-center rounded-md border px-3 text-[0.8125rem] has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 pointer-coarse:h-11",
              chosen === detail ? "border-spark bg-spark-soft font-medium" : "hover:border-input",
            )}
          >
            <input
              type="radio"
              name={`${id}-detail`}
              checked={chosen === detail}
              onChange={() => onChange(detail)}
              className="sr-only"
            />
            {t(detail)}
          </label>
        ))}
      </div>
      <p id={`${id}-meaning`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
        {t(`${chosen}Meaning`)}
      </p>
    </fieldset>
  )
}
