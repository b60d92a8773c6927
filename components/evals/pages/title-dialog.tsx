"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { Field, INPUT } from "@/components/evals/fields"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"

interface Props {
  heading: string
  action: string
  title: string
  /** Rejects with what the server refuses. */
  onSave: (title: string) => Promise<unknown>
  onClose: () => void
}

/** The name of an eval: of a new one, or another one. */
export default function TitleDialog({ heading, action, title, onSave, onClose }: Props) {
  const t = useTranslations("evals")
  const common = useTranslations("common")
  const [text, setText] = useState(title)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    if (!text.trim() || busy) return
    setBusy(true)
    try {
      await onSave(text.trim())
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={heading}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={busy || !text.trim()} onClick={() => void save()}>
            {action}
          </Button>
        </>
      }
    >
      <Field label={t("name")}>
        {(field) => (
          <input
            {...field}
            data-autofocus
            value={text}
            maxLength={200}
            placeholder={t("namePlaceholder")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && void save()}
            className={INPUT}
          />
        )}
      </Field>
      {wrong && (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}
