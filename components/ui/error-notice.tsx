"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import { NoticePage } from "@/components/ui/notice-page"

interface Props {
  /** Lets the operator find the error in the log; browser errors have none. */
  id?: string
  /** Reloads the page from the server. */
  retry: () => void
}

/** Shown instead of a page that failed. */
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
