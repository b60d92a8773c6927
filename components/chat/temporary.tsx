"use client"

import { MessageCircleDashed } from "lucide-react"
import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { IconButton } from "@/components/ui/icon-button"

/** Link from the start page to a temporary conversation. */
export function TemporaryLink() {
  const t = useTranslations("temporary")
  const router = useRouter()
  return (
    // The draft is carried over, so no confirmation is needed.
    <IconButton label={t("begin")} onClick={() => router.push("/?temporary")}>
      <MessageCircleDashed className="size-4.5" />
    </IconButton>
  )
}

/**
 * Marks a temporary conversation; the button leads back to regular ones. While there are no messages, the draft is
 * carried over.
 */
export function TemporaryMark({ empty }: { empty: boolean }) {
  const t = useTranslations("temporary")
  const router = useRouter()
  const ask = useGuardedNavigation()
  const go = empty ? router.push : ask
  return (
    <button
      type="button"
      aria-pressed
      data-tip={t("end")}
      aria-description={t("end")}
      onClick={() => go("/")}
      className="flex h-8 items-center gap-1.5 rounded-full pointer-coarse:h-10 bg-spark-soft px-3 font-medium text-[0.8125rem] text-spark-text"
    >
      <MessageCircleDashed className="size-4" aria-hidden /> {t("name")}
    </button>
  )
}

export function TemporaryGreeting() {
  const t = useTranslations("temporary")
  return (
    <div className="mx-auto flex min-h-full max-w-md flex-col items-center justify-center px-6 py-10 text-center">
      <MessageCircleDashed className="mb-4 size-8 text-muted-foreground" aria-hidden />
      <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 text-pretty text-muted-foreground">{t("meaning")}</p>
    </div>
  )
}
