"use client"

import { useTranslations } from "next-intl"
import { useEffect } from "react"
import { setRequestTexts } from "@/components/base/request-texts"
import { sessionEnd } from "@/components/base/session-end"
import { redirectToSignIn } from "@/components/base/sign-in"
import { browserStorage } from "@/components/base/storage"
import { useStore } from "@/components/base/store"
import { toast } from "@/components/ui/toast"

const reload = (t: (key: "reload") => string) => ({ label: t("reload"), onClick: () => window.location.reload() })

const signIn = (t: (key: "signIn") => string) => ({ label: t("signIn"), onClick: redirectToSignIn })

/** Notifies once per page when data can't be stored or the session has ended, and provides the texts for requests. */
export function PageNotices() {
  const t = useTranslations("common")
  const requests = useTranslations("requests")
  const account = useTranslations("account")
  useEffect(() => setRequestTexts(requests), [requests])
  const unkept = useStore(browserStorage.failed, () => false)
  const ended = useStore(sessionEnd, () => null)
  useEffect(() => {
    if (unkept) toast.warning(t("unkept"), { id: "unkept", duration: Number.POSITIVE_INFINITY })
  }, [unkept, t])
  useEffect(() => {
    if (ended === null) return
    const action = document.documentElement.dataset.member === undefined ? reload(t) : signIn(account)
    toast.error(ended, { id: "session", duration: Number.POSITIVE_INFINITY, action })
  }, [ended, t, account])
  return null
}
