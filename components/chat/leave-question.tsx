"use client"

import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { type AskToLeave, useAskToLeave } from "@/components/base/leaving"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

/** Asks before a temporary conversation is left, which ends it: by a link or command, by Back, by closing the tab. */
export default function LeaveQuestion() {
  const t = useTranslations("temporary")
  const [go, setGo] = useState<(() => void) | null>(null)
  const ask = useCallback<AskToLeave>((leave) => setGo(() => leave), [])
  useAskToLeave(ask)
  const stay = () => setGo(null)
  return (
    <Dialog
      open={go !== null}
      onOpenChange={(open) => !open && stay()}
      title={t("leaveTitle")}
      description={t("leaveMeaning")}
      className="w-[min(92vw,26rem)]"
      footer={
        <>
          <Button data-autofocus onClick={stay}>
            {t("stay")}
          </Button>
          <Button
            variant="danger"
            className="border"
            onClick={() => {
              stay()
              go?.()
            }}
          >
            {t("leave")}
          </Button>
        </>
      }
    />
  )
}
