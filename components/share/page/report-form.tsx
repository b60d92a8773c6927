import { useTranslations } from "next-intl"
import type { Said } from "@/lib/share/form-answer"
import { MAX_REASON } from "@/lib/share/options"

/** Reports a shared chat to the operator. Works without JavaScript. */
export function ReportForm({ token, said }: { token: string; said: Said | null }) {
  const t = useTranslations("share.report")
  if (said === "done")
    return (
      <p role="status" className="text-sm">
        {t("sent")}
      </p>
    )
  return (
    <details open={said !== null} className="group text-sm">
      <summary className="w-fit cursor-pointer rounded-md py-1 text-muted-foreground underline underline-offset-4 hover:text-foreground">
        {t("open")}
      </summary>
      <form method="post" action={`/api/shared/${token}/report`} className="mt-2 grid max-w-md gap-2">
        <label htmlFor="report-reason">{t("label")}</label>
        <textarea
          id="report-reason"
          name="reason"
          required
          maxLength={MAX_REASON}
          rows={3}
          className="w-full rounded-md border border-input bg-background px-3 py-2 text-sm"
        />
        {said && (
          <p role="alert" className="text-danger">
            {t(said === "wait" ? "wait" : "failed")}
          </p>
        )}
        <button
          type="submit"
          className="h-9 w-fit rounded-md border bg-surface px-3.5 font-medium hover:bg-muted pointer-coarse:h-11"
        >
          {t("send")}
        </button>
      </form>
    </details>
  )
}
