"use client"

import { useTranslations } from "next-intl"
import { useEffect, useId, useState } from "react"
import { Field, FormProblem } from "@/components/account/field"
import { OwnPassword } from "@/components/account/password-fields"
import { useForm } from "@/components/account/use-form"
import { api } from "@/components/base/api"
import { fetchOwnershipProofs, type OwnershipProofs } from "@/components/settings/own-data"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"

/** Requests the deletion of the account; for a guest, of everything immediately. */
export function DeleteAccountRow() {
  const t = useTranslations("appSettings.deleteAccount")
  const [ways, setWays] = useState<OwnershipProofs | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    let left = false
    fetchOwnershipProofs().then(
      (read) => left || setWays(read),
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [])
  if (!ways) return null
  const kind = ways.guest ? "guest" : "member"
  return (
    <SettingRow label={t(`${kind}.label`)} meaning={t(`${kind}.meaning`, { days: ways.deleteAfterDays })}>
      <Button variant="danger" className="border" onClick={() => setAsking(true)}>
        {t(`${kind}.open`)}
      </Button>
      {asking && <Ask ways={ways} onKeep={() => setAsking(false)} />}
    </SettingRow>
  )
}

interface AskProps {
  ways: OwnershipProofs
  onKeep: () => void
}

function Ask({ ways, onKeep }: AskProps) {
  const t = useTranslations("appSettings.deleteAccount")
  const account = useTranslations("account")
  const kind = ways.guest ? "guest" : "member"
  const id = useId()
  const { form, busy, problem } = useForm(
    async ({ email, current }) => {
      await api("/api/account/deletion", {
        method: "POST",
        body: { email: email ?? null, password: current ?? null },
      })
      // Nothing on this page belongs to the user anymore.
      window.location.assign(ways.guest ? "/" : "/sign-in")
    },
    {
      ...(ways.email ? { email: account("emptyEmail") } : {}),
      ...(ways.hasPassword ? { current: account("emptyPassword") } : {}),
    },
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onKeep()}
      title={t(`${kind}.ask`)}
      description={t(`${kind}.askMeaning`, { days: ways.deleteAfterDays })}
      className="w-[min(92vw,28rem)]"
      footer={
        <>
          <Button onClick={onKeep}>{t("keep")}</Button>
          <Button type="submit" form={id} variant="danger" className="border" aria-disabled={busy}>
            {busy && <Spinner />} {t(`${kind}.do`)}
          </Button>
        </>
      }
    >
      <form {...form} id={id} className="space-y-3">
        {ways.email && (
          <Field
            name="email"
            type="email"
            label={t("address", { email: ways.email })}
            autoComplete="off"
            autoFocus
            problem={problem}
          />
        )}
        {ways.hasPassword && (
          <OwnPassword email={ways.email ?? ""} label={t("password")} autoFocus={!ways.email} problem={problem} />
        )}
        <FormProblem problem={problem} />
      </form>
    </Dialog>
  )
}
