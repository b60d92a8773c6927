"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"
import { MAX_SYSTEM_PROMPT } from "@/lib/limits"

interface Props {
  value: string
  onChange: (value: string) => void
}

/** The system prompt. A text that is too long stays in the field but takes effect only once it is shorter. */
export function SystemPrompt({ value, onChange }: Props) {
  const t = useTranslations("settings")
  const id = useId()
  const [tooLong, setTooLong] = useState<string | null>(null)
  useUnsaved(tooLong !== null)
  const change = (text: string) => {
    const fits = text.length <= MAX_SYSTEM_PROMPT
    setTooLong(fits ? null : text)
    if (fits) onChange(text)
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.8125rem]">
        {t("systemPrompt")}
      </label>
      <textarea
        id={id}
        value={tooLong ?? value}
        onChange={(event) => change(event.target.value)}
        rows={4}
        aria-invalid={tooLong !== null}
        aria-describedby={`${id}-meaning`}
        placeholder={t("systemPlaceholder")}
        className={cn(
          "w-full rounded-md border border-input bg-background px-3 py-2 text-sm leading-normal",
          "field-sizing-content max-h-[32dvh] min-h-24 resize-y max-sm:text-base",
          tooLong !== null && "border-danger",
        )}
      />
      <p
        id={`${id}-meaning`}
        role={tooLong === null ? undefined : "alert"}
        className={cn("mt-1 text-[0.8125rem] leading-5", tooLong === null ? "text-muted-foreground" : "text-danger")}
      >
        {tooLong === null
          ? t("systemMeaning", { most: MAX_SYSTEM_PROMPT })
          : t("systemTooLong", { count: tooLong.length, most: MAX_SYSTEM_PROMPT })}
      </p>
    </div>
  )
}
