"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"

/**
 * The account is scheduled for deletion; until then its owner can keep it. `at`: the date, in the reader's language.
 */
export function DeletionNotice({ at }: { at: string }) {
  const t = useTranslations("deletion")
  const [kept, setKept] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keep = () =>
    api("/api/account/deletion", { method: "DELETE" }).then(
      () => setKept(true),
      (error: unknown) => setProblem(sentenceOf(error)),
    )
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1.5 border-b bg-danger-soft px-4 py-2 text-center text-sm print:hidden"
    >
      <span className="text-pretty">{kept ? t("kept") : (problem ?? t("at", { date: at }))}</span>
      {!kept && (
        <Button size="sm" onClick={() => void keep()}>
          {t("keep")}
        </Button>
      )}
    </div>
  )
}
