"use client"

import { ArrowDown, ArrowUp, ListOrdered } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { readSummary } from "@/components/grids/api"
import type { AnswerColumn, GridColumn } from "@/components/grids/columns"
import type { GridStore } from "@/components/grids/grid-store"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import type { ColumnSummary } from "@/lib/grids/types"

interface Props {
  store: GridStore
  column: GridColumn
  onClose: () => void
}

/** Sorts by a column and summarizes its values. */
export default function ColumnDialog({ store, column, onClose }: Props) {
  const t = useTranslations("grids.view")
  const { query, head } = store.get()
  const sort = (by: string, dir: "asc" | "desc") => {
    void store.look({ ...query, sort: by, dir })
    onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={column.name} className="w-[min(94vw,34rem)]">
      <div className="mb-4 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => sort(column.key, "asc")}>
          <ArrowUp className="size-4" aria-hidden /> {t("sortUp")}
        </Button>
        <Button size="sm" onClick={() => sort(column.key, "desc")}>
          <ArrowDown className="size-4" aria-hidden /> {t("sortDown")}
        </Button>
        {query.sort !== "row" && (
          <Button size="sm" onClick={() => sort("row", "asc")}>
            <ListOrdered className="size-4" aria-hidden /> {t("unsort")}
          </Button>
        )}
      </div>
      {column.kind === "answer" && <Summary gridId={head.id} column={column} />}
    </Dialog>
  )
}

function Summary({ gridId, column: { column, place } }: { gridId: string; column: AnswerColumn }) {
  const t = useTranslations("grids.summary")
  const read = useCallback(() => readSummary(gridId, column.name, place), [gridId, column.name, place])
  const { value, error } = useFetchOnMount(read)
  if (error) return <p className="text-danger text-sm">{error}</p>
  if (!value) return <Spinner className="m-2" />
  if (value.count === 0) return <p className="text-muted-foreground text-sm">{t("nothing")}</p>
  return <Figures summary={value} />
}

function Figures({ summary }: { summary: ColumnSummary }) {
  const t = useTranslations("grids.summary")
  const locale = useFormatLocale()
  const { count, filled, distinct, numbers, top, compared } = summary
  const number = (value: number) => value.toLocaleString(locale, { maximumSignificantDigits: 8 })
  const figures: [name: string, value: number][] = [
    [t("count"), count],
    [t("filled"), filled],
    [t("empty"), count - filled],
    [t("distinct"), distinct],
    ...(numbers
      ? ([
          [t("sum"), numbers.sum],
          [t("mean"), numbers.mean],
          [t("min"), numbers.min],
          [t("max"), numbers.max],
        ] satisfies [string, number][])
      : []),
  ]
  const same = compared ? compared.both - compared.differ : 0
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-muted-foreground text-xs">{name}</dt>
            <dd className="font-medium tabular-nums">{number(value)}</dd>
          </div>
        ))}
      </dl>
      {compared && compared.both > 0 && (
        <p className="mt-3 text-sm">
          {t("agreement", {
            ...{ same, both: compared.both },
            percent: (same / compared.both).toLocaleString(locale, { style: "percent" }),
          })}
        </p>
      )}
      {numbers && numbers.bins.length > 1 && <Histogram numbers={numbers} number={number} />}
      <h3 className="mt-4 mb-1.5 font-medium text-[0.8125rem]">{t("top")}</h3>
      <ul className="space-y-1.5 text-sm">
        {top.map(({ value, count: times }) => (
          <li key={value} className="relative flex justify-between gap-4 overflow-hidden rounded px-2 py-1">
            <span
              aria-hidden
              className="absolute inset-y-0 start-0 bg-spark-soft"
              style={{ width: `${(times / count) * 100}%` }}
            />
            <span className="relative truncate">{value}</span>
            <span className="relative tabular-nums">{number(times)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const [WIDTH, HEIGHT] = [300, 64]

interface HistogramProps {
  numbers: NonNullable<ColumnSummary["numbers"]>
  number: (value: number) => string
}

function Histogram({ numbers: { bins, min, max }, number }: HistogramProps) {
  const t = useTranslations("grids.summary")
  const most = Math.max(...bins.map(({ count }) => count), 1)
  const step = WIDTH / bins.length
  const said = bins.map(({ from, to, count }) => `${number(from)}–${number(to)}: ${count}`).join("; ")
  return (
    <figure className="mt-4">
      <figcaption className="mb-1.5 font-medium text-[0.8125rem]">{t("chart")}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
        className="h-16 w-full"
      >
        {bins.map(({ from, count }, at) => {
          const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT)
          return (
            <rect
              key={from}
              x={at * step + 1}
              y={HEIGHT - height}
              width={step - 2}
              height={height}
              className="fill-spark"
            />
          )
        })}
      </svg>
      <p aria-hidden className="flex justify-between text-muted-foreground text-xs tabular-nums">
        <span>{number(min)}</span>
        <span>{number(max)}</span>
      </p>
    </figure>
  )
}
