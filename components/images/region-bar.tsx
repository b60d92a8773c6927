"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"

interface Props {
  busy: boolean
  onLeave: () => void
  onAsk: () => void
}

/** Actions on the selected region. */
export default function RegionBar({ busy, onLeave, onAsk }: Props) {
  const t = useTranslations("images")
  const common = useTranslations("common")
  return (
    <div className="absolute inset-x-0 bottom-3 z-10 mx-auto flex w-fit max-w-full cursor-default flex-wrap items-center justify-center gap-2 rounded-xl border bg-popover p-2 shadow-float">
      <span className="px-1.5 text-[0.8125rem] text-muted-foreground max-sm:hidden">{t("regionHint")}</span>
      <Button size="sm" variant="ghost" onClick={onLeave}>
        {common("cancel")}
      </Button>
      <Button size="sm" variant="primary" disabled={busy} onClick={onAsk}>
        {t("askThis")}
      </Button>
    </div>
  )
}
