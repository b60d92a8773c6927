"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { signUp } from "@/components/account/api"
import { Field, FormProblem, Submit } from "@/components/account/field"
import { AccountFrame } from "@/components/account/frame"
import { IssuerButtons } from "@/components/account/issuer-buttons"
import { NewPassword } from "@/components/account/password-fields"
import { useForm } from "@/components/account/use-form"
import { useFormatLocale } from "@/components/base/format-locale"
import { TextLink } from "@/components/ui/text-link"
import type { SignInMethods } from "@/lib/accounts/types"

interface Props {
  options: SignInMethods
  to: string
  guest: boolean
}

/** Creates an account, if the operator allows it. */
export function SignUpPage({ options, to, guest }: Props) {
  const t = useTranslations("account")
  const footer = (
    <p>
      {t("haveAccount")} <TextLink href={`/sign-in?to=${encodeURIComponent(to)}`}>{t("signIn")}</TextLink>
    </p>
  )
  const [confirming, setConfirming] = useState<string | null>(null)
  const { signUp: rule, invited, ways } = options
  if (confirming !== null)
    return (
      <AccountFrame title={t("forgotSent")} footer={<TextLink href="/sign-in">{t("backToSignIn")}</TextLink>}>
        <p role="status" className="wrap-anywhere text-pretty text-[0.90625rem] leading-6">
          {t("confirmFirst", { email: confirming })}
        </p>
      </AccountFrame>
    )
  const open = rule === "open" || rule === "sso" || (rule === "invited" && invited)
  if (!open || (rule === "sso" && ways.length === 0))
    return (
      <AccountFrame title={t("signUp")} footer={footer}>
        <p className="text-pretty text-[0.90625rem] leading-6">
          {t(`signUpRule.${rule === "invited" ? "invited" : "closed"}`)}
        </p>
      </AccountFrame>
    )
  return (
    <AccountFrame title={t("signUp")} meaning={guest ? t("guestSignUp") : undefined} footer={footer}>
      <IssuerButtons ways={ways} to={to} divider={rule !== "sso"} />
      {rule !== "sso" && <SignUpForm to={to} domains={options.mailDomains} onConfirm={setConfirming} />}
    </AccountFrame>
  )
}

interface FormProps {
  to: string
  domains: string[]
  /** The account was created and its email address must be confirmed. */
  onConfirm: (email: string) => void
}

function SignUpForm({ to, domains, onConfirm }: FormProps) {
  const t = useTranslations("account")
  const locale = useFormatLocale()
  const { form, busy, problem } = useForm(
    async ({ name = "", email = "", password = "" }) => {
      if (await signUp({ name, email, password })) onConfirm(email.trim())
      else window.location.replace(to)
    },
    { email: t("emptyEmail"), password: t("emptyNewPassword") },
  )
  const list = new Intl.ListFormat(locale, { type: "disjunction" }).format(domains)
  return (
    <form {...form} className="flex flex-col gap-4">
      <Field name="name" label={t("nameOptional")} autoComplete="name" problem={problem} autoFocus />
      <Field
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        problem={problem}
        hint={domains.length > 0 ? t("domains", { domains: list }) : undefined}
      />
      <NewPassword problem={problem} first />
      <FormProblem problem={problem} />
      <Submit busy={busy}>{t("signUp")}</Submit>
    </form>
  )
}
