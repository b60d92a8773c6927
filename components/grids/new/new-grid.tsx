"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useId, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { GridHeader } from "@/components/grids/grid-header"
import { columnNames, estimateUsd, gridRows, type Inputs } from "@/components/grids/new/inputs"
import { InputsStep } from "@/components/grids/new/inputs-step"
import { useCreation } from "@/components/grids/new/use-creation"
import { usd } from "@/components/grids/words"
import { ModelPicker } from "@/components/models/model-picker"
import { useModels } from "@/components/models/use-models"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { MAX_MODELS, TRIAL_ROWS } from "@/lib/grids/contract/grid"
import type { GridOutput } from "@/lib/grids/types"
import type { ModelsResponse } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"
import { columnsOfSchema } from "@/lib/output/columns"

const OutputDialog = lazyOverlay(() => import("@/components/composer/output/output-dialog"))

/** Creates a grid: inputs, schema, instructions, model; then runs a few rows, or all. */
export function NewGrid({ models: initial }: { models: ModelsResponse }) {
  const t = useTranslations("grids")
  const known = useModels(initial, null)
  const [name, setName] = useState("")
  const [inputs, setInputs] = useState<Inputs | null>(null)
  const [output, setOutput] = useState<GridOutput | null>(null)
  const [instructions, setInstructions] = useState("")
  const [models, setModels] = useState([initial.default])
  const [limit, setLimit] = useState("")
  const unnamed = (number: number) => t("create.column", { number })
  const columns = inputs ? columnNames(inputs, unnamed) : []
  const creation = useCreation({ name, inputs, columns, output, instructions, models, limit })
  return (
    <>
      <GridHeader title={t("create.title")} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-3xl space-y-8 px-4 pt-2 pb-12">
          <Field label={t("create.name")}>
            {(id) => (
              <input
                id={id}
                value={name}
                maxLength={200}
                placeholder={t("create.namePlaceholder")}
                onChange={(event) => setName(event.target.value)}
                className={INPUT}
              />
            )}
          </Field>
          <Step title={t("create.inputs")} hint={t("create.inputsHint")}>
            <InputsStep
              inputs={inputs}
              onInputs={setInputs}
              onName={(suggested) => setName((before) => before || suggested)}
            />
          </Step>
          <Step title={t("create.schema")} hint={t("create.schemaHint")}>
            <SchemaStep output={output} onOutput={setOutput} />
          </Step>
          <AskStep instructions={instructions} onInstructions={setInstructions} />
          <Step title={t("create.model")} hint={t("create.modelHint")}>
            <ModelStep known={known} models={models} onModels={setModels} />
            <LimitField limit={limit} onLimit={setLimit} />
          </Step>
          <Estimate known={known} inputs={inputs} output={output} instructions={instructions} models={models} />
          <Actions creation={creation} rows={inputs ? gridRows(inputs).length : 0} />
        </div>
      </div>
    </>
  )
}

interface AskProps {
  instructions: string
  onInstructions: (instructions: string) => void
}

function AskStep({ instructions, onInstructions }: AskProps) {
  const t = useTranslations("grids.create")
  return (
    <Step title={t("ask")} hint={t("askHint")}>
      <textarea
        aria-label={t("instructions")}
        rows={3}
        value={instructions}
        maxLength={20_000}
        placeholder={t("instructionsPlaceholder")}
        onChange={(event) => onInstructions(event.target.value)}
        className={`${INPUT} h-auto py-2`}
      />
    </Step>
  )
}

function LimitField({ limit, onLimit }: { limit: string; onLimit: (limit: string) => void }) {
  const t = useTranslations("grids.create")
  return (
    <Field label={t("limit")} className="mt-4 max-w-60">
      {(id) => (
        <input
          id={id}
          inputMode="decimal"
          value={limit}
          placeholder={t("noLimit")}
          onChange={(event) => onLimit(event.target.value)}
          className={INPUT}
        />
      )}
    </Field>
  )
}

const INPUT = "h-10 w-full rounded-md border border-input bg-background px-3 text-sm"

interface FieldProps {
  label: string
  className?: string
  children: (id: string) => ReactNode
}

function Field({ label, className, children }: FieldProps) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
        {label}
      </label>
      {children(id)}
    </div>
  )
}

function Step({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="font-semibold text-[0.9375rem]">
        {title}
      </h2>
      <p className="mt-0.5 mb-2.5 text-[0.8125rem] text-muted-foreground leading-5">{hint}</p>
      {children}
    </section>
  )
}

interface SchemaProps {
  output: GridOutput | null
  onOutput: (output: GridOutput) => void
}

function SchemaStep({ output, onOutput }: SchemaProps) {
  const t = useTranslations("grids.create")
  const [open, setOpen] = useState(false)
  const columns = output ? columnsOfSchema(output.schema) : []
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button onClick={() => setOpen(true)}>{t(output ? "change" : "choose")}</Button>
        <p className="min-w-0 flex-1 text-sm">
          {output ? (
            <>
              <span className="font-medium">{output.name}</span>{" "}
              <span className="text-muted-foreground">· {t("fields", { count: columns.length })}</span>
            </>
          ) : (
            <span className="text-muted-foreground">{t("noSchema")}</span>
          )}
        </p>
      </div>
      {output && (
        <p className="mt-2 line-clamp-2 text-[0.8125rem] text-muted-foreground">
          {columns.map(({ name }) => name).join(", ")}
        </p>
      )}
      {open && (
        <OutputDialog
          output={output}
          onChange={(next) => {
            if (next?.type !== "json_schema") return
            const { type, name, schema } = next
            onOutput({ type, name, schema })
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

interface ModelProps {
  known: ModelsResponse
  models: string[]
  onModels: (models: string[]) => void
}

function ModelStep({ known, models, onModels }: ModelProps) {
  const t = useTranslations("grids.create")
  const [first = known.default] = models
  const [many, setMany] = useState(false)
  return (
    <div className="inline-flex max-w-full flex-col rounded-md border">
      <ModelPicker
        known={known}
        value={first}
        onChange={(id) => {
          setMany(false)
          onModels([id])
        }}
        compared={{ models: models.length > 1 ? models : [] }}
        onCompare={({ models: chosen }) => {
          setMany(chosen.length > MAX_MODELS)
          onModels(chosen.length > 0 ? chosen.slice(0, MAX_MODELS) : [first])
        }}
      />
      {models.length > 1 && (
        <p className="px-3 pb-2 text-[0.8125rem] text-muted-foreground">
          {models.map((id) => findModel(known.models, id)?.name ?? id).join(" · ")}
          {many && <span className="block text-danger">{t("tooManyModels")}</span>}
        </p>
      )}
    </div>
  )
}

interface EstimateProps {
  known: ModelsResponse
  inputs: Inputs | null
  output: GridOutput | null
  instructions: string
  models: string[]
}

/** The rough cost; nothing while too little is known. */
function Estimate({ known, inputs, output, instructions, models }: EstimateProps) {
  const t = useTranslations("grids.create")
  const locale = useFormatLocale()
  if (!inputs || !output) return null
  const prices = models.flatMap((id) => findModel(known.models, id)?.price ?? [])
  const rows = gridRows(inputs)
  const fixed = JSON.stringify(output.schema).length + instructions.length + 400
  const amount = estimateUsd(rows, fixed, columnsOfSchema(output.schema).length, prices)
  return (
    <p className="text-sm">
      {prices.length < models.length ? t("noEstimate") : t("estimate", { usd: usd(amount, locale), rows: rows.length })}
    </p>
  )
}

function Actions({ creation, rows }: { creation: ReturnType<typeof useCreation>; rows: number }) {
  const t = useTranslations("grids.create")
  const { busy, problem, create } = creation
  return (
    <div>
      {problem && (
        <p role="alert" className="mb-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {rows > TRIAL_ROWS && (
          <Button variant="primary" disabled={busy} onClick={() => void create(TRIAL_ROWS)}>
            {t("try", { count: TRIAL_ROWS })}
          </Button>
        )}
        <Button variant={rows > TRIAL_ROWS ? "outline" : "primary"} disabled={busy} onClick={() => void create(null)}>
          {t("run")}
        </Button>
        <p role="status" className="self-center text-[0.8125rem] text-muted-foreground">
          {busy ? t("creating") : ""}
        </p>
      </div>
    </div>
  )
}
