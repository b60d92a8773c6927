"use client"

import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { type LeaveConfirmation, useLeaveConfirmation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

/** Asks before leaving the page while there are unsaved changes. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const t = useTranslations("common")
  const [go, setGo] = useState<(() => void) | null>(null)
  const ask = useCallback<LeaveConfirmation>((leave) => setGo(() => leave), [])
  useLeaveConfirmation(unsaved ? ask : null)
  const stay = () => setGo(null)
  return (
    <Dialog
      open={go !== null}
      onOpenChange={(open) => !open && stay()}
      title={t("discardTitle")}
      description={t("discardMeaning")}
      className="w-[min(92vw,24rem)]"
      footer={
        <>
          <Button data-autofocus onClick={stay}>
            {t("keepEditing")}
          </Button>
          <Button
            variant="danger"
            className="border"
            onClick={() => {
              stay()
              go?.()
            }}
          >
            {t("discard")}
          </Button>
        </>
      }
    />
  )
}
