"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { useAction } from "@/components/admin/use-action"
import { api } from "@/components/base/api"
import { ChoiceRow, SettingRow, SwitchRow } from "@/components/settings/setting-row"
import { SubmitButton } from "@/components/ui/submit-button"
import { toast } from "@/components/ui/toast"
import type { OperatorSettings } from "@/lib/operator/settings"

type Shown = Pick<
  OperatorSettings,
  "guests" | "signUp" | "mailDomains" | "tools" | "blockedTools" | "uploads" | "shares" | "ownKeys" | "mcpServers"
>

const patch = (body: Partial<Shown>) => api("/api/admin/settings", { method: "PATCH", body })

const SIGN_UPS = ["open", "invited", "sso", "closed"] as const

/** Who has access. Each change applies immediately. */
export function AccessForm({ settings }: { settings: Shown }) {
  const t = useTranslations("admin.access")
  const { act } = useAction()
  return (
    <>
      <SwitchRow
        label={t("guests")}
        meaning={t("guestsMeaning")}
        checked={settings.guests}
        onChange={(guests) => void act(() => patch({ guests }))}
      />
      <ChoiceRow
        label={t("signUp")}
        value={settings.signUp}
        options={SIGN_UPS.map((value) => ({ value, label: t(`signUps.${value}`) }))}
        onChange={(signUp) => void act(() => patch({ signUp }))}
      />
      <DomainsRow domains={settings.mailDomains} />
    </>
  )
}

const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u

function DomainsRow({ domains }: { domains: string[] }) {
  const t = useTranslations("admin")
  const { busy, act } = useAction()
  const [text, setText] = useState(domains.join(", "))
  const [wrong, setWrong] = useState(false)
  const read = text.split(/[\s,;]+/).flatMap((one) => one.replace(/^@/, "").toLowerCase() || [])
  const save = async () => {
    const bad = !read.every((one) => DOMAIN.test(one))
    setWrong(bad)
    if (bad || !(await act(() => patch({ mailDomains: [...new Set(read)] })))) return
    toast(t("saved"))
  }
  return (
    <SettingRow label={t("access.domains")} meaning={t("access.domainsMeaning")}>
      {({ id, describedBy }) => (
        <form
          className="flex flex-wrap items-start justify-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <div>
            <input
              id={id}
              value={text}
              aria-describedby={[describedBy, wrong ? `${id}-wrong` : ""].filter(Boolean).join(" ")}
              aria-invalid={wrong || undefined}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setText(target.value)}
              className="h-9 w-56 rounded-md border border-input bg-background px-2.5 text-sm aria-invalid:border-danger pointer-coarse:h-11"
            />
            {wrong && (
              <p id={`${id}-wrong`} role="alert" className="mt-1 max-w-56 text-[0.8125rem] text-danger">
                {t("access.domainsWrong")}
              </p>
            )}
          </div>
          <SubmitButton disabled={busy || read.join() === domains.join()}>{t("save")}</SubmitButton>
        </form>
      )}
    </SettingRow>
  )
}

const SWITCHES = ["tools", "mcpServers", "uploads", "shares", "ownKeys"] as const

interface ToolsProps {
  names: string[]
  /** Display names of tools without a translation. */
  labels?: Record<string, string>
  blocked: string[]
}

/** Which tools are enabled. */
export function ToolsForm({ names, labels = {}, blocked }: ToolsProps) {
  const t = useTranslations("tools")
  const { busy, act } = useAction()
  const toggle = (name: string) =>
    act(() =>
      patch({ blockedTools: blocked.includes(name) ? blocked.filter((one) => one !== name) : [...blocked, name] }),
    )
  return (
    <div className="grid gap-x-12 lg:grid-cols-2 lg:*:border-0">
      {names.map((name) => (
        <SwitchRow
          key={name}
          label={labels[name] ?? t("names", { name })}
          checked={!blocked.includes(name)}
          onChange={() => void (busy || toggle(name))}
        />
      ))}
    </div>
  )
}

/** Which features are enabled. Each change applies immediately, in open pages too. */
export function FeaturesForm({ settings }: { settings: Shown }) {
  const t = useTranslations("admin.access")
  const { act } = useAction()
  return SWITCHES.map((name) => (
    <SwitchRow
      key={name}
      label={t(name)}
      meaning={t(`${name}Meaning`)}
      checked={settings[name]}
      onChange={(on) => void act(() => patch({ [name]: on }))}
    />
  ))
}
