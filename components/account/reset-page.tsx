"use client"

import { useTranslations } from "next-intl"
import { submitPasswordReset } from "@/components/account/api"
import { Alert, FormProblem, Submit } from "@/components/account/field"
import { AccountFrame } from "@/components/account/frame"
import { NewPassword } from "@/components/account/password-fields"
import { useForm } from "@/components/account/use-form"
import { useToken } from "@/components/account/use-token"
import { Spinner } from "@/components/ui/spinner"
import { TextLink } from "@/components/ui/text-link"

const check = (token: string) => submitPasswordReset(token)

/** Sets a new password through a link. */
export function ResetPage() {
  const t = useTranslations("account")
  const { token, state, problem } = useToken(check)
  return (
    <AccountFrame
      title={t("resetTitle")}
      meaning={state === "good" ? t("resetMeaning") : undefined}
      footer={state === "bad" && <TextLink href="/forgot">{t("newLink")}</TextLink>}
    >
      {state === "checking" && <Checking />}
      {state === "bad" && problem && <Alert>{problem}</Alert>}
      {state === "good" && token && <ResetForm token={token} />}
    </AccountFrame>
  )
}

function ResetForm({ token }: { token: string }) {
  const t = useTranslations("account")
  const { form, busy, problem } = useForm(
    async ({ password = "" }) => {
      await submitPasswordReset(token, password)
      window.location.replace("/sign-in?done=reset")
    },
    { password: t("emptyNewPassword") },
  )
  return (
    <form {...form} className="flex flex-col gap-4">
      <NewPassword problem={problem} autoFocus />
      <FormProblem problem={problem} />
      <Submit busy={busy}>{t("savePassword")}</Submit>
    </form>
  )
}

export function Checking() {
  const t = useTranslations("account")
  return (
    <p role="status" className="flex items-center gap-2.5 text-muted-foreground">
      <Spinner /> {t("checking")}
    </p>
  )
}
