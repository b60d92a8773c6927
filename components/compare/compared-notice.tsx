"use client"

import { Columns2 } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"

interface Props {
  names: string[]
  /** The models are revealed when an answer is chosen. */
  blind: boolean
  onEnd: () => void
}

/** Notice above the composer that each message goes to several models, until that is ended. */
export default function ComparedNotice({ names, blind, onEnd }: Props) {
  const t = useTranslations("compare")
  const format = useFormatter()
  return (
    <div
      role="status"
      className="mb-2 flex min-h-11 items-center gap-2.5 rounded-lg bg-spark-soft py-1.5 pe-2 ps-3.5 text-[0.875rem]"
    >
      <Columns2 className="size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="wrap-anywhere min-w-0 flex-1">
        {t(blind ? "nextBlind" : "next", { models: format.list(names) })}
      </span>
      <Button size="sm" onClick={onEnd}>
        {t("end")}
      </Button>
    </div>
  )
}
