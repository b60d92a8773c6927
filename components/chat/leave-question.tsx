"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { type AskToLeave, guardLeaving } from "@/components/base/leaving"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

/** Asks before a temporary conversation is left, which ends it: by a link or command, by Back, by closing the tab. */
export default function LeaveQuestion() {
  const t = useTranslations("temporary")
  const [go, setGo] = useState<(() => void) | null>(null)
  const ask = useCallback<AskToLeave>((leave) => setGo(() => leave), [])
  useEffect(() => guardLeaving(ask), [ask])
  useAskOnBack(ask)
  useAskOnClose()
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

/** Back and Forward, in browsers that let a page hear of them before they happen. */
function useAskOnBack(ask: AskToLeave): void {
  useEffect(() => {
    const { navigation } = window
    let leaving = false
    const onNavigate = (event: NavigateEvent) => {
      if (leaving || event.navigationType !== "traverse" || !event.cancelable || event.hashChange) return
      event.preventDefault()
      const { key } = event.destination
      ask(() => {
        leaving = true
        navigation.traverseTo(key)
      })
    }
    navigation?.addEventListener("navigate", onNavigate)
    return () => navigation?.removeEventListener("navigate", onNavigate)
  }, [ask])
}

/** The browser asks in its own words. */
function useAskOnClose(): void {
  useEffect(() => {
    const listeners = new AbortController()
    const { signal } = listeners
    let left = false
    const onClose = (event: BeforeUnloadEvent) => !left && event.preventDefault()
    window.addEventListener("beforeunload", onClose, { signal })
    // Left already: what the browser kept of the page is read anew without a question.
    window.addEventListener("pagehide", () => (left = true), { signal })
    return () => listeners.abort()
  }, [])
}
