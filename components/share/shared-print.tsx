"use client"

import { Printer } from "lucide-react"
import { useTranslations } from "next-intl"
import { useInBrowser } from "@/components/base/store"
import { usePrint } from "@/components/print/printing"
import { IconButton } from "@/components/ui/icon-button"

/** All of it is here. */
const nothingMore = async () => {}

/** Prints a shared chat. There only where it works: with scripts. */
export function SharedPrint() {
  const t = useTranslations("share")
  const print = usePrint(nothingMore)
  const works = useInBrowser(() => true)
  return (
    works && (
      <IconButton label={t("print")} onClick={() => void print()}>
        <Printer className="size-4" />
      </IconButton>
    )
  )
}
