"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useId, useState } from "react"
import { ConfirmButton } from "@/components/admin/confirm-button"
import { MadeLink } from "@/components/admin/made-link"
import { useAction } from "@/components/admin/use-action"
import { api, unexpected } from "@/components/base/api"
import { SubmitButton } from "@/components/ui/submit-button"
import { isRecord } from "@/lib/is-record"

const USES = [1, 5, 25, 100] as const
const DAYS = [1, 7, 30, null] as const
const LOOK = "h-9 rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"

/** Creates an invitation link, which is shown once. */
export function NewInvitation() {
  const t = useTranslations("admin.invitations")
  const id = useId()
  const { busy, act } = useAction()
  const [url, setUrl] = useState<string | null>(null)
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = new FormData(form)
    const days = Number(typed.get("days"))
    const body = { note: String(typed.get("note") ?? ""), uses: Number(typed.get("uses")), days: days || null }
    void act(async () => {
      const made = await api("/api/admin/invitations", { method: "POST", body })
      if (!isRecord(made) || typeof made.url !== "string") throw unexpected()
      setUrl(made.url)
      form.reset()
    })
  }
  return (
    <>
      <form onSubmit={make} className="flex flex-wrap items-end gap-3 border-b py-3">
        <div className="min-w-48 flex-1">
          <label htmlFor={`${id}-note`} className="mb-1 block text-[0.8125rem] text-muted-foreground">
            {t("note")}
          </label>
          <input id={`${id}-note`} name="note" maxLength={200} autoComplete="off" className={`w-full ${LOOK}`} />
        </div>
        <div>
          <label htmlFor={`${id}-uses`} className="mb-1 block text-[0.8125rem] text-muted-foreground">
            {t("uses")}
          </label>
          <select id={`${id}-uses`} name="uses" className={LOOK}>
            {USES.map((count) => (
              <option key={count} value={count}>
                {t("accounts", { count })}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={`${id}-days`} className="mb-1 block text-[0.8125rem] text-muted-foreground">
            {t("expiry")}
          </label>
          <select id={`${id}-days`} name="days" defaultValue={7} className={LOOK}>
            {DAYS.map((days) => (
              <option key={days ?? "never"} value={days ?? 0}>
                {days === null ? t("never") : t("days", { count: days })}
              </option>
            ))}
          </select>
        </div>
        <SubmitButton disabled={busy}>{t("make")}</SubmitButton>
      </form>
      {url && <MadeLink url={url} label={t("link")} text={t("made")} />}
    </>
  )
}

export function RevokeInvitation({ id, note }: { id: string; note: string }) {
  const t = useTranslations("admin.invitations")
  const { busy, act } = useAction()
  return (
    <ConfirmButton
      danger
      text={t("revoke")}
      label={t("revokeOf", { note })}
      question={t("revokeAsk")}
      confirm={t("revoke")}
      busy={busy}
      onConfirm={() => act(() => api(`/api/admin/invitations/${id}`, { method: "DELETE" }))}
    />
  )
}
