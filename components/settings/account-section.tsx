"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { readAccount, rename } from "@/components/settings/account-data"
import { EmailRow } from "@/components/settings/email-row"
import { PasswordRow } from "@/components/settings/password-row"
import { Said, useAttempts } from "@/components/settings/said"
import { SessionRows } from "@/components/settings/session-rows"
import { SettingRow } from "@/components/settings/setting-row"
import { SignInProviderRows } from "@/components/settings/sign-in-provider-rows"
import { Button } from "@/components/ui/button"
import type { OwnAccount } from "@/lib/accounts/types"

/** The user's account, sign-in methods, and sessions. */
export function AccountSection() {
  const [account, setAccount] = useState<OwnAccount | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const read = useCallback(
    () =>
      readAccount().then(setAccount, (error: unknown) => {
        setProblem(sentenceOf(error))
      }),
    [],
  )
  useEffect(() => void read(), [read])
  if (problem)
    return (
      <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
        {problem}
      </p>
    )
  if (!account) return null
  if (account.guest) return <GuestRow />
  return (
    <>
      <NameRow name={account.name ?? ""} onDone={read} />
      <EmailRow account={account} />
      {account.email && <PasswordRow hasPassword={account.hasPassword} email={account.email} onDone={read} />}
      <SignInProviderRows account={account} onDone={read} />
      <SessionRows />
    </>
  )
}

function GuestRow() {
  const t = useTranslations("accountSettings")
  const account = useTranslations("account")
  const go = (path: string) => window.location.assign(`${path}?to=${encodeURIComponent(window.location.pathname)}`)
  return (
    <SettingRow label={t("guest")} meaning={t("guestMeaning")}>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => go("/sign-in")}>{account("signIn")}</Button>
        <Button variant="primary" onClick={() => go("/sign-up")}>
          {account("signUp")}
        </Button>
      </div>
    </SettingRow>
  )
}

function NameRow({ name, onDone }: { name: string; onDone: () => Promise<void> }) {
  const t = useTranslations("accountSettings")
  const field = useRef<HTMLInputElement>(null)
  const { busy, said, problem, attempt } = useAttempts()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const value = field.current?.value ?? ""
    if (!busy && value !== name && (await attempt(() => rename(value), t("renamed")))) await onDone()
  }
  return (
    <SettingRow label={t("name")} meaning={<Said {...{ said, problem }} />}>
      {({ id, describedBy }) => (
        <form onSubmit={save} className="flex gap-2">
          <input
            key={name}
            ref={field}
            id={id}
            defaultValue={name}
            maxLength={80}
            autoComplete="name"
            placeholder={t("noName")}
            aria-describedby={describedBy}
            className="h-9 w-44 min-w-0 rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
          />
          <Button type="submit" aria-disabled={busy}>
            {t("rename")}
          </Button>
        </form>
      )}
    </SettingRow>
  )
}
