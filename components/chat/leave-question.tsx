"use client"

import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { type LeaveConfirmation, useLeaveConfirmation } from "@/components/history/leave-confirmation"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { toast } from "@/components/ui/toast"

interface Props {
  about: "temporary" | "upload"
  /** Keeps the chat, if it has messages. Rejects when that failed. */
  onKeep: (() => Promise<void>) | null
}

/**
 * Asks before a page with unsaved data is left: by a link or command, by Back, or by closing the tab. Leaving ends a
 * temporary conversation or an upload.
 */
export default function LeaveQuestion({ about, onKeep }: Props) {
  const t = useTranslations("temporary")
  const [go, setGo] = useState<(() => void) | null>(null)
  const ask = useCallback<LeaveConfirmation>((leave) => setGo(() => leave), [])
  useLeaveConfirmation(ask)
  const stay = () => setGo(null)
  const leave = () => {
    stay()
    go?.()
  }
  const keep = () =>
    onKeep?.().then(
      () => {
        toast.success(t("kept"))
        leave()
      },
      (error: unknown) => {
        stay()
        toast.error(sentenceOf(error))
      },
    )
  return (
    <Dialog
      open={go !== null}
      onOpenChange={(open) => !open && stay()}
      title={t(about === "upload" ? "uploadTitle" : "leaveTitle")}
      description={t(about === "upload" ? "uploadMeaning" : "leaveMeaning")}
      className="w-[min(92vw,26rem)]"
      footer={
        <>
          <Button variant="danger" className="me-auto border" onClick={leave}>
            {t("leave")}
          </Button>
          <Button data-autofocus onClick={stay}>
            {t("stay")}
          </Button>
          {onKeep && (
            <Button variant="primary" onClick={() => void keep()}>
              {t("keep")}
            </Button>
          )}
        </>
      }
    />
  )
}
