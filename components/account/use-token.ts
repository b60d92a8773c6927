"use client"

import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"

export interface Taken {
  /** Null until it was taken from the URL. */
  token: string | null
  state: "checking" | "good" | "bad"
  problem: string | null
}

/**
 * The secret after the `#` in this page's URL: removed from it, where others could see it, and passed to `check`. A
 * link pasted into the address bar of this page causes no load and is handled too. `check` must be stable.
 */
export function useToken(check: (token: string) => Promise<unknown>): Taken {
  const t = useTranslations("account")
  const [taken, setTaken] = useState<Taken>({ token: null, state: "checking", problem: null })
  useEffect(() => {
    const take = async () => {
      const token = window.location.hash.slice(1)
      if (!token) return setTaken((now) => (now.token ? now : { ...now, state: "bad", problem: t("linkIncomplete") }))
      window.history.replaceState(null, "", window.location.pathname)
      setTaken({ token, state: "checking", problem: null })
      try {
        await check(token)
        setTaken({ token, state: "good", problem: null })
      } catch (error) {
        setTaken({ token, state: "bad", problem: sentenceOf(error, t("failed")) })
      }
    }
    const takeNow = () => void take()
    takeNow()
    window.addEventListener("hashchange", takeNow)
    return () => window.removeEventListener("hashchange", takeNow)
  }, [check, t])
  return taken
}
