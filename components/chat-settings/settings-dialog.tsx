"use client"

import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { SettingsFields } from "@/components/chat-settings/settings-fields"
import { isDefault } from "@/components/presets/parameters"
import { PresetBar } from "@/components/presets/preset-bar"
import { presetModel } from "@/components/presets/preset-model"
import type { PresetValues } from "@/components/presets/use-chosen-preset"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { ModelsResponse } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

export interface SettingsDialogProps {
  current: PresetValues
  models: ModelsResponse
  /** The folder containing the chat. */
  folder?: { id: string; name: string } | undefined
  onChange: (change: Partial<PresetValues>) => void
  onClose: () => void
}

/** The settings of a chat and presets of them. Changes take effect immediately, from the next message on. */
export default function SettingsDialog({ current, models, folder, onChange, onClose }: SettingsDialogProps) {
  const t = useTranslations("settings")
  const { settings, model: chosenModel } = current
  const model = findModel(models.models, chosenModel ?? "")
  const fields = useRef<HTMLDivElement>(null)
  // Resets the fields' typed text when all values are replaced.
  const [replaced, setReplaced] = useState(0)
  const replace = (change: Partial<PresetValues>) => {
    setReplaced(replaced + 1)
    onChange(change)
  }
  const check = () => {
    const wrong = fields.current?.querySelector<HTMLElement>(":is(input, textarea)[aria-invalid='true']")
    wrong?.focus()
    return !wrong
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,42rem)]"
      footer={
        <>
          <Button variant="ghost" disabled={isDefault(settings)} onClick={() => replace({ settings: {} })}>
            {t("reset")}
          </Button>
          <Button variant="primary" onClick={() => check() && onClose()}>
            {t("done")}
          </Button>
        </>
      }
    >
      <div ref={fields} className="flex flex-col gap-5">
        <PresetBar
          current={current}
          models={models.models}
          check={check}
          onUse={({ model: wanted, settings: next, output }) => {
            const { id } = presetModel(wanted, models.models)
            replace({ settings: next, output, ...(id ? { model: id } : {}) })
          }}
        />
        {model?.retired && <p className="text-[0.8125rem] text-danger">{t("retired", { name: model.name })}</p>}
        <SettingsFields
          key={replaced}
          settings={settings}
          onChange={(change) => onChange({ settings: { ...settings, ...change } })}
          model={model}
          mostTokens={models.outputTokens}
          tools={models.tools}
          toolTokens={models.toolTokens ?? {}}
          folder={folder}
        />
      </div>
    </Dialog>
  )
}
