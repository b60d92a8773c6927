"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { NoticePage } from "@/components/ui/notice-page"

/** Stands in place of a page that failed. `retry` reads it from the server again. */
export function ErrorNotice({ retry }: { retry: () => void }) {
  const t = useTranslations("failed")
  return (
    <NoticePage
      title={t("title")}
      action={
        <Button variant="primary" onClick={() => retry()}>
          {t("tryAgain")}
        </Button>
      }
    >
      {t("text")}
    </NoticePage>
  )
}
