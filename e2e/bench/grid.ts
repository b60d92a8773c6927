/**
 * `npm run bench:grid`: a data grid of 5,000 rows with a model server that injects faults and bursts of 429,
 * a `kill -9` half-way, and scrolling through it in Chromium, all with the production build on one machine. Prints the
 * README's table.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { chromium, type Page } from "@playwright/test"
import { v7 as uuidv7 } from "uuid"
import { findChromium } from "@/lib/cli/chromium.mjs"
import type { GridHead, GridRowView } from "@/lib/grids/types"
import { startRowUpstream } from "@/lib/grids/upstream.fixture"
import { freePort, startApp } from "../support/app"
import { newGuest } from "./client"
import { observePage } from "./observe"
import { count, machine, ms, quantile, residentMegabytes, table } from "./stats"

const ROWS = Number(process.env.ROWS ?? 5_000)
const DELAY_MS = 300
const FRAME_MS = 50
const MODEL = "accounts/fireworks/models/kimi-k3"
const SCHEMA = {
  type: "object",
  properties: { row: { type: "integer" }, even: { type: "boolean" } },
  required: ["row", "even"],
}
const say = (line: string) => process.stderr.write(`${line}\n`)
const rows: string[][] = []

const upstream = await startRowUpstream([MODEL])
upstream.faults = { percent: 10, storm: { every: 1_000, ms: 5_000, retryAfterS: 2 }, delayMs: DELAY_MS }
const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-bench-grid-"))
const place = {
  dataDir,
  port: await freePort(),
  env: {
    FIREWORKS_API_KEY: "bench",
    FIREWORKS_BASE_URL: upstream.url,
    DEFAULT_MODEL: MODEL,
    AUTH_SECRET: "s".repeat(40),
  },
}
let app = await startApp(place)
const cookie = await newGuest(app.url)
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, residentMegabytes(app.pid))
}, 1_000)
const id = uuidv7()
try {
  await runWithCrash()
  await scrolling()
  console.info(`${machine()}; model server, app, and browser on the same machine\n`)
  console.info(table(["metric", "measured", "target"], rows))
} finally {
  clearInterval(watch)
  await app.stop()
  await upstream.close()
  rmSync(dataDir, { recursive: true, force: true })
}

async function api<T>(way: string, body?: object): Promise<T> {
  const headers = { cookie, "content-type": "application/json" }
  const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers }
  const response = await fetch(`${app.url}/api/grids${way}`, init)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (response.status === 204 ? null : await response.json()) as T
}

async function head(): Promise<GridHead> {
  return (await api<{ grid: GridHead }>(`/${id}`)).grid
}

async function until(isThere: (head: GridHead) => boolean): Promise<GridHead> {
  for (;;) {
    const now = await head()
    if (isThere(now)) return now
    await wait(500)
  }
}

function doneOf({ progress }: GridHead): number {
  return progress.places[0]?.counts.done ?? 0
}

/** Runs all rows, and kills the process when half of them are done. */
async function runWithCrash(): Promise<void> {
  say(`${count(ROWS)} rows …`)
  const output = { type: "json_schema", name: "rows", schema: SCHEMA }
  await api("", { id, title: "Bench", output, models: [MODEL] })
  const inputs = Array.from({ length: ROWS }, (_, row) => ({ text: `This is row ${row}.` }))
  for (let start = 0; start < ROWS; start += 500)
    await api(`/${id}/rows`, { start, rows: inputs.slice(start, start + 500) })
  const idle = residentMegabytes(app.pid)
  const began = performance.now()
  await api(`/${id}/run`, { action: "start" })
  await until((now) => doneOf(now) >= ROWS / 2)
  const half = performance.now() - began
  say("kill -9 …")
  await app.kill9()
  app = await startApp(place)
  const again = performance.now()
  await until(({ progress }) => progress.state === "done")
  const rest = performance.now() - again
  const wrong = await wrongRows()
  const twice = [...upstream.answered.values()].filter((times) => times > 1).length
  const asked = [...upstream.asked.values()].reduce((sum, times) => sum + times, 0)
  rows.push([`correct rows of ${count(ROWS)}; requests`, `${count(ROWS - wrong)}; ${count(asked)}`, count(ROWS)])
  rows.push(["rows billed twice (in flight at the kill)", count(twice), "≤ 32"])
  rows.push(["requests rejected during storms", count(upstream.refused), ""])
  rows.push(["rows per second before the kill", (ROWS / 2 / (half / 1_000)).toFixed(1), ""])
  rows.push(["from the restart to the end, including 30 s for leases to expire", `${Math.round(rest / 1_000)} s`, ""])
  rows.push(["server memory: before / peak", `${Math.round(idle)} / ${Math.round(peak)} MB`, ""])
}

async function wrongRows(): Promise<number> {
  let wrong = 0
  for (let from = 0; from < ROWS; from += 200) {
    const numbers = Array.from({ length: Math.min(200, ROWS - from) }, (_, at) => from + at)
    const { rows: read } = await api<{ rows: GridRowView[] }>(`/${id}/rows?rows=${numbers.join(",")}`)
    for (const { number, answers } of read) {
      const value = JSON.stringify(answers[0]?.value)
      if (value !== JSON.stringify({ row: number, even: number % 2 === 0 })) wrong++
    }
  }
  return wrong
}

/** Scrolls from the first to the last row with the wheel. */
async function scrolling(): Promise<void> {
  say("scrolling …")
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ["--no-sandbox", "--disable-gpu"],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const pairs = cookie.split("; ").filter(Boolean)
    await context.addCookies(
      pairs.map((pair) => {
        const [name = "", ...value] = pair.split("=")
        return { name, value: value.join("="), url: app.url }
      }),
    )
    await context.addInitScript({ content: "globalThis.__name = (named) => named" })
    await context.addInitScript(observePage)
    const page = await context.newPage()
    await page.goto(`${app.url}/grids/${id}`)
    await page.getByRole("gridcell", { name: "This is row 0." }).waitFor()
    await wheel(page)
    await page.getByRole("gridcell", { name: `This is row ${ROWS - 1}.` }).waitFor()
    const { frames, elements } = await page.evaluate(() => window.observed.read())
    const session = await context.newCDPSession(page)
    await session.send("HeapProfiler.collectGarbage")
    const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number }
    const slow = frames.filter((frame) => frame > FRAME_MS).length
    rows.push([
      `frames over ${FRAME_MS} ms while scrolling through all`,
      `${count(slow)} of ${count(frames.length)}, 99% below ${ms(quantile(frames, 0.99))}, worst ${ms(Math.max(...frames))}`,
      "0",
    ])
    rows.push([
      "page afterwards: elements / JavaScript heap",
      `${count(elements)} / ${(usedSize / 1e6).toFixed(1)} MB`,
      "",
    ])
  } finally {
    await browser.close()
  }
}

async function wheel(page: Page): Promise<void> {
  const box = await page.locator("[data-grid-scroller]").boundingBox()
  if (!box) throw new Error("there is no table")
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => window.observed.start())
  const isAtEnd = () =>
    page.locator("[data-grid-scroller]").evaluate((one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 2)
  while (!(await isAtEnd())) {
    await page.mouse.wheel(0, 1_200)
    await wait(30)
  }
}
