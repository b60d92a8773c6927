"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { requestPasswordReset } from "@/components/account/api"
import { Field, FormProblem, Submit } from "@/components/account/field"
import { AccountFrame } from "@/components/account/frame"
import { useForm } from "@/components/account/use-form"
import { TextLink } from "@/components/ui/text-link"

/** Requests a password reset link. */
export function ForgotPage({ mail }: { mail: boolean }) {
  const t = useTranslations("account")
  const [sent, setSent] = useState<string | null>(null)
  const { form, busy, problem } = useForm(
    async ({ email = "" }) => {
      await requestPasswordReset(email)
      setSent(email.trim())
    },
    { email: t("emptyEmail") },
  )
  const footer = <TextLink href="/sign-in">{t("backToSignIn")}</TextLink>
  if (!mail)
    return (
      <AccountFrame title={t("forgotTitle")} footer={footer}>
        <p className="text-pretty text-[0.90625rem] leading-6">{t("forgotNoMail")}</p>
      </AccountFrame>
    )
  if (sent !== null)
    return (
      <AccountFrame title={t("forgotSent")} footer={footer}>
        <p role="status" className="wrap-anywhere text-pretty text-[0.90625rem] leading-6">
          {t("forgotSentMeaning", { email: sent })}
        </p>
      </AccountFrame>
    )
  return (
    <AccountFrame title={t("forgotTitle")} meaning={t("forgotMeaning")} footer={footer}>
      <form {...form} className="flex flex-col gap-4">
        <Field name="email" type="email" label={t("email")} autoComplete="username" autoFocus problem={problem} />
        <FormProblem problem={problem} />
        <Submit busy={busy}>{t("sendLink")}</Submit>
      </form>
    </AccountFrame>
  )
}
