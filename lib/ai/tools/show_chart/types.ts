/**
 * The format of a chart: the input of `show_chart`, also used by sandbox code to draw one
 * (`components/charts/chart.tsx`). Safe to import on both sides.
 */
import { z } from "zod"

/** Values per chart, and per series. */
const MAX_VALUES = 10_000
const MAX_IN_SERIES = 2_000
/** Series that can be told apart by color; rows of a heat map don't need one. */
const MAX_SERIES = 10
const MAX_ROWS = 100
const MAX_SLICES = 30

const series = z.object({
  name: z.string().max(100).describe("Name of the series; for a heat map, of the row"),
  values: z.array(z.number().nullable()).min(1).max(MAX_IN_SERIES),
  x: z.array(z.number()).max(MAX_IN_SERIES).optional().describe("Only for `scatter`: the x of each value"),
})

const fields = z.object({
  kind: z.enum(["line", "bar", "area", "scatter", "pie", "heatmap"]),
  title: z.string().max(200).optional(),
  labels: z
    .array(z.union([z.string().max(200), z.number()]))
    .max(MAX_IN_SERIES)
    .optional()
    .describe(
      "What each value belongs to: categories, numbers, or ISO dates, in order. Slices of a pie, columns of a heat map. Not for `scatter`",
    ),
  series: z.array(series).min(1).max(MAX_ROWS),
  xTitle: z.string().max(100).optional(),
  yTitle: z.string().max(100).optional(),
  unit: z.string().max(20).optional().describe("Shown after each value: `%`, `°C`, ` km`"),
  stacked: z.boolean().optional().describe("Stack bars and areas on top of each other"),
})

export const chartSpec = fields.superRefine((spec, context) => {
  for (const problem of problemsOf(spec)) context.addIssue({ code: "custom", message: problem })
})

export type ChartSpec = z.infer<typeof chartSpec>

/** Problems with the chart, described for the model. */
function* problemsOf({ kind, labels = [], series: all }: z.infer<typeof fields>): Generator<string> {
  if (all.reduce((sum, { values }) => sum + values.length, 0) > MAX_VALUES) yield `more than ${MAX_VALUES} values`
  if (kind !== "heatmap" && all.length > MAX_SERIES) yield `more than ${MAX_SERIES} series`
  for (const { name, values, x } of all) {
    if (kind === "scatter" && x?.length !== values.length) yield `${name}: scatter needs an x for each value`
    if (kind !== "scatter" && labels.length !== values.length)
      yield `${name}: ${values.length} values for ${labels.length} labels`
  }
  if (all.every(({ values }) => values.every((value) => value === null))) yield "no values"
  if (kind !== "pie") return
  const [first] = all
  if (all.length !== 1) yield "a pie has one series"
  if (labels.length > MAX_SLICES) yield `more than ${MAX_SLICES} slices`
  if (first?.values.some((value) => (value ?? 0) < 0) || !first?.values.some((value) => (value ?? 0) > 0))
    yield "a pie needs values above 0"
}

/** The chart itself is the input. */
export const chartOutput = z.object({ shown: z.literal(true) })
