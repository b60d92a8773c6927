"use client"

import { useTranslations } from "next-intl"
import { memo, useState } from "react"
import { VerdictMark } from "@/components/evals/marks"
import { cellStatus, columnName, letterOf } from "@/components/evals/words"
import type { RowView, RunHead } from "@/lib/evals/types"

const FILTERS = ["filterAll", "filterFailed", "filterDiffers", "filterErrors"] as const
type Filter = (typeof FILTERS)[number]

/** Whether a row is shown. */
function shows({ cells }: RowView, filter: Filter): boolean {
  const stands = cells.map(cellStatus)
  if (filter === "filterFailed") return stands.some((stand) => stand !== "pass" && stand !== "none")
  if (filter === "filterDiffers") return new Set(stands).size > 1
  if (filter === "filterErrors") return stands.some((stand) => stand === "error" || stand === "unjudged")
  return true
}

interface Props {
  run: RunHead
  rows: RowView[]
  onOpen: (number: number, place: number) => void
}

/** The outcome of each answer, cases by columns. */
export function Matrix({ run, rows, onOpen }: Props) {
  const t = useTranslations("evals.run")
  const [filter, setFilter] = useState<Filter>("filterAll")
  const shown = rows.filter((row) => shows(row, filter))
  return (
    <div>
      <div className="mb-2.5 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold text-[0.9375rem]">{t("matrix")}</h2>
        <select
          aria-label={t("filter")}
          value={filter}
          onChange={(event) => setFilter(FILTERS.find((one) => one === event.target.value) ?? "filterAll")}
          className="h-9 rounded-md border border-input bg-background px-2.5 text-sm"
        >
          {FILTERS.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </select>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <section aria-label={t("matrix")} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface">
        <table className="w-full table-fixed text-sm" style={{ minWidth: `${10 + run.columns.length * 9}rem` }}>
          <thead className="border-b text-[0.8125rem] text-muted-foreground">
            <tr>
              <th scope="col" className="w-[10rem] px-4 py-2 text-start font-medium sm:w-[16rem]">
                {t("case")}
              </th>
              {run.columns.map((column, place) => (
                <th key={columnName(column)} scope="col" className="truncate px-3 py-2 text-start font-medium">
                  {letterOf(place)} · {columnName(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.number} row={row} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length === 0 && <p className="mt-3 text-muted-foreground text-sm">{t("none")}</p>}
    </div>
  )
}

/** Rows far from the viewport are not laid out. */
const Row = memo(function Row({ row, onOpen }: { row: RowView; onOpen: Props["onOpen"] }) {
  const t = useTranslations("evals")
  const { number, question, cells } = row
  return (
    <tr className="border-b last:border-0">
      <th scope="row" className="px-4 py-2 text-start align-top font-normal">
        <span className="flex gap-2.5">
          <span className="shrink-0 text-[0.8125rem] text-muted-foreground tabular-nums leading-5">{number + 1}</span>
          <span className="line-clamp-2 min-w-0 leading-5">{question}</span>
        </span>
      </th>
      {cells.map((cell) => {
        const stand = cellStatus(cell)
        const verdict = t(`verdicts.${stand}`)
        return (
          <td key={cell.place} className="p-1 align-top">
            <button
              type="button"
              onClick={() => onOpen(number, cell.place)}
              className="flex min-h-9 w-full items-start gap-2 rounded-md px-2 py-1 text-start hover:bg-muted pointer-coarse:min-h-10"
            >
              <span className="sr-only">
                {t("run.open", { number: number + 1, letter: letterOf(cell.place), verdict })}
              </span>
              <span aria-hidden className="pt-0.5">
                <VerdictMark stand={stand} />
              </span>
              <span className="line-clamp-2 min-w-0 flex-1 text-[0.8125rem] leading-5">{cell.words}</span>
            </button>
          </td>
        )
      })}
    </tr>
  )
})
