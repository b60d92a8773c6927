"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

export function Loading() {
  const t = useTranslations("branches")
  return (
    <p role="status" className="flex items-center gap-2 py-6 text-[0.875rem] text-muted-foreground">
      <Spinner className="size-4" /> {t("loading")}
    </p>
  )
}

export function Failed({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  const t = useTranslations("common")
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-danger-soft px-3.5 py-2.5 text-[0.875rem]"
    >
      <p className="min-w-0 flex-1">{sentence}</p>
      <Button size="sm" onClick={onRetry}>
        {t("retry")}
      </Button>
    </div>
  )
}
