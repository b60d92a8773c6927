"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useRef, useState } from "react"
import { numberIn } from "@/components/admin/number-settings-form"
import { useAction } from "@/components/admin/use-action"
import { api } from "@/components/base/api"
import { SettingRow } from "@/components/settings/setting-row"
import { SubmitButton } from "@/components/ui/submit-button"
import { toast } from "@/components/ui/toast"
import { NO_LIMIT } from "@/lib/limits"

const NAMES = ["answersPerDay", "spendPerMonthUsd", "storageMb"] as const
type Name = (typeof NAMES)[number]
const KINDS = ["default", "none", "limit"] as const
type Kind = (typeof KINDS)[number]

interface Props {
  id: string
  /** Null: the default. */
  own: Record<Name, number | null>
  /** Formatted like the defaults. */
  defaults: Record<Name, string>
}

const kindOf = (value: number | null): Kind => (value === null ? "default" : value >= NO_LIMIT ? "none" : "limit")

/** The quotas of one user: the defaults for their kind, unlimited, or individual ones. */
export function PersonQuotas({ id, own, defaults }: Props) {
  const t = useTranslations("admin")
  const { busy, act } = useAction()
  const [kinds, setKinds] = useState({
    answersPerDay: kindOf(own.answersPerDay),
    spendPerMonthUsd: kindOf(own.spendPerMonthUsd),
    storageMb: kindOf(own.storageMb),
  })
  const [wrong, setWrong] = useState<Name[]>([])
  const form = useRef<HTMLFormElement>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const typed = new FormData(form.current ?? undefined)
    const chosenFor = (name: Name) => {
      if (kinds[name] === "default") return null
      if (kinds[name] === "none") return NO_LIMIT
      return numberIn({ whole: name !== "spendPerMonthUsd", min: 0 }, String(typed.get(name) ?? ""))
    }
    const bad = NAMES.filter((name) => chosenFor(name) === undefined)
    setWrong(bad)
    if (bad.length > 0) return form.current?.querySelector<HTMLInputElement>(`[name=${bad[0]}]`)?.focus()
    const quotas = Object.fromEntries(NAMES.map((name) => [name, chosenFor(name)]))
    if (await act(() => api(`/api/admin/people/${id}`, { method: "PATCH", body: { quotas } }))) toast(t("saved"))
  }
  return (
    <form ref={form} onSubmit={(event) => void save(event)} noValidate>
      {NAMES.map((name) => (
        <QuotaRow
          key={name}
          name={name}
          kind={kinds[name]}
          value={kindOf(own[name]) === "limit" ? own[name] : null}
          usual={defaults[name]}
          wrong={wrong.includes(name)}
          onKind={(kind) => setKinds((before) => ({ ...before, [name]: kind }))}
        />
      ))}
      <div className="flex justify-end py-3">
        <SubmitButton variant="primary" disabled={busy}>
          {t("save")}
        </SubmitButton>
      </div>
    </form>
  )
}

interface RowProps {
  name: Name
  kind: Kind
  value: number | null
  usual: string
  wrong: boolean
  onKind: (kind: Kind) => void
}

const LOOK = "h-9 rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"

function QuotaRow({ name, kind, value, usual, wrong, onKind }: RowProps) {
  const t = useTranslations("admin.quotas")
  const label = t(name)
  const texts: Record<Kind, string> = {
    default: t("defaultIs", { value: usual }),
    none: t("noLimit"),
    limit: t("limit"),
  }
  return (
    <SettingRow label={label}>
      {({ id }) => (
        <div className="flex flex-wrap items-start justify-end gap-2">
          <select
            id={id}
            value={kind}
            onChange={({ target }) => onKind(KINDS.find((one) => one === target.value) ?? "default")}
            className={LOOK}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {texts[one]}
              </option>
            ))}
          </select>
          {kind === "limit" && (
            <div>
              <input
                name={name}
                aria-label={t("own", { name: label })}
                inputMode={name === "spendPerMonthUsd" ? "decimal" : "numeric"}
                defaultValue={value ?? ""}
                autoComplete="off"
                aria-invalid={wrong || undefined}
                aria-describedby={wrong ? `${id}-wrong` : undefined}
                className={`w-28 text-end tabular-nums aria-invalid:border-danger ${LOOK}`}
              />
              {wrong && (
                <p id={`${id}-wrong`} className="mt-1 max-w-28 text-[0.8125rem] text-danger">
                  {name === "spendPerMonthUsd" ? t("wrong") : t("wrongWhole", { min: 0 })}
                </p>
              )}
            </div>
          )}
        </div>
      )}
    </SettingRow>
  )
}
