import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { axisKind, chartToRows, labelText } from "@/components/charts/values"
import { useScrollByKeys } from "@/components/scroll/use-scroll-by-keys"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

/** Maximum rows on the page; the file has all. */
const MAX_ROWS = 500

/** The chart's values as a table. */
export function ChartTable({ spec, title }: { spec: ChartSpec; title: string }) {
  const t = useTranslations("charts")
  const locale = useFormatLocale()
  const scrollByKeys = useScrollByKeys<HTMLElement>()
  const [head = [], ...rows] = chartToRows(spec)
  const kind = axisKind(spec.labels ?? [])
  const number = (text: string) =>
    text === "" ? "–" : Number(text).toLocaleString(locale, { maximumSignificantDigits: 15 })
  const name = (text: string) =>
    spec.kind === "scatter" ? text : labelText(kind === "number" ? Number(text) : text, kind, locale)
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset is for forms
    <div ref={scrollByKeys} role="group" aria-label={title} className="max-h-72 overflow-auto border-t">
      <table className="w-full text-[0.8125rem] tabular-nums">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {head.map((text, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: column names may repeat
                key={index}
                scope="col"
                className="whitespace-nowrap px-4 py-1.5 text-start font-medium text-muted-foreground"
              >
                {text || t("label")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MAX_ROWS).map(([label = "", ...values], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: row labels may repeat
            <tr key={index} className="border-t">
              <th scope="row" className="whitespace-nowrap px-4 py-1 text-start font-normal">
                {name(label)}
              </th>
              {values.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: values are identified by index
                <td key={at} className="whitespace-nowrap px-4 py-1">
                  {number(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MAX_ROWS && (
        <p className="px-4 py-2 text-[0.8125rem] text-muted-foreground">
          {t("more", { shown: MAX_ROWS, all: rows.length })}
        </p>
      )}
    </div>
  )
}
