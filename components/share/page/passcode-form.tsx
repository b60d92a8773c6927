"use client"

import { Lock } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, useEffect, useState } from "react"
import { ApiError, api, sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import { Wordmark } from "@/components/ui/wordmark"
import { PASSCODE } from "@/lib/share/options"

interface Props {
  token: string
  /** The error, when JavaScript is unavailable. */
  problem: string | null
  /** Seconds until the next attempt is allowed. */
  wait: number
}

/** Asks for a link's passcode. A form, so that it works without JavaScript. */
export function PasscodeForm({ token, problem, wait: firstWait }: Props) {
  const t = useTranslations("share.passcode")
  const { error, busy, wait, submit } = useUnlock(token, problem, firstWait)
  return (
    <main className="grid min-h-dvh">
      <form
        method="post"
        action={`/api/shared/${token}/unlock`}
        onSubmit={(event) => void submit(event)}
        className="m-auto w-full max-w-sm p-6 text-center"
      >
        <Wordmark className="mb-6" />
        <h1 className="flex items-center justify-center gap-2 font-semibold text-xl tracking-tight">
          <Lock className="size-5 text-muted-foreground" aria-hidden /> {t("title")}
        </h1>
        <p className="mt-2 text-pretty text-muted-foreground">{t("meaning")}</p>
        <label htmlFor="passcode" className="sr-only">
          {t("label")}
        </label>
        <input
          id="passcode"
          name="passcode"
          type="password"
          required
          // biome-ignore lint/a11y/noAutofocus: there is nothing else on the page
          autoFocus
          autoComplete="off"
          maxLength={PASSCODE.most}
          placeholder={t("label")}
          aria-describedby="passcode-problem"
          aria-invalid={error !== null}
          className="mt-5 h-11 w-full rounded-md border border-input bg-background px-3 text-center"
        />
        <p id="passcode-problem" role="alert" className="mt-2 min-h-6 text-danger text-sm">
          {wait > 0 ? t("wait", { seconds: wait }) : error}
        </p>
        <Button type="submit" variant="primary" aria-disabled={busy || wait > 0} className="mt-2 h-11 w-full">
          {t("open")}
        </Button>
      </form>
    </main>
  )
}

function useUnlock(token: string, problem: string | null, firstWait: number) {
  const [error, setError] = useState(problem)
  const [busy, setBusy] = useState(false)
  const [wait, setWait] = useWait(firstWait)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (busy || wait > 0) return
    setBusy(true)
    setError(null)
    try {
      const passcode = `${new FormData(form).get("passcode")}`
      await api(`/api/shared/${token}/unlock`, { method: "POST", body: { passcode } })
      window.location.reload()
    } catch (cause) {
      setBusy(false)
      const after = cause instanceof ApiError ? cause.details.retryAfter : undefined
      if (typeof after === "number") setWait(after)
      setError(typeof after === "number" ? null : sentenceOf(cause))
      form.querySelector("input")?.select()
    }
  }
  return { error, busy, wait, submit }
}

/** A countdown in seconds. */
function useWait(first: number): [number, (seconds: number) => void] {
  const [wait, setWait] = useState(first)
  const waiting = wait > 0
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setWait((left) => Math.max(0, left - 1)), 1_000)
    return () => clearInterval(timer)
  }, [waiting])
  return [wait, setWait]
}
