"use client"

import { Pencil } from "lucide-react"
import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"

interface Props {
  count: number
  isOriginal: boolean
  onShow: (original: boolean) => void
  /** Undefined where it is not allowed. */
  onReset?: () => void
}

/** States that values were edited, with a toggle between both versions. */
export function EditedLine({ count, isOriginal, onShow, onReset }: Props) {
  const t = useTranslations("output.edit")
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-2 border-b bg-spark-soft/40 py-1 pe-1.5 ps-3.5 text-[0.8125rem]">
      <p className="me-auto flex items-center gap-2">
        <Pencil aria-hidden className="size-3.5 text-spark-text" />
        {isOriginal ? t("original") : t("count", { count })}
      </p>
      <Button size="sm" variant="ghost" className="print:hidden" onClick={() => onShow(!isOriginal)}>
        {isOriginal ? t("showEdited") : t("showOriginal")}
      </Button>
      {onReset && !isOriginal && (
        <Button size="sm" variant="ghost" className="print:hidden" onClick={onReset}>
          {t("resetAll")}
        </Button>
      )}
    </div>
  )
}
