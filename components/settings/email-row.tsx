"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { Field } from "@/components/account/field"
import { useForm } from "@/components/account/use-form"
import { useFormatLocale } from "@/components/base/format-locale"
import { changeEmail, sendVerification } from "@/components/settings/account-data"
import { useOwnerConfirmation } from "@/components/settings/confirm-owner"
import { RowForm, useRowForm } from "@/components/settings/row-form"
import { Said, useAttempts } from "@/components/settings/said"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import type { OwnAccount } from "@/lib/accounts/types"

/** The account's email address: whether it is confirmed, and a form to change it. */
export function EmailRow({ account }: { account: OwnAccount }) {
  const t = useTranslations("accountSettings")
  const locale = useFormatLocale()
  const { busy, said, problem, attempt } = useAttempts()
  const { open, button, show, close } = useRowForm()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { email, verified, connected, mail, admin } = account
  const ways = new Intl.ListFormat(locale).format(connected.map(({ way }) => way.name))
  return (
    <SettingRow
      label={t("email")}
      meaning={
        <>
          <span className="wrap-anywhere block text-foreground">{email ?? t("noEmail", { ways })}</span>
          {email && (verified || mail) && <span className="block">{t(verified ? "verified" : "unverified")}</span>}
          {!mail && <span className="block">{t("emailByOperator")}</span>}
          {admin && <span className="block">{t("administrator")}</span>}
          <Said {...{ problem }} said={sentTo ? t("changeSent", { email: sentTo }) : said} />
        </>
      }
    >
      {open && (
        <ChangeForm
          account={account}
          onCancel={close}
          onDone={(to) => {
            setSentTo(to)
            close()
          }}
        />
      )}
      {!open && mail && (
        <div className="flex flex-wrap gap-2">
          {email !== null && !verified && (
            <Button aria-disabled={busy} onClick={() => busy || void attempt(sendVerification, t("sent"))}>
              {t("sendAgain")}
            </Button>
          )}
          <Button ref={button} aria-label={t("changeEmail")} onClick={show}>
            {t("change")}
          </Button>
        </div>
      )}
    </SettingRow>
  )
}

interface FormProps {
  account: OwnAccount
  onDone: (email: string) => void
  onCancel: () => void
}

function ChangeForm({ account, onDone, onCancel }: FormProps) {
  const t = useTranslations("accountSettings")
  const texts = useTranslations("account")
  const { asOwner, dialog } = useOwnerConfirmation(account)
  const { form, busy, problem } = useForm(
    async ({ email = "" }) => {
      await asOwner(() => changeEmail(email))
      onDone(email)
    },
    { email: texts("emptyEmail") },
  )
  return (
    <>
      <RowForm {...{ form, busy, problem, onCancel }} save={t("sendAgain")}>
        <Field
          name="email"
          type="email"
          label={t("newEmail")}
          autoComplete="email"
          hint={t("newEmailHint")}
          autoFocus
          problem={problem}
        />
      </RowForm>
      {dialog}
    </>
  )
}
