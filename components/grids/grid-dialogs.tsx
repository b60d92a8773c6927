"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { changeGrid } from "@/components/grids/api"
import type { GridDialog } from "@/components/grids/grid-menu"
import { amountOf } from "@/components/grids/words"
import { choosable } from "@/components/models/model-choice"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { GridChangeRequest, GridHead } from "@/lib/grids/types"
import type { ModelsResponse } from "@/lib/models/model.types"

interface Props {
  dialog: GridDialog
  head: GridHead
  models: ModelsResponse
  onHead: (head: GridHead) => void
  onClose: () => void
}

/** Small changes of a grid: its name, its spend limit, one more model. */
export default function GridDialogs({ dialog, head, models, onHead, onClose }: Props) {
  const t = useTranslations("grids")
  const common = useTranslations("common")
  const id = useId()
  const [text, setText] = useState(() => firstText(dialog, head, models))
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    const change = changeOf(dialog, head, text)
    if (!change) return setWrong(t("limit.wrong"))
    setBusy(true)
    try {
      onHead(await changeGrid(head.id, change))
      onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  const labels = { compare: t("compare.model"), limit: t("limit.usd"), rename: t("name") }
  const titles = { compare: t("compare.title"), limit: t("limit.title"), rename: t("rename") }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={titles[dialog]}
      description={dialog === "rename" ? undefined : t(`${dialog}.meaning`)}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            disabled={busy || (dialog === "rename" && !text.trim())}
            onClick={() => void save()}
          >
            {dialog === "compare" ? t("compare.add") : t("limit.save")}
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="mb-1.5 block font-medium text-[0.8125rem]">
        {labels[dialog]}
      </label>
      <Field
        id={id}
        dialog={dialog}
        text={text}
        wrong={wrong !== null}
        options={optionsOf(models).filter((option) => !head.models.includes(option.id))}
        onText={setText}
        onSave={() => void save()}
      />
      {wrong && (
        <p role="alert" className="mt-1.5 text-[0.8125rem] text-danger">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}

interface FieldProps {
  id: string
  dialog: GridDialog
  text: string
  wrong: boolean
  options: { id: string; label: string }[]
  onText: (text: string) => void
  onSave: () => void
}

function Field({ id, dialog, text, wrong, options, onText, onSave }: FieldProps) {
  const field = {
    id,
    value: text,
    "data-autofocus": true,
    "aria-invalid": wrong || undefined,
    className: "h-10 w-full rounded-md border border-input bg-background px-3 text-sm aria-invalid:border-danger",
  }
  if (dialog === "compare")
    return (
      <select {...field} onChange={(event) => onText(event.target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    )
  return (
    <input
      {...field}
      inputMode={dialog === "limit" ? "decimal" : undefined}
      maxLength={200}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onSave()
      }}
    />
  )
}

/** Models as they can be chosen, each with its ways. */
const optionsOf = (models: ModelsResponse): { id: string; label: string }[] =>
  choosable(models.models, undefined).flatMap(({ id, name, ways = [] }) => [
    { id, label: name },
    ...ways.filter(({ kind }) => kind !== "standard").map((way) => ({ id: way.id, label: `${name} · ${way.kind}` })),
  ])

function firstText(dialog: GridDialog, head: GridHead, models: ModelsResponse): string {
  if (dialog === "rename") return head.title
  if (dialog === "limit") return head.spendLimitUsd === null ? "" : String(head.spendLimitUsd)
  return optionsOf(models).find(({ id }) => !head.models.includes(id))?.id ?? ""
}

/** Null: what was typed is no amount. */
function changeOf(dialog: GridDialog, head: GridHead, text: string): GridChangeRequest | null {
  if (dialog === "rename") return { title: text.trim() }
  if (dialog === "compare") return { models: [...head.models, text] }
  if (text.trim() === "") return { spendLimitUsd: null }
  const spendLimitUsd = amountOf(text)
  return spendLimitUsd === null ? null : { spendLimitUsd }
}
