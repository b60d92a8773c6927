"use client"

import { Printer } from "lucide-react"
import { useTranslations } from "next-intl"
import { KEYS } from "@/components/base/keys"
import { IconButton } from "@/components/ui/icon-button"

interface Props {
  onPrint: () => void
  className?: string
}

export function PrintButton({ onPrint, className }: Props) {
  const t = useTranslations("print")
  return (
    <IconButton label={t("print")} aria-keyshortcuts={KEYS.print} onClick={onPrint} className={className}>
      <Printer className="size-4" aria-hidden />
    </IconButton>
  )
}
