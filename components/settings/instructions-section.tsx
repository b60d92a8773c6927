"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useEffect, useId, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { fetchModels } from "@/components/base/conversation-api"
import { fetchPresets } from "@/components/presets/api"
import { type Defaults, defaultsOf, saveDefaults } from "@/components/settings/defaults"
import { OwnKeyRows } from "@/components/settings/own-key-rows"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"
import { MAX_SYSTEM_PROMPT } from "@/lib/limits"
import type { ModelInfo } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

interface Known {
  models: ModelInfo[]
  /** The preset for new chats. */
  preset: Preset | null
}

/** Defaults for new chats: the user's default preset in simplified form. */
export function InstructionsSection() {
  const t = useTranslations("appSettings")
  const [known, setKnown] = useState<Known | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each retry reads again
  useEffect(() => {
    let left = false
    setError(null)
    Promise.all([fetchModels(), fetchPresets()]).then(
      ([{ models }, presets]) =>
        left || setKnown({ models, preset: presets.find(({ isDefault }) => isDefault) ?? null }),
      (cause: unknown) => left || setError(sentenceOf(cause)),
    )
    return () => {
      left = true
    }
  }, [tries])
  if (error)
    return (
      <div className="py-3">
        <p role="alert" className="mb-2 text-danger text-sm">
          {error}
        </p>
        <Button onClick={() => setTries(tries + 1)}>{t("tryAgain")}</Button>
      </div>
    )
  if (!known) return <Spinner className="my-6 text-muted-foreground" />
  return (
    <>
      <DefaultsForm known={known} onKept={(preset) => setKnown({ ...known, preset })} />
      <OwnKeyRows />
    </>
  )
}

interface FormProps {
  known: Known
  onKept: (preset: Preset) => void
}

function DefaultsForm({ known: { models, preset }, onKept }: FormProps) {
  const t = useTranslations("appSettings")
  const before = defaultsOf(preset)
  const [typed, setTyped] = useState<Defaults>(before)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null)
  const changed = typed.instructions !== before.instructions || typed.model !== before.model
  const tooLong = typed.instructions.length > MAX_SYSTEM_PROMPT
  useUnsaved(changed)
  const change = (next: Partial<Defaults>) => {
    setTyped({ ...typed, ...next })
    setSaid(null)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !changed || tooLong) return
    setBusy(true)
    try {
      onKept(await saveDefaults(preset, typed, t("defaultsName")))
      setSaid({ text: t("saved"), wrong: false })
    } catch (cause) {
      setSaid({ text: sentenceOf(cause), wrong: true })
    }
    setBusy(false)
  }
  return (
    <form onSubmit={save}>
      <p className="text-pretty pt-1 pb-2 text-[0.8125rem] text-muted-foreground leading-5">{t("newChatsOnly")}</p>
      <ModelRow models={models} value={typed.model} onChange={(model) => change({ model })} />
      <Instructions
        value={typed.instructions}
        tooLong={tooLong}
        onChange={(instructions) => change({ instructions })}
      />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {/* Not disabled, which would lose focus. */}
        <Button
          type="submit"
          variant="primary"
          aria-disabled={busy || !changed || tooLong}
          className="aria-disabled:opacity-45"
        >
          {t("save")}
        </Button>
        {changed && (
          <Button variant="ghost" onClick={() => change(before)}>
            {t("cancel")}
          </Button>
        )}
        <p role="status" className={cn("text-[0.8125rem]", said?.wrong ? "text-danger" : "text-muted-foreground")}>
          {said?.text}
        </p>
      </div>
      <p className="mt-4 text-pretty text-[0.8125rem] text-muted-foreground leading-5">
        {preset && t("inPreset", { name: preset.name })}
      </p>
    </form>
  )
}

interface ModelProps {
  models: ModelInfo[]
  value: string | null
  onChange: (model: string | null) => void
}

function ModelRow({ models, value, onChange }: ModelProps) {
  const t = useTranslations("appSettings")
  const offered = models.filter(({ retired, missing, id }) => id === value || !(retired || missing))
  return (
    <SettingRow label={t("model")}>
      {({ id }) => (
        <select
          id={id}
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value || null)}
          className="h-9 min-w-36 max-w-full rounded-md border border-input bg-background px-2.5 text-sm max-sm:text-base pointer-coarse:h-11"
        >
          <option value="">{t("lastModel")}</option>
          {value && !offered.some((model) => model.id === value) && <option value={value}>{value}</option>}
          {offered.map((model) => (
            <option key={model.id} value={model.id}>
              {model.name}
            </option>
          ))}
        </select>
      )}
    </SettingRow>
  )
}

interface TextProps {
  value: string
  tooLong: boolean
  onChange: (text: string) => void
}

function Instructions({ value, tooLong, onChange }: TextProps) {
  const t = useTranslations("appSettings")
  const id = useId()
  return (
    <div className="pt-3">
      <label htmlFor={id} className="block text-sm">
        {t("instructions")}
      </label>
      <p id={`${id}-meaning`} className="mt-0.5 text-pretty text-[0.8125rem] text-muted-foreground leading-5">
        {t("instructionsMeaning")}
      </p>
      <textarea
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        rows={5}
        aria-invalid={tooLong}
        aria-describedby={`${id}-meaning ${id}-wrong`}
        placeholder={t("instructionsPlaceholder")}
        className={cn(
          "field-sizing-content mt-2 max-h-[40dvh] min-h-28 w-full resize-y rounded-md border border-input bg-background px-3 py-2 text-sm leading-normal max-sm:text-base",
          tooLong && "border-danger",
        )}
      />
      <p id={`${id}-wrong`} role="alert" className="text-[0.8125rem] text-danger">
        {tooLong && t("instructionsTooLong", { count: value.length, most: MAX_SYSTEM_PROMPT })}
      </p>
    </div>
  )
}
