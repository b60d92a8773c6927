"use client"

import { Star, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useId, useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { changePreset, fetchPresets, keepPreset, removePreset } from "@/components/presets/api"
import { withoutDefaults } from "@/components/presets/parameters"
import { presetModel } from "@/components/presets/preset-model"
import { usePresetProblems } from "@/components/presets/preset-problems"
import { RemovedNotice } from "@/components/presets/removed-notice"
import { type KeptList, useKeptList } from "@/components/presets/use-kept-list"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import type { ModelInfo } from "@/lib/ai/model.types"
import { MAX_PRESET_NAME } from "@/lib/chat/limits"
import type { ChatSettings, OutputRequest } from "@/lib/chat/types"
import { cn } from "@/lib/cn"
import type { NewPreset, Preset } from "@/lib/presets/types"

/** What a preset is made of. */
export interface PresetValues {
  model: string | null
  settings: ChatSettings
  output: OutputRequest | null
}

const KEPT = { read: fetchPresets, keep: keepPreset, remove: ({ id }: Preset) => removePreset(id) }

/** Comparable: a database may give the members of an object in another order. */
const valuesOf = ({ model, settings, output }: PresetValues) =>
  JSON.stringify([model, withoutDefaults(settings), output], (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

interface Props {
  /** As the page is set now. */
  current: PresetValues
  models: ModelInfo[]
  onUse: (preset: Preset) => void
}

/** The presets: use one, keep what is set as one, name, change, delete, and choose what new chats begin with. */
export function PresetBar({ current, models, onUse }: Props) {
  const t = useTranslations("presets")
  const id = useId()
  const presets = useKeptList<Preset>(KEPT)
  /** Null until one is found that the page was set by; empty: none. */
  const [chosenId, setChosenId] = useState<string | null>(null)
  // The list may come when something is changed already.
  const [opened] = useState(() => valuesOf(current))
  const saveAs = useRef<HTMLButtonElement>(null)
  const [naming, setNaming] = useState<"new" | "name" | null>(null)
  const problemsOf = usePresetProblems(models)
  // As it is when it is used: with what stands in for a model that is not there any more.
  const inUse = (preset: Preset) => ({ ...preset, model: presetModel(preset.model, models).id ?? current.model })
  const same = presets.items?.find((preset) => valuesOf(inUse(preset)) === valuesOf(current))
  // It stays the one that is meant while something of it is changed.
  const meant = chosenId === null ? presets.items?.find((preset) => valuesOf(inUse(preset)) === opened) : undefined
  if (meant) setChosenId(meant.id)
  const chosen = presets.items?.find((preset) => preset.id === chosenId) ?? same
  const changed =
    chosen !== undefined && valuesOf({ ...chosen, model: chosen.model ?? current.model }) !== valuesOf(current)
  const use = (preset: Preset | undefined) => {
    setChosenId(preset?.id ?? "")
    if (preset) onUse(preset)
  }
  const save = async (name: string) => {
    const made: NewPreset = {
      id: uuidv7(),
      name,
      ...current,
      settings: withoutDefaults(current.settings),
      isDefault: false,
    }
    const renames = naming === "name" && chosen
    if (!(await presets.attempt(() => (renames ? changePreset(chosen.id, { name }) : keepPreset(made))))) return
    if (!renames) setChosenId(made.id)
    setNaming(null)
  }
  return (
    <section aria-labelledby={`${id}-title`} className="rounded-lg border bg-muted/50 p-3">
      <div className="flex flex-wrap items-center gap-2">
        <label id={`${id}-title`} htmlFor={id} className="font-medium text-[13px]">
          {t("preset")}
        </label>
        <select
          id={id}
          value={chosen?.id ?? ""}
          onChange={(event) => use(presets.items?.find((preset) => preset.id === event.target.value))}
          className="h-8 min-w-0 flex-1 rounded-md border border-input bg-background px-2 text-sm"
        >
          <option value="">{presets.items?.length === 0 ? t("noneYet") : t("none")}</option>
          {presets.items?.map((preset) => (
            <option key={preset.id} value={preset.id}>
              {preset.isDefault ? t("isDefault", { name: preset.name }) : preset.name}
            </option>
          ))}
        </select>
        {chosen && !naming && <ChosenButtons preset={chosen} presets={presets} onRemoved={() => setChosenId("")} />}
      </div>
      {chosen &&
        problemsOf(chosen).map((problem) => (
          <p key={problem} role="status" className="mt-2 text-[13px] text-danger">
            {problem}
          </p>
        ))}
      <RemovedNotice removed={presets.removed} onUndone={() => saveAs.current?.focus()} />
      {presets.error && (
        <p role="alert" className="mt-2 text-[13px] text-danger">
          {presets.error}
        </p>
      )}
      {naming ? (
        <NameForm
          initial={naming === "name" ? (chosen?.name ?? "") : ""}
          busy={presets.busy}
          onSave={save}
          onCancel={() => setNaming(null)}
        />
      ) : (
        <div className="mt-2 flex flex-wrap gap-2">
          {changed && (
            <Button
              size="sm"
              disabled={presets.busy}
              onClick={() =>
                presets.attempt(() =>
                  changePreset(chosen.id, { ...current, settings: withoutDefaults(current.settings) }),
                )
              }
            >
              {t("update", { name: chosen.name })}
            </Button>
          )}
          <Button
            ref={saveAs}
            size="sm"
            aria-disabled={presets.busy || !presets.items}
            onClick={() => presets.items && setNaming("new")}
          >
            {t("saveAs")}
          </Button>
          {chosen && (
            <Button size="sm" variant="ghost" onClick={() => setNaming("name")}>
              {t("rename")}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

interface ChosenProps {
  preset: Preset
  presets: KeptList<Preset>
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
  // What opened it is gone.
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
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          // The dialog stays open.
          event.stopPropagation()
          onCancel()
        }}
        className="h-8 min-w-40 flex-1 rounded-md border border-input bg-background px-2 text-sm"
      />
      <Button type="submit" size="sm" variant="primary" disabled={busy || !name.trim()}>
        {t("save")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onCancel}>
        {t("cancel")}
      </Button>
    </form>
  )
}
