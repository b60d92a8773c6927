/** Converts a chart's data to a drawing. Pure; scales and paths come from d3. */
import { drawCartesian } from "@/components/charts/along"
import { drawHeatmap, drawPie, drawScatter } from "@/components/charts/apart"
import type { Drawing } from "@/components/charts/drawing"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

/** `width`: pixels. `range`: values that the axis of lines, areas, and bars must include. */
export function drawChart(spec: ChartSpec, width: number, locale: string, range?: readonly number[]): Drawing {
  if (spec.kind === "pie") return drawPie(spec, width, locale)
  if (spec.kind === "heatmap") return drawHeatmap(spec, width, locale)
  return spec.kind === "scatter" ? drawScatter(spec, width, locale) : drawCartesian(spec, width, locale, range)
}
