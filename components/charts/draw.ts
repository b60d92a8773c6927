/** From a chart's data to what is drawn. Pure; the scales and paths are d3's. */
import { drawAlong } from "@/components/charts/along"
import { drawHeatmap, drawPie, drawScatter } from "@/components/charts/apart"
import type { Drawing } from "@/components/charts/drawing"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

/** `width`: pixels. `range`: values that the axis of lines, areas, and bars shows in any case. */
export function drawChart(spec: ChartSpec, width: number, locale: string, range?: readonly number[]): Drawing {
  if (spec.kind === "pie") return drawPie(spec, width, locale)
  if (spec.kind === "heatmap") return drawHeatmap(spec, width, locale)
  return spec.kind === "scatter" ? drawScatter(spec, width, locale) : drawAlong(spec, width, locale, range)
}
