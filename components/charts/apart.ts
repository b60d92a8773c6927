/** Scatter points, pie slices and heatmap cells: independent values. Pure. */
import { scaleBand, scaleLinear } from "d3-scale"
import { arc, pie } from "d3-shape"
import {
  COLORS,
  type Drawing,
  fitLabels,
  HEIGHT,
  known,
  legendOf,
  type Mark,
  plotOf,
  roomFor,
  shortened,
  yAxis,
} from "@/components/charts/drawing"
import { axisKind, labelText, tickText, valueText } from "@/components/charts/values"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

export function drawScatter(spec: ChartSpec, width: number, locale: string): Drawing {
  const { series, unit = "" } = spec
  const y = yAxis(
    series.flatMap(({ values }) => known(values)),
    false,
    spec,
    locale,
  )
  const plot = plotOf(spec, width, y.left)
  const yTicks = y.yTicks(plot.bottom, plot.top)
  const xs = series.flatMap(({ x = [] }) => x)
  const [low, high] = [Math.min(...xs), Math.max(...xs)]
  const x = scaleLinear(low === high ? [low - 1, high + 1] : [low, high], [plot.left + 8, plot.right - 8]).nice(5)
  const points = series
    .flatMap(({ name, values, x: across = [] }, index) =>
      values.flatMap((value, at) => (value === null ? [] : [{ name, index, value, across: across[at] ?? 0 }])),
    )
    .sort((a, b) => a.across - b.across)
  return {
    width,
    plot,
    marks: points.map(({ across, value, index }, stop) => ({
      as: "dot",
      x: x(across),
      y: y.scale(value),
      color: index % COLORS,
      stop,
    })),
    stops: points.map(({ name, index, across, value }) => ({
      x: x(across),
      y: y.scale(value),
      title: name,
      rows: [
        { name: spec.xTitle ?? "x", color: null, value: valueText(across, "", locale) },
        { name: spec.yTitle ?? "y", color: index % COLORS, value: valueText(value, unit, locale) },
      ],
    })),
    xTicks: x
      .ticks(Math.max(2, Math.floor(width / 100)))
      .map((tick) => ({ at: x(tick), text: tickText(tick, "", locale) })),
    yTicks,
    perRow: points.length,
    legend: legendOf(series),
    near: "both",
  }
}

export function drawPie({ labels = [], series, unit = "" }: ChartSpec, width: number, locale: string): Drawing {
  const values = labels.map((_, at) => series[0]?.values[at] ?? 0)
  const total = values.reduce((sum, value) => sum + value, 0)
  const radius = Math.min(width, HEIGHT) / 2 - 12
  const [cx, cy] = [width / 2, HEIGHT / 2]
  const slices = pie<number>().sort(null)(values)
  const shape = arc<(typeof slices)[number]>()
    .innerRadius(radius * 0.55)
    .outerRadius(radius)
    .padAngle(0.012)
  return {
    width,
    plot: { left: 0, top: 0, right: width, bottom: HEIGHT },
    marks: slices.map((slice, stop) => ({
      as: "path",
      d: shape(slice) ?? "",
      x: cx,
      y: cy,
      color: stop % COLORS,
      fill: true,
      stop,
    })),
    stops: slices.map((slice, at) => {
      const [x, y] = shape.centroid(slice)
      const share = (slice.value / total).toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 })
      return {
        x: cx + x,
        y: cy + y,
        title: String(labels[at] ?? ""),
        rows: [{ name: share, color: at % COLORS, value: valueText(slice.value, unit, locale) }],
      }
    }),
    xTicks: [],
    yTicks: [],
    perRow: slices.length,
    legend: labels.map((label, at) => ({ name: String(label), color: at % COLORS })),
    near: "both",
  }
}

export function drawHeatmap(spec: ChartSpec, width: number, locale: string): Drawing {
  const { labels = [], series, unit = "" } = spec
  const texts = labels.map((label) => labelText(label, axisKind(labels), locale))
  const names = series.map(({ name }) => shortened(name, 14))
  const plot = plotOf(spec, width, roomFor(names, 110) + (spec.yTitle ? 18 : 0))
  const x = scaleBand<number>(
    labels.map((_, at) => at),
    [plot.left, plot.right],
  ).padding(0.04)
  const y = scaleBand<number>(
    series.map((_, at) => at),
    [plot.top, plot.bottom],
  ).padding(0.04)
  const all = series.flatMap(({ values }) => known(values))
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const strength = (value: number) => (high === low ? 1 : 0.08 + (0.92 * (value - low)) / (high - low))
  const cells = series.flatMap(({ name, values }, row) => values.map((value, at) => ({ name, value, row, at })))
  return {
    width,
    plot,
    marks: cells.flatMap(({ value, row, at }, stop): Mark[] =>
      value === null
        ? []
        : [
            {
              as: "rect",
              x: x(at) ?? 0,
              y: y(row) ?? 0,
              width: x.bandwidth(),
              height: y.bandwidth(),
              color: 0,
              strength: strength(value),
              stop,
            },
          ],
    ),
    stops: cells.map(({ name, value, row, at }) => ({
      x: (x(at) ?? 0) + x.bandwidth() / 2,
      y: (y(row) ?? 0) + y.bandwidth() / 2,
      title: `${name} · ${texts[at] ?? ""}`,
      rows: [{ name: "", color: null, value: valueText(value, unit, locale) }],
    })),
    xTicks: fitLabels(texts, (at) => (x(at) ?? 0) + x.bandwidth() / 2, plot),
    yTicks: names.flatMap((text, at) =>
      at % Math.ceil((names.length * 13) / (plot.bottom - plot.top)) === 0
        ? [{ at: (y(at) ?? 0) + y.bandwidth() / 2, text }]
        : [],
    ),
    perRow: labels.length,
    legend: [],
    near: "both",
  }
}
