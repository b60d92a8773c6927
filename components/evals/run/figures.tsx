"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { columnName, duration, letterOf, percent, rateOf, rounded } from "@/components/evals/words"
import { usd } from "@/components/grids/words"
import type { ColumnStats, RunHead, Spread } from "@/lib/evals/types"

/** The results of each column: pass rate, cost, time to first token, speed. */
export function Figures({ run: { columns, stats } }: { run: RunHead }) {
  const t = useTranslations("evals.run")
  const heads = [t("passRate"), t("cost"), t("first"), t("speed")]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
    <section aria-label={t("figures")} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-sm">
        <thead className="border-b text-[0.8125rem] text-muted-foreground">
          <tr>
            <th scope="col" className="px-4 py-2 text-start font-medium">
              {t("model")}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="whitespace-nowrap px-4 py-2 text-end font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, place) => (
            <tr key={columnName(column)} className="border-b align-top last:border-0">
              <th scope="row" className="min-w-40 max-w-56 px-4 py-2.5 text-start font-medium">
                <span className="me-2 text-muted-foreground">{letterOf(place)}</span>
                <span className="wrap-anywhere">{columnName(column)}</span>
              </th>
              {stats[place] && <ColumnFigures stats={stats[place]} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const CELL = "whitespace-nowrap px-4 py-2.5 text-end tabular-nums"
const SMALL = "block text-[0.8125rem] text-muted-foreground"

function ColumnFigures({ stats }: { stats: ColumnStats }) {
  const t = useTranslations("evals.run")
  const locale = useFormatLocale()
  const { pass, checked, unjudged, counts, costUsd, judgeUsd, unpriced } = stats
  const rate = rateOf(stats)
  const ended = counts.done + counts.failed
  const notes = [
    ...(counts.failed > 0 ? [t("errors", { count: counts.failed })] : []),
    ...(unjudged > 0 ? [t("unjudged", { count: unjudged })] : []),
  ]
  const priced = ended - unpriced
  return (
    <>
      <td className={CELL}>
        <span className="font-semibold text-base">{rate === null ? t("nothing") : percent(rate, locale)}</span>
        {checked > 0 && <span className={SMALL}>{t("of", { pass, checked })}</span>}
        {notes.length > 0 && <span className="block text-[0.8125rem] text-danger">{notes.join(", ")}</span>}
      </td>
      <td className={CELL}>
        {costUsd > 0 ? usd(costUsd, locale) : t("nothing")}
        {costUsd > 0 && priced > 0 && (
          <span className={SMALL}>{t("costEach", { usd: usdEach(costUsd / priced, locale) })}</span>
        )}
        {judgeUsd > 0 && <span className={SMALL}>{t("judgeCost", { usd: usdEach(judgeUsd, locale) })}</span>}
      </td>
      <SpreadCell spread={stats.firstMs} write={(ms) => duration(ms, locale)} />
      <SpreadCell spread={stats.speed} write={(speed) => rounded(speed, locale)} />
    </>
  )
}

/** The cost of an answer or a judgment, which is a fraction of a cent. */
const usdEach = (amount: number, locale: string) =>
  new Intl.NumberFormat(locale, {
    ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", maximumSignificantDigits: 2 },
  }).format(amount)

function SpreadCell({ spread, write }: { spread: Spread | null; write: (value: number) => string }) {
  const t = useTranslations("evals.run")
  if (!spread) return <td className={CELL}>{t("nothing")}</td>
  return (
    <td className={CELL}>
      <span className="sr-only">{t("median")} </span>
      {write(spread.median)}
      <span className={SMALL}>
        {t("p95")} {write(spread.p95)}
      </span>
    </td>
  )
}
