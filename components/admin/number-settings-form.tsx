"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useId, useState } from "react"
import { useAction } from "@/components/admin/use-action"
import { SettingRow } from "@/components/settings/setting-row"
import { SubmitButton } from "@/components/ui/submit-button"
import { toast } from "@/components/ui/toast"

export interface Figure {
  name: string
  label: string
  meaning?: string
  value: number | null
  whole: boolean
  min: number
  /** The field may be left empty, which means this. */
  empty?: string
}

interface Props {
  figures: Figure[]
  onSave: (values: Record<string, number | null>) => Promise<unknown>
}

/** Numbers saved together. Invalid ones are reported at their fields, and nothing is saved. */
export function NumberSettingsForm({ figures, onSave }: Props) {
  const t = useTranslations("admin")
  const id = useId()
  const { busy, act } = useAction()
  const [wrong, setWrong] = useState<string[]>([])
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const read = figures.map((figure) => [figure, numberIn(figure, String(form.get(figure.name) ?? ""))] as const)
    const bad = read.filter(([, value]) => value === undefined).map(([{ name }]) => name)
    setWrong(bad)
    if (bad.length > 0) return event.currentTarget.querySelector<HTMLInputElement>(`[name=${bad[0]}]`)?.focus()
    const values = Object.fromEntries(read.map(([{ name }, value]) => [name, value ?? null]))
    if (await act(() => onSave(values))) toast(t("saved"))
  }
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      {figures.map((figure) => {
        const bad = wrong.includes(figure.name)
        const problem = `${id}-${figure.name}`
        return (
          <SettingRow key={figure.name} label={figure.label} meaning={figure.meaning}>
            {({ id: field, describedBy }) => (
              <div className="text-end">
                <input
                  id={field}
                  name={figure.name}
                  inputMode={figure.whole ? "numeric" : "decimal"}
                  defaultValue={figure.value ?? ""}
                  placeholder={figure.empty}
                  autoComplete="off"
                  aria-invalid={bad || undefined}
                  aria-describedby={[describedBy, bad ? problem : undefined].filter(Boolean).join(" ") || undefined}
                  className="h-9 w-36 rounded-md border border-input bg-background px-2.5 text-end text-sm tabular-nums placeholder:text-muted-foreground aria-invalid:border-danger pointer-coarse:h-11"
                />
                {bad && (
                  <p id={problem} className="mt-1 text-[0.8125rem] text-danger">
                    {figure.whole ? t("quotas.wrongWhole", { min: figure.min }) : t("quotas.wrong")}
                  </p>
                )}
              </div>
            )}
          </SettingRow>
        )
      })}
      <div className="flex justify-end py-3">
        <SubmitButton variant="primary" disabled={busy}>
          {t("save")}
        </SubmitButton>
      </div>
    </form>
  )
}

/** Undefined: not a valid number. Both comma and point separate decimals. */
export function numberIn(
  { whole, min, empty }: Pick<Figure, "whole" | "min" | "empty">,
  text: string,
): number | null | undefined {
  const written = text.trim().replace(",", ".")
  if (written === "") return empty === undefined ? undefined : null
  const value = Number(written)
  if (!Number.isFinite(value) || value < min || value > 100_000_000 || (whole && !Number.isInteger(value)))
    return undefined
  return value
}
