"use client"

import { Lock } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { claimSetupLink, printNewSetupLink, readAccess } from "@/components/setup/api"
import KeyCard from "@/components/setup/key-card"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { Wordmark } from "@/components/ui/wordmark"
import type { KeyAccess } from "@/lib/setup/types"

/** A page for the API key only. The token of a one-time link is in the URL after `#`. */
export function SetupPage({ initial }: { initial: KeyAccess }) {
  const t = useTranslations("setup")
  const [access, setAccess] = useState(initial)
  const { claiming, problem } = useClaim(setAccess)
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col justify-center gap-5 px-4 py-10">
      <Wordmark className="self-start" />
      {claiming ? (
        <p role="status" className="flex items-center gap-2.5 text-muted-foreground">
          <Spinner /> {t("claiming")}
        </p>
      ) : access.may || access.source === "environment" ? (
        <KeyCard access={access} onAccess={setAccess} />
      ) : (
        <Locked problem={problem} />
      )}
      {/* A full page load, since it must know which service answers now. */}
      <a href="/" className="self-start font-medium text-spark-text underline underline-offset-4">
        {t("start")}
      </a>
    </main>
  )
}

/** Removes the token from the URL, where others could see it, and sends it to the server. */
function useClaim(onAccess: (access: KeyAccess) => void) {
  const t = useTranslations("setup")
  const [claiming, setClaiming] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const claim = async () => {
      const token = window.location.hash.slice(1)
      if (!token) return
      window.history.replaceState(null, "", window.location.pathname)
      setClaiming(true)
      setProblem(null)
      try {
        await claimSetupLink(token)
        onAccess(await readAccess())
      } catch (error) {
        setProblem(sentenceOf(error, t("failed")))
      }
      setClaiming(false)
    }
    const claimNow = () => void claim()
    claimNow()
    // Pasting a link into the address bar of this page causes no load.
    window.addEventListener("hashchange", claimNow)
    return () => window.removeEventListener("hashchange", claimNow)
  }, [onAccess, t])
  return { claiming, problem }
}

/** For users who may not change the key: how to get permission. */
function Locked({ problem }: { problem: string | null }) {
  const t = useTranslations("setup")
  const [said, setSaid] = useState<string | null>(null)
  const print = () =>
    printNewSetupLink().then(
      () => setSaid(t("printed")),
      (error: unknown) => setSaid(sentenceOf(error, t("failed"))),
    )
  return (
    <section aria-label={t("locked")} className="rounded-lg border bg-surface p-5 shadow-float">
      <div className="flex items-start gap-2.5">
        <Lock className="mt-1 size-4.5 shrink-0 text-spark-text" aria-hidden />
        <h1 className="text-balance font-semibold text-[0.96875rem]">{t("locked")}</h1>
      </div>
      <p className="mt-1.5 text-pretty text-[0.90625rem] text-muted-foreground">{t("lockedMeaning")}</p>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-[0.875rem] text-danger">
          {problem}
        </p>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button onClick={print}>{t("printLink")}</Button>
        <p role="status" className="text-[0.875rem] text-muted-foreground">
          {said}
        </p>
      </div>
    </section>
  )
}
