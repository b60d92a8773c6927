/** Lines, areas and bars: values along an axis of labels. Pure. */
import { area, curveMonotoneX, line } from "d3-shape"
import { type AxisScale, xScale } from "@/components/charts/across"
import {
  apart,
  COLORS,
  type Drawing,
  fitLabels,
  known,
  legendOf,
  type Mark,
  plotOf,
  yAxis,
} from "@/components/charts/drawing"
import { axisKind, labelText, valueText } from "@/components/charts/values"
import type { ChartSpec } from "@/lib/ai/tools/show_chart/types"

/** Draws along categories, numbers, or days. `range`: values that the axis must include. */
export function drawCartesian(spec: ChartSpec, width: number, locale: string, range: readonly number[] = []): Drawing {
  const { kind, labels = [], series, unit = "" } = spec
  const spans = spec.stacked && kind !== "line" ? stackedSpans(spec) : null
  const all = spans ? spans.flat(2) : series.flatMap(({ values }) => known(values))
  const y = yAxis([...all, ...range], kind !== "line", spec, locale)
  const plot = plotOf(spec, width, y.left)
  const yTicks = y.yTicks(plot.bottom, plot.top)
  const labelKind = axisKind(labels)
  const x = xScale(labels, kind === "bar" ? "category" : labelKind, plot, kind === "bar")
  const texts = labels.map((label) => labelText(label, labelKind, locale))
  const marks =
    kind === "bar"
      ? barMarks(spec, spans, { x, y: y.scale })
      : series.flatMap(({ values }, index) => lineMarks(values, spans?.[index] ?? null, index, spec, { x, y: y.scale }))
  return {
    width,
    plot,
    marks,
    stops: labels.map((_, at) => ({
      x: x.middle(at),
      y: Math.min(
        plot.bottom,
        ...series.flatMap(({ values }, index) => {
          const value = values[at] ?? null
          return value === null ? [] : [y.scale(spans?.[index]?.[at]?.[1] ?? value)]
        }),
      ),
      title: texts[at] ?? "",
      rows: series.map(({ name, values }, color) => ({
        name,
        color,
        value: valueText(values[at] ?? null, unit, locale),
      })),
    })),
    xTicks: x.ticks ? apart(x.ticks(locale)) : fitLabels(texts, (at) => x.middle(at), plot),
    yTicks,
    perRow: labels.length,
    legend: legendOf(series),
    near: "x",
  }
}

/** The span of each stacked value; positive and negative ones are stacked separately. */
export function stackedSpans({ series, labels = [] }: ChartSpec): [number, number][][] {
  const sums = labels.map(() => ({ up: 0, down: 0 }))
  return series.map(({ values }) =>
    values.map((value, at): [number, number] => {
      const sum = sums[at]
      if (!sum || value === null) return [0, 0]
      const side = value < 0 ? "down" : "up"
      const from = sum[side]
      sum[side] += value
      return [from, sum[side]]
    }),
  )
}

interface Scales {
  x: AxisScale
  y: (value: number) => number
}

function lineMarks(
  values: (number | null)[],
  spans: [number, number][] | null,
  index: number,
  { kind }: ChartSpec,
  { x, y }: Scales,
): Mark[] {
  const color = index % COLORS
  const points = values.map((value, at) => ({ at, value, span: spans?.[at] ?? ([0, value ?? 0] as const) }))
  const top = (point: (typeof points)[number]) => y(point.span[1])
  const path = line<(typeof points)[number]>((point) => x.middle(point.at), top)
    .defined(({ value }) => value !== null)
    .curve(curveMonotoneX)(points)
  const below =
    kind === "area"
      ? area<(typeof points)[number]>(
          (point) => x.middle(point.at),
          (point) => y(point.span[0]),
          top,
        )
          .defined(({ value }) => value !== null)
          .curve(curveMonotoneX)(points)
      : null
  // Draws dots if there are few points, and for a point between gaps.
  const alone = (at: number) => values[at - 1] == null && values[at + 1] == null
  const dots = points.filter(({ value, at }) => value !== null && (values.length <= 24 || alone(at)))
  return [
    ...(below ? [{ as: "path" as const, d: below, color, fill: true }] : []),
    ...(path ? [{ as: "path" as const, d: path, color }] : []),
    ...(kind === "line" ? dots.map((point): Mark => ({ as: "dot", x: x.middle(point.at), y: top(point), color })) : []),
  ]
}

function barMarks({ series, labels = [] }: ChartSpec, spans: [number, number][][] | null, { x, y }: Scales): Mark[] {
  const beside = spans ? 1 : series.length
  const width = x.step / beside
  return series.flatMap(({ values }, index) =>
    labels.flatMap((_, at): Mark[] => {
      const value = values[at]
      if (value == null) return []
      const [from, to] = spans?.[index]?.[at] ?? [0, value]
      const [high, low] = [Math.min(y(from), y(to)), Math.max(y(from), y(to))]
      const gap = Math.min(1, width / 6)
      return [
        {
          as: "rect",
          x: x.start(at) + (spans ? 0 : index * width) + gap / 2,
          y: high,
          width: Math.max(width - gap, 0.5),
          height: Math.max(low - high, value === 0 ? 0 : 1),
          color: index % COLORS,
        },
      ]
    }),
  )
}
