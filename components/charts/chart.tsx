"use client"

import { lazyOverlay } from "@/components/ui/lazy-part"
import "./chart.css"
import { Download, Table2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useMemo, useRef, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { ChartTable } from "@/components/charts/chart-table"
import { ChartTip } from "@/components/charts/chart-tip"
import { drawChart } from "@/components/charts/draw"
import { HEIGHT } from "@/components/charts/drawing"
import { Plot } from "@/components/charts/plot"
import { useInspectedValue } from "@/components/charts/use-stops"
import { useWidth } from "@/components/charts/use-width"
import { IconButton } from "@/components/ui/icon-button"
import { OnDemand } from "@/components/ui/on-demand"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

const ChartMenu = lazyOverlay(() => import("@/components/charts/chart-menu"))

/**
 * A chart with values by pointer and keyboard, its table, and file exports. `spec` was validated by `chartSpec`
 * (`lib/ai/tools/show_chart/types.ts`); it comes from a model or its code. `range`: values that the axis must include.
 */
export function Chart({ spec, range }: { spec: ChartSpec; range?: readonly number[] }) {
  const t = useTranslations("charts")
  const locale = useFormatLocale()
  const room = useRef<HTMLDivElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const width = useWidth(room)
  const [table, setTable] = useState(false)
  const drawing = useMemo(() => drawChart(spec, width, locale, range), [spec, width, locale, range])
  const { stop, at, ...hands } = useInspectedValue(drawing)
  const title = spec.title ?? t("kinds", { kind: spec.kind })
  const [titleId, tableId] = [useId(), useId()]
  const trigger = (
    <IconButton label={t("download")}>
      <Download className="size-4" />
    </IconButton>
  )
  return (
    <figure aria-labelledby={titleId} className="chart overflow-hidden rounded-lg border bg-surface">
      <div className="flex min-h-12 items-center gap-1 ps-4 pe-2">
        <h3 id={titleId} className="min-w-0 flex-1 truncate font-semibold text-[0.9375rem]">
          {title}
        </h3>
        <IconButton
          label={t("table")}
          aria-expanded={table}
          aria-controls={tableId}
          onClick={() => setTable(!table)}
          className="print:hidden"
        >
          <Table2 className="size-4" />
        </IconButton>
        <OnDemand trigger={trigger}>
          <ChartMenu trigger={trigger} spec={spec} title={title} svg={() => svg.current} />
        </OnDemand>
      </div>
      <Legend entries={drawing.legend} />
      <div ref={room} dir="ltr" className="relative mx-2" style={{ height: HEIGHT }}>
        {/* biome-ignore lint/a11y/useSemanticElements: fieldset is for forms */}
        <div
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move between values
          tabIndex={0}
          aria-label={t("readable", { title, count: drawing.stops.length })}
          className="absolute inset-0 touch-pan-y rounded-md"
          {...hands}
        >
          <Plot ref={svg} drawing={drawing} spec={spec} at={at} />
        </div>
        <ChartTip stop={stop} width={drawing.width} />
        <p aria-live="polite" className="sr-only">
          {stop && `${stop.title}: ${stop.rows.map(({ name, value }) => `${name} ${value}`).join(", ")}`}
        </p>
      </div>
      <div id={tableId} hidden={!table}>
        {table && <ChartTable spec={spec} title={title} />}
      </div>
    </figure>
  )
}

function Legend({ entries }: { entries: { name: string; color: number }[] }) {
  if (entries.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-2 text-[0.8125rem]">
      {entries.map(({ name, color }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: series names may repeat
        <li key={index} className="flex min-w-0 items-center gap-1.5">
          <span
            aria-hidden
            className="size-2.5 shrink-0 rounded-full"
            style={{ background: `var(--series-${color})` }}
          />
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  )
}
