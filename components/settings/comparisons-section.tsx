"use client"

import { useFormatter, useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { fetchModels } from "@/components/base/conversation-api"
import { focusWhenRendered } from "@/components/base/focus"
import { fetchRecord, resetRecord } from "@/components/base/record-api"
import { useModelName } from "@/components/models/model-name"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"
import type { ModelInfo } from "@/lib/models/model.types"
import { countOf, type ModelRecord, type Tally, winRate } from "@/lib/models/record"

/** How often each model was judged better than others that answered the same question. */
export function ComparisonsSection() {
  const t = useTranslations("record")
  const { record, models, failed, forget } = useRecord()
  const nameOf = useModelName(models)
  const text = useRef<HTMLParagraphElement>(null)
  if (failed)
    return (
      <p role="alert" className="py-3 text-sm">
        {failed}
      </p>
    )
  if (!record) return <Spinner className="my-4" />
  const kinds = (["blind", "open"] as const).flatMap((kind) => {
    const lines = record.filter((one) => countOf(one[kind]) > 0).map((one) => ({ ...one, tally: one[kind] }))
    return lines.length > 0 ? [{ kind, lines }] : []
  })
  return (
    <>
      <p ref={text} tabIndex={-1} className="text-pretty py-3 text-sm leading-6 outline-hidden">
        {t(kinds.length > 0 ? "meaning" : "none")}
      </p>
      {kinds.map(({ kind, lines }) => (
        <Table key={kind} title={t(kind)} lines={lines} nameOf={nameOf} />
      ))}
      {kinds.length > 0 && <Reset onReset={() => forget().then(() => text.current?.focus())} />}
    </>
  )
}

/** The server's counts, and the models' names. */
function useRecord() {
  const [record, setRecord] = useState<ModelRecord[] | null>(null)
  const [models, setModels] = useState<ModelInfo[]>([])
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    const read = async () => {
      // Without the list, models are shown by id.
      const named = fetchModels().then(
        (all) => all.models,
        () => [],
      )
      const counted = await fetchRecord()
      const known = await named
      if (left) return
      setModels(known)
      setRecord(counted)
    }
    read().catch((error: unknown) => left || setFailed(sentenceOf(error)))
    return () => {
      left = true
    }
  }, [])
  const forget = () =>
    resetRecord().then(
      () => setRecord([]),
      (error: unknown) => toast.error(sentenceOf(error)),
    )
  return { record, models, failed, forget }
}

interface TableProps {
  title: string
  lines: { model: string; tally: Tally }[]
  nameOf: (id: string) => string
}

const NUMBERS = ["won", "lost", "tied", "bad"] as const

function Table({ title, lines, nameOf }: TableProps) {
  const t = useTranslations("record")
  const format = useFormatter()
  const cell = "py-2 ps-3 text-end tabular-nums"
  return (
    <table className="mb-5 w-full border-collapse text-[0.84375rem]">
      <caption className="pb-1.5 text-start font-medium text-sm">{title}</caption>
      <thead className="border-b text-muted-foreground">
        <tr>
          <th scope="col" className="py-1.5 text-start font-normal">
            {t("model")}
          </th>
          {NUMBERS.map((name) => (
            <th key={name} scope="col" className="py-1.5 ps-3 text-end font-normal">
              {t(name)}
            </th>
          ))}
          <th scope="col" className="py-1.5 ps-3 text-end font-normal">
            {t("rate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ model, tally }) => (
          <tr key={model} className="border-b last:border-0">
            <th scope="row" className="wrap-anywhere py-2 text-start font-normal">
              {nameOf(model)}
            </th>
            {NUMBERS.map((name) => (
              <td key={name} className={cell}>
                {format.number(tally[name])}
              </td>
            ))}
            <td className={cell}>{format.number(winRate(tally) ?? 0, { style: "percent" })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Asks once before deleting all of it. */
function Reset({ onReset }: { onReset: () => Promise<void> }) {
  const t = useTranslations("record")
  const common = useTranslations("common")
  const [asking, setAsking] = useState(false)
  const cancel = useRef<HTMLButtonElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const ask = (next: boolean) => {
    setAsking(next)
    focusWhenRendered(() => (next ? cancel : first).current)
  }
  if (!asking)
    return (
      <Button ref={first} onClick={() => ask(true)}>
        {t("reset")}
      </Button>
    )
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 rounded-lg bg-danger-soft py-2 pe-2 ps-3.5 text-sm">
      <p className="min-w-40 flex-1">{t("resetAsk")}</p>
      <Button ref={cancel} size="sm" variant="ghost" onClick={() => ask(false)}>
        {common("cancel")}
      </Button>
      <Button size="sm" onClick={() => void onReset()}>
        {t("resetNow")}
      </Button>
    </div>
  )
}
