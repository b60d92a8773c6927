"use client"

import { Star, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useId, useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { focusWhenRendered } from "@/components/base/focus"
import { changePreset, fetchPresets, keepPreset, removePreset } from "@/components/presets/api"
import { withoutDefaults } from "@/components/presets/parameters"
import { usePresetProblems } from "@/components/presets/preset-problems"
import { RemovedNotice } from "@/components/presets/removed-notice"
import { type PresetValues, useChosenPreset } from "@/components/presets/use-chosen-preset"
import { type SavedList, useSavedList } from "@/components/presets/use-saved-list"
import { Button } from "@/components/ui/button"
import { isComposing } from "@/components/ui/enter"
import { IconButton } from "@/components/ui/icon-button"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"
import { MAX_PRESET_NAME } from "@/lib/limits"
import type { ModelInfo } from "@/lib/models/model.types"
import type { NewPreset, Preset } from "@/lib/presets/types"

const KEPT = { read: fetchPresets, keep: keepPreset, remove: ({ id }: Preset) => removePreset(id) }

interface Props {
  /** The page's current settings. */
  current: PresetValues
  models: ModelInfo[]
  onUse: (preset: Preset) => void
  /** Returns false and focuses the field when a field has an invalid value. */
  check: () => boolean
}

/** Presets: apply, save the current settings, rename, update, delete, and choose the default for new chats. */
export function PresetBar({ current, models, onUse, check }: Props) {
  const t = useTranslations("presets")
  const id = useId()
  const presets = useSavedList<Preset>(KEPT)
  const { chosen, changed, choose } = useChosenPreset({ presets: presets.items, current, models })
  const saveAs = useRef<HTMLButtonElement>(null)
  const [naming, setNaming] = useState<"new" | "name" | null>(null)
  const endNaming = () => {
    setNaming(null)
    // The focused element disappears with the form.
    focusWhenRendered(() => saveAs.current)
  }
  const problemsOf = usePresetProblems(models)
  const values = { ...current, settings: withoutDefaults(current.settings) }
  const use = (preset: Preset | undefined) => {
    choose(preset?.id ?? "")
    if (preset) onUse(preset)
  }
  const save = async (name: string) => {
    const made: NewPreset = { id: uuidv7(), name, ...values, isDefault: false }
    const renames = naming === "name" && chosen
    if (!(await presets.attempt(() => (renames ? changePreset(chosen.id, { name }) : keepPreset(made))))) return
    if (!renames) choose(made.id)
    endNaming()
  }
  return (
    <section aria-labelledby={`${id}-title`} className="rounded-lg border bg-muted/50 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <label id={`${id}-title`} htmlFor={id} className="font-medium text-[0.8125rem]">
          {t("preset")}
        </label>
        <PresetSelect id={id} presets={presets.items} chosen={chosen} onChoose={use} />
        {chosen && !naming && <ChosenButtons preset={chosen} presets={presets} onRemoved={() => choose("")} />}
      </div>
      <Problems problems={chosen ? problemsOf(chosen) : []} />
      <RemovedNotice removed={presets.removed} onUndone={() => saveAs.current?.focus()} />
      {presets.error && (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {presets.error}
        </p>
      )}
      {naming ? (
        <NameForm
          initial={naming === "name" ? (chosen?.name ?? "") : ""}
          busy={presets.busy}
          onSave={save}
          onCancel={endNaming}
        />
      ) : (
        <KeepButtons
          {...{ chosen, changed, presets, saveAs }}
          onUpdate={({ id: changedId }) => check() && void presets.attempt(() => changePreset(changedId, values))}
          onName={(what) => (what === "name" || check()) && setNaming(what)}
        />
      )}
    </section>
  )
}

const Problems = ({ problems }: { problems: string[] }) =>
  problems.map((problem) => (
    <p key={problem} role="status" className="mt-2 text-[0.8125rem] text-danger">
      {problem}
    </p>
  ))

interface SelectProps {
  id: string
  presets: Preset[] | null
  chosen: Preset | undefined
  /** Undefined: none. */
  onChoose: (preset: Preset | undefined) => void
}

function PresetSelect({ id, presets, chosen, onChoose }: SelectProps) {
  const t = useTranslations("presets")
  return (
    <select
      id={id}
      value={chosen?.id ?? ""}
      onChange={({ target }) => onChoose(presets?.find((preset) => preset.id === target.value))}
      className="h-8 min-w-0 flex-1 rounded-md border border-input bg-background px-2 text-sm"
    >
      <option value="">{presets?.length === 0 ? t("noneYet") : t("none")}</option>
      {presets?.map((preset) => (
        <option key={preset.id} value={preset.id}>
          {preset.isDefault ? t("isDefault", { name: preset.name }) : preset.name}
        </option>
      ))}
    </select>
  )
}

interface KeepProps {
  chosen: Preset | undefined
  changed: boolean
  presets: SavedList<Preset>
  saveAs: RefObject<HTMLButtonElement | null>
  onUpdate: (preset: Preset) => void
  onName: (what: "new" | "name") => void
}

/** Saves the current settings in the selected preset or as a new one, and renames the selected one. */
function KeepButtons({ chosen, changed, presets, saveAs, onUpdate, onName }: KeepProps) {
  const t = useTranslations("presets")
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {chosen && changed && (
        <Button size="sm" disabled={presets.busy} onClick={() => onUpdate(chosen)}>
          {t("update", { name: chosen.name })}
        </Button>
      )}
      <Button
        ref={saveAs}
        size="sm"
        aria-disabled={presets.busy || !presets.items}
        onClick={() => presets.items && onName("new")}
      >
        {t("saveAs")}
      </Button>
      {chosen && (
        <Button size="sm" variant="ghost" onClick={() => onName("name")}>
          {t("rename")}
        </Button>
      )}
    </div>
  )
}

interface ChosenProps {
  preset: Preset
  presets: SavedList<Preset>
  onRemoved: () => void
}

function ChosenButtons({ preset, presets, onRemoved }: ChosenProps) {
  const t = useTranslations("presets")
  const { id, name, isDefault } = preset
  return (
    <>
      <IconButton
        label={t("makeDefault", { name })}
        aria-pressed={isDefault}
        disabled={presets.busy}
        onClick={() => presets.attempt(() => changePreset(id, { isDefault: !isDefault }))}
      >
        <Star className={cn("size-4", isDefault && "fill-current text-spark-text")} />
      </IconButton>
      <IconButton
        variant="danger"
        label={t("delete", { name })}
        disabled={presets.busy}
        onClick={() => {
          onRemoved()
          void presets.remove(preset, name)
        }}
      >
        <Trash2 className="size-4" />
      </IconButton>
    </>
  )
}

interface NameProps {
  initial: string
  busy: boolean
  onSave: (name: string) => Promise<void>
  onCancel: () => void
}

function NameForm({ initial, busy, onSave, onCancel }: NameProps) {
  const t = useTranslations("presets")
  const [name, setName] = useState(initial)
  const field = useRef<HTMLInputElement>(null)
  const orAsk = useUnsaved(name.trim() !== initial.trim())
  // The element that opened it is gone.
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className="mt-2 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void onSave(name.trim())
      }}
    >
      <input
        ref={field}
        aria-label={t("name")}
        placeholder={t("name")}
        value={name}
        maxLength={MAX_PRESET_NAME}
        onChange={(event) => setName(event.target.value)}
        // Escape must not close the dialog.
        data-own-escape
        onKeyDown={(event) => event.key === "Escape" && !isComposing(event.nativeEvent) && orAsk(onCancel)}
        className="h-8 min-w-40 flex-1 rounded-md border border-input bg-background px-2 text-sm"
      />
      <Button type="submit" size="sm" variant="primary" disabled={busy || !name.trim()}>
        {t("save")}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => orAsk(onCancel)}>
        {t("cancel")}
      </Button>
    </form>
  )
}
