"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { NewPassword, OwnPassword } from "@/components/account/password-fields"
import { useForm } from "@/components/account/use-form"
import { changePassword } from "@/components/settings/account-data"
import { RowForm, useRowForm } from "@/components/settings/row-form"
import { Said } from "@/components/settings/said"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"

interface Props {
  hasPassword: boolean
  email: string
  onDone: () => Promise<void>
}

/** Changes the password, or sets the first one. */
export function PasswordRow({ hasPassword, email, onDone }: Props) {
  const t = useTranslations("accountSettings")
  const { open, button, show, close } = useRowForm()
  const [said, setSaid] = useState<string | null>(null)
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
          <Said said={said} problem={null} />
        </>
      }
    >
      {open ? (
        <PasswordForm {...{ hasPassword, email }} onDone={done} onCancel={close} />
      ) : (
        <Button ref={button} onClick={show}>
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
  const { form, busy, problem } = useForm(
    async ({ current = "", password = "" }) => {
      await changePassword({ current: hasPassword ? current : null, password })
      await onDone()
    },
    { ...(hasPassword ? { current: t("emptyCurrent") } : {}), password: account("emptyNewPassword") },
  )
  return (
    <RowForm {...{ form, busy, problem, onCancel }} save={t("save")}>
      {hasPassword && <OwnPassword label={account("currentPassword")} autoFocus {...{ email, problem }} />}
      <NewPassword problem={problem} autoFocus={!hasPassword} />
    </RowForm>
  )
}
