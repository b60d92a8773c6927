"use client"

import { useTranslations } from "next-intl"
import { openInvitation, verifyAddress } from "@/components/account/api"
import { Alert } from "@/components/account/field"
import { AccountFrame } from "@/components/account/frame"
import { Checking } from "@/components/account/reset-page"
import { useToken } from "@/components/account/use-token"
import { isMember } from "@/components/base/api"
import { TextLink } from "@/components/ui/text-link"

const open = async (token: string) => {
  await openInvitation(token)
  window.location.replace("/sign-up")
}

/** Opens an invitation and goes to sign-up. */
export function InvitePage() {
  const t = useTranslations("account")
  const { state, problem } = useToken(open)
  return (
    <AccountFrame title={t("inviteTitle")} footer={<TextLink href="/sign-in">{t("haveAccountSignIn")}</TextLink>}>
      {state === "bad" && problem ? <Alert>{problem}</Alert> : <Checking />}
    </AccountFrame>
  )
}

/** Confirms an email address. */
export function VerifyPage() {
  const t = useTranslations("account")
  const { state, problem } = useToken(verifyAddress)
  return (
    <AccountFrame
      title={t("verifyTitle")}
      footer={
        <>
          {state === "good" && !isMember() && <TextLink href="/sign-in">{t("signIn")}</TextLink>}
          <TextLink href="/">{t("start")}</TextLink>
        </>
      }
    >
      {state === "checking" && <Checking />}
      {state === "bad" && problem && <Alert>{problem}</Alert>}
      {state === "good" && (
        <p role="status" className="text-[0.90625rem] leading-6">
          {t("verified")}
        </p>
      )}
    </AccountFrame>
  )
}
