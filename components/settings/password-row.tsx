"use client"

import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { Field, FormProblem } from "@/components/account/field"
import { useForm } from "@/components/account/use-form"
import { focusSoon } from "@/components/base/focus"
import { changePassword } from "@/components/settings/account-data"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

interface Props {
  hasPassword: boolean
  email: string
  onDone: () => Promise<void>
}

/** Changes one's password, or sets the first one. */
export function PasswordRow({ hasPassword, email, onDone }: Props) {
  const t = useTranslations("accountSettings")
  const [open, setOpen] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    // The button stands there again with the next render.
    focusSoon(() => button.current)
  }
  const done = async () => {
    setSaid(t("changed"))
    close()
    await onDone()
  }
  return (
    <SettingRow
      label={t("password")}
      meaning={
        <>
          {t(hasPassword ? "passwordMeaning" : "noPassword")}
          <span role="status" className="block text-foreground">
            {said}
          </span>
        </>
      }
    >
      {open ? (
        <PasswordForm {...{ hasPassword, email }} onDone={done} onCancel={close} />
      ) : (
        <Button ref={button} onClick={() => setOpen(true)}>
          {t(hasPassword ? "change" : "set")}
        </Button>
      )}
    </SettingRow>
  )
}

interface FormProps {
  hasPassword: boolean
  email: string
  onDone: () => Promise<void>
  onCancel: () => void
}

function PasswordForm({ hasPassword, email, onDone, onCancel }: FormProps) {
  const t = useTranslations("accountSettings")
  const account = useTranslations("account")
  const common = useTranslations("common")
  const { form, busy, problem } = useForm(
    async ({ current = "", password = "" }) => {
      await changePassword({ current: hasPassword ? current : null, password })
      await onDone()
    },
    { ...(hasPassword ? { current: t("emptyCurrent") } : {}), password: account("emptyNewPassword") },
  )
  return (
    <form {...form} className="flex w-full flex-col gap-3.5 pb-1">
      {/* For password managers: whose it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      {hasPassword && (
        <Field
          name="current"
          type="password"
          label={account("currentPassword")}
          autoComplete="current-password"
          autoFocus
          problem={problem}
        />
      )}
      <Field
        name="password"
        type="password"
        label={account("newPassword")}
        autoComplete="new-password"
        hint={account("passwordHint")}
        autoFocus={!hasPassword}
        problem={problem}
      />
      <FormProblem problem={problem} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={busy}>
          {busy && <Spinner />} {t("save")}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  )
}
