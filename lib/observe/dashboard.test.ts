/** The dashboard and the alerts use only existing metrics, and the dashboard shows all of them. */
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { parse } from "yaml"
import { z } from "zod"
import { startGauges } from "@/lib/observe/gauges"
import { startMeters, stopMeters } from "@/lib/observe/meters"
import { WORKER_UP } from "@/lib/observe/siblings"

const DASHBOARD = ".deploy/grafana/sparkler.json"
const ALERTS = ".deploy/prometheus/alerts.yaml"

const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
})
const alertsSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(["warning", "critical"]) }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
})

/** Existing labels, by the name of the series. */
const known = new Map<string, Set<string>>()
/** Labels that Prometheus adds. */
const ADDED = ["job", "instance"]

beforeAll(async () => {
  const { registry } = await startMeters()
  const none = async () => []
  await startGauges(registry, { now: () => ({}), work: () => ({}), jobs: none, database: none })
  for (const metric of registry.getMetricsAsArray()) {
    const labels = "labelNames" in metric && Array.isArray(metric.labelNames) ? metric.labelNames : []
    const endings = "buckets" in metric ? ["_bucket", "_count", "_sum"] : [""]
    for (const ending of endings)
      known.set(metric.name + ending, new Set([...labels, ...ADDED, ...(ending === "_bucket" ? ["le"] : [])]))
  }
  known.set(WORKER_UP, new Set(["worker", ...ADDED]))
})
afterAll(stopMeters)

const asked = () => ({
  dashboard: dashboardSchema
    .parse(JSON.parse(readFileSync(DASHBOARD, "utf8")))
    .panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ place: title, expr }))),
  alerts: alertsSchema
    .parse(parse(readFileSync(ALERTS, "utf8")))
    .groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ place: alert, expr }))),
})

const namesIn = (expr: string) => expr.match(/\b(?:sparkler|nodejs|process)_\w+/g) ?? []
const labelsIn = (expr: string) =>
  [
    ...Array.from(expr.matchAll(/by \(([^)]+)\)/g), ([, list = ""]) => list.split(",").map((label) => label.trim())),
    ...Array.from(expr.matchAll(/\{([^}]+)\}/g), ([, list = ""]) => list.match(/\w+(?=[=!]~?"|=~")/g) ?? []),
  ].flat()

test("every series and label of the dashboard and the alerts exists", () => {
  const { dashboard, alerts } = asked()
  expect([dashboard.length > 20, alerts.length > 8]).toEqual([true, true])
  for (const { place, expr } of [...dashboard, ...alerts]) {
    const names = namesIn(expr)
    if (!/^up\{/.test(expr)) expect(names.length, place).toBeGreaterThan(0)
    for (const name of names) {
      expect([...known.keys()], place).toContain(name)
      for (const label of labelsIn(expr)) expect([...(known.get(name) ?? [])], `${place}: ${name}`).toContain(label)
    }
    expect(expr.split("(").length, place).toBe(expr.split(")").length)
  }
})

test("every metric of the app is on the dashboard", () => {
  const shown = new Set(
    asked().dashboard.flatMap(({ expr }) => namesIn(expr).map((name) => name.replace(/_(?:bucket|count|sum)$/, ""))),
  )
  const ours = [...known.keys()].filter((name) => name.startsWith("sparkler_"))
  expect(ours.filter((name) => !shown.has(name.replace(/_(?:bucket|count|sum)$/, "")))).toEqual([])
})
