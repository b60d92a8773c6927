"use client"

import { useTranslations } from "next-intl"
import { changeRun } from "@/components/evals/api"
import { FieldDialog } from "@/components/fields/field-dialog"
import { spendLimitOf } from "@/components/grids/words"
import type { RunHead } from "@/lib/evals/types"

interface Props {
  run: RunHead
  onRun: (run: RunHead) => void
  onClose: () => void
}

/** The spend limit of a run: it stops there, and can continue with a higher limit or none. */
export default function LimitDialog({ run, onRun, onClose }: Props) {
  const t = useTranslations("evals")
  const save = async (text: string) => onRun(await changeRun(run.id, { spendLimitUsd: spendLimitOf(text) }))
  return (
    <FieldDialog
      title={t("run.changeLimitTitle")}
      label={t("start.limit")}
      placeholder={t("start.noLimit")}
      inputMode="decimal"
      action={t("save")}
      text={run.spendLimitUsd === null ? "" : String(run.spendLimitUsd)}
      check={(text) => (spendLimitOf(text) === undefined ? t("start.wrongLimit") : null)}
      onSave={save}
      onClose={onClose}
    />
  )
}
