"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

interface Props {
  /** The button's text; `label` if its accessible name needs more context. */
  text: string
  label?: string
  question: string
  /** The text of the confirming button. */
  confirm: string
  danger?: boolean
  busy: boolean
  onConfirm: () => Promise<unknown>
}

/** A button that asks before an action that is hard to undo. */
export function ConfirmButton({ text, label, question, confirm, danger = false, busy, onConfirm }: Props) {
  const common = useTranslations("common")
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant={danger ? "danger" : "outline"}
        className={danger ? "border" : undefined}
        aria-label={label}
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {text}
      </Button>
      {asking && (
        <Dialog
          open
          onOpenChange={setAsking}
          title={text}
          description={question}
          className="w-[min(92vw,26rem)]"
          footer={
            <>
              <Button data-autofocus onClick={() => setAsking(false)}>
                {common("cancel")}
              </Button>
              <Button
                variant={danger ? "danger" : "primary"}
                className={danger ? "border" : undefined}
                disabled={busy}
                onClick={() => void onConfirm().then(() => setAsking(false))}
              >
                {confirm}
              </Button>
            </>
          }
        />
      )}
    </>
  )
}
