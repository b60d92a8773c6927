"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { NoticePage } from "@/components/ui/notice-page"

interface Props {
  /** By which the operator finds the fault in the log; a fault of the browser's has none. */
  id?: string
  /** Reads the page from the server again. */
  retry: () => void
}

/** Stands in place of a page that failed. */
export function ErrorNotice({ id, retry }: Props) {
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
      {id && <span className="mt-2 block">{t("id", { id })}</span>}
    </NoticePage>
  )
}
