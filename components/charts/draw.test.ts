import { describe, expect, test } from "vitest"
import { stackedSpans } from "@/components/charts/along"
import { drawChart } from "@/components/charts/draw"
import { nearest } from "@/components/charts/use-stops"
import { axisKind, chartToRows, labelText, valueText } from "@/components/charts/values"
import { chartSpec } from "@/lib/ai/tools/show_chart/types"

const spec = (more: object) =>
  chartSpec.parse({ kind: "line", labels: ["a", "b", "c"], series: [{ name: "s", values: [1, null, 3] }], ...more })
const draw = (more: object, width = 600) => drawChart(spec(more), width, "en-US")

describe("all marks are within bounds", () => {
  const three = [
    { name: "s", values: [1, -2, 3] },
    { name: "t", values: [4, 5, 1e9] },
  ]
  test.each([
    ["line", {}],
    ["bars", { kind: "bar", series: three }],
    ["stacked bars", { kind: "bar", stacked: true, series: three }],
    ["area", { kind: "area", series: three }],
    ["dates", { labels: ["2026-01-01", "2026-02-01", "2026-12-31"] }],
    ["numbers", { labels: [1, 5, 10] }],
    ["equal values", { series: [{ name: "s", values: [2, 2, 2] }] }],
    ["one value", { labels: ["a"], series: [{ name: "s", values: [0] }] }],
    ["scatter", { kind: "scatter", labels: undefined, series: [{ name: "s", values: [1, 2], x: [3, 3] }] }],
    ["pie", { kind: "pie", series: [{ name: "s", values: [1, 0, 3] }] }],
    ["heat map", { kind: "heatmap", series: three }],
  ])("%s", (_, more) => {
    for (const width of [220, 680, 1_200]) {
      const { stops, marks, xTicks, yTicks } = draw(more, width)
      const numbers = [
        ...stops.flatMap(({ x, y }) => [x, y]),
        ...xTicks.map(({ at }) => at),
        ...yTicks.map(({ at }) => at),
      ]
      expect(numbers.every((value) => Number.isFinite(value) && value >= 0 && value <= Math.max(width, 288))).toBe(true)
      for (const mark of marks) {
        if (mark.as === "path") expect(mark.d).not.toContain("NaN")
        if (mark.as === "rect")
          expect(mark.width > 0 && mark.height >= 0 && mark.x >= 0 && mark.x + mark.width <= width).toBe(true)
      }
    }
  })
})

test("missing values leave a gap, and each label lists its values", () => {
  const { stops, marks } = draw({ unit: " km" })
  expect(stops.map(({ title, rows }) => [title, rows[0]?.value])).toEqual([
    ["a", "1 km"],
    ["b", "–"],
    ["c", "3 km"],
  ])
  expect(marks.filter(({ as }) => as === "dot")).toHaveLength(2)
})

test("stacked bars accumulate positive and negative values separately", () => {
  const bars = spec({
    kind: "bar",
    stacked: true,
    series: [
      { name: "s", values: [1, -2, 3] },
      { name: "t", values: [4, -5, null] },
    ],
  })
  expect(stackedSpans(bars)).toEqual([
    [
      [0, 1],
      [0, -2],
      [0, 3],
    ],
    [
      [1, 5],
      [-2, -7],
      [0, 0],
    ],
  ])
})

test("pie slices show their percentage", () => {
  const { stops } = draw({ kind: "pie", series: [{ name: "s", values: [1, 0, 3] }] })
  expect(stops.map(({ rows }) => rows[0]?.name)).toEqual(["25%", "0%", "75%"])
})

test("labels are detected as categories, numbers or dates", () => {
  expect(axisKind(["2026-01", "2026-02"])).toBe("time")
  expect(axisKind(["2026-01-01T10:00", "2026-01-02"])).toBe("time")
  expect(axisKind(["2024", "2025"])).toBe("category")
  expect(axisKind([2024, 2025])).toBe("number")
  expect(axisKind(["2026-13-01", "x"])).toBe("category")
  expect(labelText("2026-03-01", "time", "de-DE")).toBe("01.03.2026")
  expect(labelText(2024, "number", "en-US")).toBe("2024")
  expect(valueText(1234.5, "%", "de-DE")).toBe("1.234,5%")
})

test("the nearest value is found, and none if all are too far away", () => {
  const stops = [0, 100].map((x) => ({ x, y: 10, title: "", rows: [] }))
  expect([nearest(stops, 70, null), nearest(stops, 90, 15), nearest(stops, 50, 200)]).toEqual([1, 1, null])
})

test("the chart's table has unformatted numbers", () => {
  expect(chartToRows(spec({ xTitle: "Letter" }))).toEqual([
    ["Letter", "s"],
    ["a", "1"],
    ["b", ""],
    ["c", "3"],
  ])
})

describe("invalid charts", () => {
  test.each([
    ["a value without a label", { series: [{ name: "s", values: [1] }] }],
    ["no value at all", { series: [{ name: "s", values: [null, null, null] }] }],
    ["a scatter without x", { kind: "scatter" }],
    ["a pie of negative values", { kind: "pie", series: [{ name: "s", values: [1, -1, 1] }] }],
    [
      "a pie of two series",
      {
        kind: "pie",
        series: [
          { name: "s", values: [1, 1, 1] },
          { name: "t", values: [1, 1, 1] },
        ],
      },
    ],
    ["too many series", { series: Array.from({ length: 11 }, (_, n) => ({ name: `${n}`, values: [1, 2, 3] })) }],
    ["infinity", { series: [{ name: "s", values: [1, Number.POSITIVE_INFINITY, 2] }] }],
  ])("%s", (_, more) => {
    expect(() => spec(more)).toThrow()
  })
})

test("an axis uses the requested range, however close its values are", () => {
  const axis = (values: number[], range?: number[]) =>
    drawChart(spec({ unit: "%", series: [{ name: "s", values }] }), 600, "en-US", range).yTicks.map(({ text }) => text)
  const whole = axis([100, 100, 100], [0, 100])
  expect([whole.at(0), whole.at(-1)]).toEqual(["0%", "100%"])
  expect(axis([96, 97, 98], [0, 100])).toEqual(whole)
  expect(axis([96, 97, 98])).not.toContain("0%")
})
