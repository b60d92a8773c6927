"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { changeRun } from "@/components/evals/api"
import { Field, INPUT } from "@/components/evals/fields"
import { amountOf } from "@/components/grids/words"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { RunHead } from "@/lib/evals/types"

interface Props {
  run: RunHead
  onRun: (run: RunHead) => void
  onClose: () => void
}

/** What a run may cost: it stops there, and can go on with a higher limit or none. */
export default function LimitDialog({ run, onRun, onClose }: Props) {
  const t = useTranslations("evals")
  const common = useTranslations("common")
  const [text, setText] = useState(run.spendLimitUsd === null ? "" : String(run.spendLimitUsd))
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    const spendLimitUsd = text.trim() === "" ? null : amountOf(text)
    if (text.trim() !== "" && spendLimitUsd === null) return setWrong(t("start.wrongLimit"))
    setBusy(true)
    try {
      onRun(await changeRun(run.id, { spendLimitUsd }))
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
      title={t("run.changeLimitTitle")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={busy} onClick={() => void save()}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Field label={t("start.limit")}>
        {(field) => (
          <input
            {...field}
            data-autofocus
            inputMode="decimal"
            value={text}
            placeholder={t("start.noLimit")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && !busy && void save()}
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
