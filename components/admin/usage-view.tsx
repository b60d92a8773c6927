import Link from "next/link"
import { useFormatter, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { DayChart, ShareBar } from "@/components/admin/day-chart"
import { Table } from "@/components/admin/table"
import type { UsageReport } from "@/lib/admin/usage"
import type { Sum, UsageRow } from "@/lib/db/people/usage"
import { FORMER } from "@/lib/limits"

const FIGURES = ["answers", "inputTokens", "outputTokens", "costUsd"] as const
const NAMES = { answers: "answers", inputTokens: "input", outputTokens: "output", costUsd: "cost" } as const

/** Usage over several days: totals, a chart by day, and tables by model and user. */
export function UsageView({ report, names }: { report: UsageReport; names: Record<string, string> }) {
  const t = useTranslations("admin.usage")
  const { total, days, models, people } = report
  if (total.answers === 0 && total.inputTokens === 0)
    return <p className="py-6 text-muted-foreground text-sm">{t("none")}</p>
  return (
    <div className="space-y-6">
      <Totals total={total} />
      <Charts days={days} />
      <details className="group">
        <summary className="cursor-pointer select-none py-1 font-medium text-sm">{t("figures")}</summary>
        <div className="mt-2">
          <SumTable
            label={t("byDay")}
            first={t("day")}
            rows={days.toReversed()}
            name={({ key }) => <Day day={key} />}
          />
        </div>
      </details>
      <Part title={t("byModel")}>
        <SumTable label={t("byModel")} first={t("model")} rows={models} bars name={({ key }) => names[key] ?? key} />
      </Part>
      <Part title={t("byPerson")}>
        <SumTable
          label={t("byPerson")}
          first={t("person")}
          rows={people}
          bars
          name={(row) => <PersonLink row={row} />}
        />
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 font-semibold text-[0.9375rem]">{title}</h2>
      {children}
    </section>
  )
}

/** Formatted totals. */
function useFigures() {
  const format = useFormatter()
  return (row: Sum, name: (typeof FIGURES)[number]): string =>
    name === "costUsd"
      ? format.number(row.costUsd, { style: "currency", currency: "USD" })
      : format.number(row[name], row[name] >= 1_000_000 ? { notation: "compact", maximumFractionDigits: 1 } : {})
}

function Totals({ total }: { total: Sum }) {
  const t = useTranslations("admin.usage")
  const figure = useFigures()
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {FIGURES.map((name) => (
        <div key={name} className="rounded-lg border bg-surface px-4 py-3">
          <dt className="text-[0.8125rem] text-muted-foreground">{t(NAMES[name])}</dt>
          <dd className="mt-0.5 font-semibold text-lg tabular-nums">{figure(total, name)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Charts({ days }: { days: UsageRow[] }) {
  const t = useTranslations("admin.usage")
  const figure = useFigures()
  const dayOf = useDay()
  const [first, last] = [dayOf(days[0]?.key ?? ""), dayOf(days.at(-1)?.key ?? "")]
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      {(["answers", "costUsd"] as const).map((name) => {
        const largest = days.reduce<UsageRow | undefined>(
          (most, row) => (most && most[name] >= row[name] ? most : row),
          undefined,
        )
        return (
          <DayChart
            key={name}
            title={t(name === "answers" ? "chart" : "costChart")}
            most={largest ? t("most", { value: figure(largest, name) }) : ""}
            {...{ first, last }}
            bars={days.map((row) => ({
              ...{ key: row.key, value: row[name] },
              label: t("bar", { day: dayOf(row.key), value: figure(row, name) }),
            }))}
          />
        )
      })}
    </div>
  )
}

function useDay() {
  const format = useFormatter()
  return (day: string): string =>
    day ? format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }) : ""
}

function Day({ day }: { day: string }) {
  return <time dateTime={day}>{useDay()(day)}</time>
}

function PersonLink({ row: { key, name, email } }: { row: UsageRow }) {
  const t = useTranslations("admin.people")
  if (key === FORMER) return <span className="text-muted-foreground">{t("former")}</span>
  return (
    <Link href={`/admin/people/${key}`} prefetch={false} className="wrap-anywhere hover:underline">
      {name ?? email ?? t("guest", { id: key.slice(-6) })}
    </Link>
  )
}

interface TableProps {
  label: string
  /** The heading of the first column. */
  first: string
  rows: UsageRow[]
  name: (row: UsageRow) => ReactNode
  /** Each row shows its share of the largest. */
  bars?: boolean
}

function SumTable({ label, first, rows, name, bars }: TableProps) {
  const t = useTranslations("admin.usage")
  const figure = useFigures()
  const by = rows.some(({ costUsd }) => costUsd > 0) ? "costUsd" : "answers"
  const largest = Math.max(...rows.map((row) => row[by]))
  return (
    <Table
      label={label}
      columns={[{ key: "name", label: first }, ...FIGURES.map((key) => ({ key, label: t(NAMES[key]), figure: true }))]}
      rows={rows.map((row) => ({
        key: row.key,
        cells: [
          <div key="name" className="wrap-anywhere">
            {name(row)}
            {bars && <ShareBar part={largest > 0 ? row[by] / largest : 0} />}
          </div>,
          ...FIGURES.map((key) => figure(row, key)),
        ],
      }))}
    />
  )
}
