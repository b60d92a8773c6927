"use client"

import { Info } from "lucide-react"
import { useTranslations } from "next-intl"
import { reachOf } from "@/components/share/reach"

/** Warns when links are not reachable for others, and explains how to change that. Browser only. */
export function ReachNotice({ origin }: { origin: string | null }) {
  const t = useTranslations("share.reach")
  const { host, hostname } = new URL(origin ?? window.location.origin)
  const reach = reachOf(hostname)
  if (reach === "anyone") return null
  const code = (chunks: React.ReactNode) => <code className="font-mono text-[0.78125rem]">{chunks}</code>
  return (
    <p className="mb-3 flex gap-2.5 rounded-lg bg-spark-soft px-3 py-2.5 text-[0.84375rem] leading-5">
      <Info className="mt-0.5 size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="wrap-anywhere text-pretty">{t.rich(reach, { host, code })}</span>
    </p>
  )
}
