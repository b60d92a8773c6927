"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { NumberField } from "@/components/chat-settings/number-field"
import { ADVANCED, formatStopSequences, hasAdvanced, parseStopSequences } from "@/components/presets/parameters"
import { useUnsaved } from "@/components/ui/unsaved"
import { MAX_STOP_CHARS, MAX_STOP_SEQUENCES } from "@/lib/limits"
import type { ChatSettings } from "@/lib/messages/types"

interface Props {
  settings: ChatSettings
  onChange: (change: Partial<ChatSettings>) => void
  /** Fireworks is the provider: it supports an additional parameter. */
  fireworks: boolean
}

/** Rarely used settings, collapsed while none is set. */
export function AdvancedFields({ settings, onChange, fireworks }: Props) {
  const t = useTranslations("settings")
  const [opened] = useState(() => hasAdvanced(settings))
  return (
    <details open={opened} className="group/advanced">
      <summary className="flex h-8 w-fit cursor-pointer list-none items-center gap-1 rounded-md pe-2 font-medium text-[0.8125rem] pointer-coarse:h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 transition-transform group-open/advanced:rotate-90 rtl:-scale-x-100"
          aria-hidden
        />
        {t("advanced")}
      </summary>
      <div className="mt-3 flex flex-col gap-5">
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {ADVANCED.map((parameter) => (
            <NumberField
              key={parameter.name}
              parameter={parameter}
              value={settings[parameter.name]}
              onChange={(value) => onChange({ [parameter.name]: value })}
            />
          ))}
        </div>
        <StopField value={settings.stop} onChange={(stop) => onChange({ stop })} />
        {(fireworks || settings.safeTokens) && (
          <label className="flex cursor-pointer items-start gap-2.5 text-sm">
            <input
              type="checkbox"
              checked={settings.safeTokens ?? false}
              onChange={(event) => onChange({ safeTokens: event.target.checked || undefined })}
              className="mt-0.5 size-4 shrink-0 accent-spark"
            />
            <span>
              {t("safeTokens")}
              <span className="block text-[0.8125rem] text-muted-foreground leading-5">{t("safeTokensMeaning")}</span>
            </span>
          </label>
        )}
      </div>
    </details>
  )
}

interface StopProps {
  value: string[] | undefined
  onChange: (value: string[] | undefined) => void
}

/** Stop sequences. Too many, or one that is too long, are rejected, and the previous ones stay in effect. */
function StopField({ value = [], onChange }: StopProps) {
  const t = useTranslations("settings")
  const id = useId()
  // The typed text, until the field is left with a valid value.
  const [typed, setTyped] = useState<string | null>(null)
  const read = parseStopSequences(typed ?? "")
  const wrong =
    read.length > MAX_STOP_SEQUENCES ? "many" : read.some(({ length }) => length > MAX_STOP_CHARS) ? "long" : null
  useUnsaved(wrong !== null)
  const type = (text: string) => {
    const next = parseStopSequences(text)
    setTyped(text)
    if (next.length <= MAX_STOP_SEQUENCES && next.every(({ length }) => length <= MAX_STOP_CHARS))
      onChange(next.length > 0 ? next : undefined)
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.8125rem]">
        {t("stop")}
      </label>
      <textarea
        id={id}
        value={typed ?? formatStopSequences(value)}
        onChange={(event) => type(event.target.value)}
        onBlur={() => wrong === null && setTyped(null)}
        rows={2}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={`${id}-meaning`}
        className="field-sizing-content max-h-40 min-h-16 w-full resize-y rounded-md border border-input bg-background px-3 py-2 font-mono text-[0.8125rem] leading-normal aria-invalid:border-danger max-sm:text-base"
      />
      <p id={`${id}-meaning`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
        {t("stopMeaning", { most: MAX_STOP_SEQUENCES })}
        {wrong && (
          <span role="alert" className="block text-danger">
            {wrong === "many" ? t("stopMany", { most: MAX_STOP_SEQUENCES }) : t("stopLong", { most: MAX_STOP_CHARS })}
          </span>
        )}
      </p>
    </div>
  )
}
