"use client"

import { useTranslations } from "next-intl"
import { FieldDialog } from "@/components/fields/field-dialog"
import { changeGrid } from "@/components/grids/api"
import type { GridDialog } from "@/components/grids/grid-menu"
import { spendLimitOf } from "@/components/grids/words"
import { choosable } from "@/components/models/model-choice"
import type { GridChangeRequest, GridHead } from "@/lib/grids/types"
import type { ModelsResponse } from "@/lib/models/model.types"

interface Props {
  dialog: GridDialog
  head: GridHead
  models: ModelsResponse
  onHead: (head: GridHead) => void
  onClose: () => void
}

/** Dialogs for a grid's name, its spend limit, and adding a model. */
export default function GridDialogs({ dialog, head, models, onHead, onClose }: Props) {
  const t = useTranslations("grids")
  const change = async (request: GridChangeRequest) => onHead(await changeGrid(head.id, request))
  if (dialog === "rename")
    return (
      <FieldDialog
        required
        title={t("rename")}
        label={t("name")}
        action={t("limit.save")}
        text={head.title}
        onSave={(title) => change({ title })}
        onClose={onClose}
      />
    )
  if (dialog === "limit")
    return (
      <FieldDialog
        title={t("limit.title")}
        description={t("limit.meaning")}
        label={t("limit.usd")}
        inputMode="decimal"
        action={t("limit.save")}
        text={head.spendLimitUsd === null ? "" : String(head.spendLimitUsd)}
        check={(text) => (spendLimitOf(text) === undefined ? t("limit.wrong") : null)}
        onSave={(text) => change({ spendLimitUsd: spendLimitOf(text) })}
        onClose={onClose}
      />
    )
  const options = optionsOf(models).filter(({ id }) => !head.models.includes(id))
  return (
    <FieldDialog
      required
      title={t("compare.title")}
      description={t("compare.meaning")}
      label={t("compare.model")}
      action={t("compare.add")}
      text={options[0]?.id ?? ""}
      options={options}
      onSave={(model) => change({ models: [...head.models, model] })}
      onClose={onClose}
    />
  )
}

/** The selectable models, each with its nonstandard ways of being served. */
const optionsOf = (models: ModelsResponse): { id: string; label: string }[] =>
  choosable(models.models, undefined).flatMap(({ id, name, ways = [] }) => [
    { id, label: name },
    ...ways.filter(({ kind }) => kind !== "standard").map((way) => ({ id: way.id, label: `${name} · ${way.kind}` })),
  ])
