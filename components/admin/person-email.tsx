"use client"

import { useTranslations } from "next-intl"
import type { FormEvent } from "react"
import { useAction } from "@/components/admin/use-action"
import { api } from "@/components/base/api"
import { SettingRow } from "@/components/settings/setting-row"
import { SubmitButton } from "@/components/ui/submit-button"
import { toast } from "@/components/ui/toast"

/** Sets the email address of a user's account: if the server sends no mail, nobody else can. */
export function PersonEmail({ id, email }: { id: string; email: string | null }) {
  const t = useTranslations("admin.person")
  const { busy, act } = useAction()
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get("email")?.toString().trim() ?? ""
    if (busy || typed === email) return
    const change = () => api(`/api/admin/people/${id}`, { method: "PATCH", body: { email: typed } })
    if (await act(change)) toast(t("emailSaved"))
  }
  return (
    <SettingRow label={t("email")} meaning={t("emailMeaning")}>
      {({ id: field, describedBy }) => (
        <form onSubmit={save} noValidate className="flex max-w-full gap-2">
          <input
            key={email}
            id={field}
            name="email"
            type="email"
            defaultValue={email ?? ""}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={describedBy}
            className="h-9 w-56 min-w-0 rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
          />
          <SubmitButton size="sm" className="h-9 pointer-coarse:h-11" aria-disabled={busy}>
            {t("emailDo")}
          </SubmitButton>
        </form>
      )}
    </SettingRow>
  )
}
