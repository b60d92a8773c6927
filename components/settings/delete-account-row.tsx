"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useEffect, useId, useRef, useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { type OwnWays, readOwnWays } from "@/components/settings/own-data"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"

/** Asks for the end of one's account; of a guest, of everything at once. */
export function DeleteAccountRow() {
  const t = useTranslations("appSettings.deleteAccount")
  const [ways, setWays] = useState<OwnWays | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    let left = false
    readOwnWays().then(
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
  ways: OwnWays
  onKeep: () => void
}

function Ask({ ways, onKeep }: AskProps) {
  const t = useTranslations("appSettings.deleteAccount")
  const kind = ways.guest ? "guest" : "member"
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const typed = new FormData(event.currentTarget)
    const of = (name: string) => typed.get(name)?.toString() ?? null
    setBusy(true)
    setProblem(null)
    try {
      await api("/api/account/deletion", { method: "POST", body: { email: of("email"), password: of("password") } })
      // Nothing of this page is theirs any more.
      window.location.assign(ways.guest ? "/" : "/sign-in")
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
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
          <Button type="submit" form={form} variant="danger" className="border" aria-disabled={busy}>
            {busy && <Spinner />} {t(`${kind}.do`)}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-3">
        {ways.email && <Field name="email" type="email" label={t("address", { email: ways.email })} first />}
        {ways.hasPassword && <Field name="password" type="password" label={t("password")} first={!ways.email} />}
        {problem && (
          <p role="alert" className="wrap-anywhere text-[0.8125rem] text-danger">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

interface FieldProps {
  name: "email" | "password"
  type: string
  label: string
  first: boolean
}

function Field({ name, type, label, first }: FieldProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div>
      <label htmlFor={id} className="wrap-anywhere mb-1 block text-sm">
        {label}
      </label>
      <input
        ref={field}
        id={id}
        name={name}
        type={type}
        required
        autoComplete={name === "password" ? "current-password" : "off"}
        spellCheck={false}
        data-autofocus={first || undefined}
        className="h-10 w-full rounded-md border border-input bg-background px-2.5 text-[0.9375rem] pointer-coarse:h-11"
      />
    </div>
  )
}
