"use client"

import { Plus, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { makeRun } from "@/components/evals/api"
import { estimateOf } from "@/components/evals/pages/estimate"
import { letterOf } from "@/components/evals/words"
import { Field, INPUT } from "@/components/fields/field"
import { spendLimitOf, usd } from "@/components/grids/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { choosable } from "@/components/models/model-choice"
import { fetchPresets } from "@/components/presets/api"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import { MAX_COLUMNS, TRIAL_CASES } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"
import type { ModelsResponse } from "@/lib/models/model.types"

interface Column {
  model: string
  presetId: string | null
}

interface Props {
  head: EvalHead
  models: ModelsResponse
  onClose: () => void
}

/** Selects the columns of a run and starts it. */
export default function StartDialog({ head, models, onClose }: Props) {
  const t = useTranslations("evals.start")
  const locale = useFormatLocale()
  const [columns, setColumns] = useState<Column[]>(() => firstColumns(head, models))
  const [limit, setLimit] = useState("")
  const start = useStart(head, columns, limit)
  const cases = head.cases.length
  const estimate = estimateOf(head, columns, models.models)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("meaning", { count: cases })}
      className="w-[min(94vw,38rem)]"
      footer={
        <>
          {cases > TRIAL_CASES && (
            <Button disabled={start.busy} onClick={() => void start.run(TRIAL_CASES)}>
              {t("try", { count: TRIAL_CASES })}
            </Button>
          )}
          <Button variant="primary" disabled={start.busy} onClick={() => void start.run(null)}>
            {t("all")}
          </Button>
        </>
      }
    >
      <Columns columns={columns} models={models} onColumns={setColumns} />
      <Field label={t("limit")} className="mt-5 max-w-60">
        {(field) => (
          <input
            {...field}
            inputMode="decimal"
            value={limit}
            placeholder={t("noLimit")}
            onChange={(event) => setLimit(event.target.value)}
            className={INPUT}
          />
        )}
      </Field>
      <p className="mt-4 text-[0.8125rem] text-muted-foreground tabular-nums">
        {estimate === null ? t("noEstimate") : t("estimate", { usd: usd(estimate, locale) })}
      </p>
      {start.problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
          {start.problem}
        </p>
      )}
    </Dialog>
  )
}

/** The columns of the last run that are still offered; otherwise the model for new chats. */
function firstColumns({ runs: [last] }: EvalHead, models: ModelsResponse): Column[] {
  const offered = new Set(choosable(models.models, undefined).map(({ id }) => id))
  const same = last?.columns.filter(({ model, preset }) => preset === null && offered.has(model)) ?? []
  return same.length > 0
    ? same.map(({ model }) => ({ model, presetId: null }))
    : [{ model: models.default, presetId: null }]
}

/** Creates the run and opens it. A retry uses the same run. */
function useStart(head: EvalHead, columns: Column[], limit: string) {
  const t = useTranslations("evals.start")
  const go = useGuardedNavigation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const made = useRef({ of: "", id: "" })
  const run = async (upTo: number | null) => {
    const spendLimitUsd = spendLimitOf(limit)
    if (spendLimitUsd === undefined) return setProblem(t("wrongLimit"))
    if (head.judge === null && head.cases.some(({ check }) => check.kind === "judge")) return setProblem(t("needJudge"))
    setProblem(null)
    setBusy(true)
    const asked = { columns, spendLimitUsd, ...(upTo === null ? {} : { upTo }) }
    const of = JSON.stringify(asked)
    if (made.current.of !== of) made.current = { of, id: uuidv7() }
    try {
      const { id } = await makeRun(head.id, { id: made.current.id, ...asked })
      go(`/evals/${head.id}/runs/${id}`)
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return { busy, problem, run }
}

interface ColumnsProps {
  columns: Column[]
  models: ModelsResponse
  onColumns: (columns: Column[]) => void
}

function Columns({ columns, models, onColumns }: ColumnsProps) {
  const t = useTranslations("evals.start")
  const presets = useFetchOnMount(fetchPresets).value ?? []
  const offered = choosable(models.models, undefined)
  const set = (at: number, change: Partial<Column>) =>
    onColumns(columns.map((column, place) => (place === at ? { ...column, ...change } : column)))
  const next = offered.find(({ id }) => columns.every(({ model }) => model !== id)) ?? offered[0]
  return (
    <div className="space-y-2">
      {columns.map((column, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are identified by index
        <div key={at} className="flex items-center gap-2">
          <span aria-hidden className="w-4 shrink-0 font-medium text-muted-foreground text-sm">
            {letterOf(at)}
          </span>
          <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[3fr_2fr]">
            <select
              aria-label={t("model", { letter: letterOf(at) })}
              value={column.model}
              onChange={(event) => set(at, { model: event.target.value })}
              className={INPUT}
            >
              {!offered.some(({ id }) => id === column.model) && <option value={column.model}>{column.model}</option>}
              {offered.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <select
              aria-label={t("preset", { letter: letterOf(at) })}
              value={column.presetId ?? ""}
              onChange={(event) => set(at, { presetId: event.target.value || null })}
              className={INPUT}
            >
              <option value="">{t("noPreset")}</option>
              {presets.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <IconButton
            label={t("removeColumn", { letter: letterOf(at) })}
            disabled={columns.length === 1}
            onClick={() => onColumns(columns.filter((_, place) => place !== at))}
          >
            <X className="size-4" />
          </IconButton>
        </div>
      ))}
      {columns.length < MAX_COLUMNS && next && (
        <Button size="sm" className="ms-6" onClick={() => onColumns([...columns, { model: next.id, presetId: null }])}>
          <Plus className="size-4" aria-hidden /> {t("addColumn")}
        </Button>
      )}
    </div>
  )
}
