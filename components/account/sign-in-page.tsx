"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { signIn } from "@/components/account/api"
import { Alert, Field, FormProblem, Submit } from "@/components/account/field"
import { AccountFrame } from "@/components/account/frame"
import { IssuerButtons } from "@/components/account/issuer-buttons"
import { useForm } from "@/components/account/use-form"
import { TextLink } from "@/components/ui/text-link"
import type { SignInMethods } from "@/lib/accounts/types"

interface Props {
  options: SignInMethods
  /** Where to go afterwards: a path of this origin. */
  to: string
  /** The error of an earlier attempt. */
  problem: string | null
  /** What was just done. */
  done: "reset" | "ended" | "signedOut" | null
  /** The visitor is a guest with chats to carry over. */
  guest: boolean
}

export function SignInPage({ options, to, problem: before, done, guest }: Props) {
  const t = useTranslations("account")
  const { form, busy, problem } = useForm(
    async ({ email = "", password = "" }) => {
      await signIn({ email, password })
      window.location.replace(to)
    },
    { email: t("emptyEmail"), password: t("emptyPassword") },
  )
  // An earlier error is obsolete once there is a new one.
  const [first] = useState(before)
  return (
    <AccountFrame
      title={t("signIn")}
      meaning={guest ? t("guestSignIn") : undefined}
      footer={<Others {...{ options, to }} />}
    >
      {done && (
        <p role="status" className="rounded-md bg-muted px-3 py-2 text-sm">
          {t(`done.${done}`)}
        </p>
      )}
      {first && !problem && <Alert>{first}</Alert>}
      <IssuerButtons ways={options.ways} to={to} divider />
      <form {...form} className="flex flex-col gap-4">
        <Field name="email" type="email" label={t("email")} autoComplete="username" autoFocus {...{ problem }} />
        <Field
          name="password"
          type="password"
          label={t("password")}
          autoComplete="current-password"
          problem={problem}
          beside={
            <TextLink href="/forgot" className="text-[0.8125rem]">
              {t("forgot")}
            </TextLink>
          }
        />
        <FormProblem problem={problem} />
        <Submit busy={busy}>{t("signIn")}</Submit>
      </form>
    </AccountFrame>
  )
}

/** Alternatives: a new account, or none. */
function Others({ options, to }: { options: SignInMethods; to: string }) {
  const t = useTranslations("account")
  const may = options.signUp === "open" || (options.signUp === "invited" && options.invited)
  return (
    <>
      {may ? (
        <p>
          {t("noAccount")} <TextLink href={`/sign-up?to=${encodeURIComponent(to)}`}>{t("signUp")}</TextLink>
        </p>
      ) : (
        options.signUp !== "sso" && (
          <p className="text-pretty text-muted-foreground">{t(`signUpRule.${options.signUp}`)}</p>
        )
      )}
      {options.guests && (
        <a href="/" className="font-medium text-muted-foreground underline underline-offset-4">
          {t("asGuest")}
        </a>
      )}
    </>
  )
}
