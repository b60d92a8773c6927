"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

/** Tells the user where speech is sent before any of it is. */
export default function DictationDialog({ onAnswer }: { onAnswer: (agreed: boolean) => void }) {
  const t = useTranslations("dictation")
  const common = useTranslations("common")
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onAnswer(false)}
      title={t("title")}
      description={t("meaning")}
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>{common("cancel")}</Button>
          <Button variant="primary" onClick={() => onAnswer(true)}>
            {t("begin")}
          </Button>
        </>
      }
    />
  )
}
