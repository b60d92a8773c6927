"use client"

import { KeyRound } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { redirectToIssuer } from "@/components/account/api"
import { Alert } from "@/components/account/field"
import { sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { Way } from "@/lib/accounts/types"

/** A button for each provider, and a divider from the form if there is one. */
export function IssuerButtons({ ways, to, divider }: { ways: Way[]; to: string; divider: boolean }) {
  const t = useTranslations("account")
  const [going, setGoing] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  if (ways.length === 0) return null
  const go = (id: string) => {
    if (going) return
    setGoing(id)
    setProblem(null)
    redirectToIssuer(id, to).catch((error: unknown) => {
      setProblem(sentenceOf(error, t("failed")))
      setGoing(null)
    })
  }
  return (
    <>
      {problem && <Alert>{problem}</Alert>}
      {ways.map(({ id, name }) => (
        <Button key={id} className="h-11 w-full text-[0.9375rem]" aria-disabled={going !== null} onClick={() => go(id)}>
          {going === id ? <Spinner /> : <ProviderIcon id={id} />}
          <span className="truncate">{t("continueWith", { name })}</span>
        </Button>
      ))}
      {divider && (
        <div className="flex items-center gap-3 text-[0.8125rem] text-muted-foreground">
          <span className="h-px flex-1 bg-border" aria-hidden /> {t("or")}{" "}
          <span className="h-px flex-1 bg-border" aria-hidden />
        </div>
      )}
    </>
  )
}

const MARKS: Partial<Record<Way["id"], string>> = {
  github:
    "M12 .5a11.5 11.5 0 0 0-3.64 22.41c.58.1.79-.25.79-.56v-2c-3.2.7-3.88-1.36-3.88-1.36-.52-1.33-1.28-1.69-1.28-1.69-1.05-.71.08-.7.08-.7 1.16.08 1.77 1.19 1.77 1.19 1.03 1.77 2.7 1.26 3.36.96.1-.75.4-1.26.73-1.55-2.55-.29-5.24-1.28-5.24-5.68 0-1.26.45-2.28 1.19-3.09-.12-.29-.52-1.46.11-3.05 0 0 .97-.31 3.16 1.18a11 11 0 0 1 5.76 0c2.2-1.49 3.16-1.18 3.16-1.18.63 1.59.23 2.76.11 3.05.74.81 1.19 1.83 1.19 3.09 0 4.41-2.69 5.38-5.25 5.67.41.36.78 1.06.78 2.13v3.16c0 .31.21.67.8.56A11.5 11.5 0 0 0 12 .5Z",
  google:
    "M21.35 11.1H12v2.9h5.35c-.5 2.5-2.6 3.9-5.35 3.9a5.9 5.9 0 1 1 0-11.8c1.5 0 2.83.54 3.87 1.43l2.17-2.17A8.9 8.9 0 0 0 12 3a9 9 0 1 0 0 18c5.2 0 8.64-3.65 8.64-8.8 0-.37-.03-.74-.1-1.1Z",
}

export function ProviderIcon({ id }: { id: Way["id"] }) {
  const path = MARKS[id]
  if (!path) return <KeyRound className="size-4" aria-hidden />
  return (
    <svg viewBox="0 0 24 24" className="size-4 shrink-0" fill="currentColor" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
