/**
 * `npm run bench:images`: the cost of adding images and a document, decoded and parsed as on the server: time, memory
 * of the processes and threads involved, the longest block of the server's event loop, and the longest gap between the
 * tokens of another chat, sent every 10 ms. The HEIC consists of tiles, as phones write them.
 */
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import path from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { Worker } from "node:worker_threads"
import sharp from "sharp"
import { plainPdf } from "@/lib/documents/read/pdf.fixture"
import { gridHeic, halvesTile } from "@/lib/images/decode/heic.fixture"
import { decoded } from "@/lib/images/decoder"
import "@/lib/tasks/tasks"
import { work } from "@/lib/work/work"

const RUNS = 3
const say = (line: string) => process.stdout.write(`${line}\n`)
const LOOK_MS = 10
const TOKEN_MS = 10
const folder = mkdtempSync(path.join(tmpdir(), "sparkler-bench-"))

/** A photo-like image: noise with a grain of four pixels. */
async function photo(width: number, height: number): Promise<string> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 50 }
  const create = { width: width / 4, height: height / 4, channels: 3 as const, background: "#000000", noise }
  const grain = await sharp({ create }).png().toBuffer()
  const file = path.join(folder, `${width}.jpg`)
  await sharp(grain).resize(width, height, { fit: "fill" }).jpeg({ quality: 90 }).toFile(file)
  return file
}

async function heic(width: number, height: number): Promise<string> {
  const file = path.join(folder, `${width}.heic`)
  await writeFile(file, gridHeic(await halvesTile(), { width, height, turns: 3 }))
  return file
}

/** Megabytes of this process's child processes (Linux). */
function childrenMb(): number {
  const pids = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ").filter(Boolean)
  const mb = pids.map((pid) => {
    try {
      return (Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096) / 1e6
    } catch {
      return 0
    }
  })
  return mb.reduce((sum, one) => sum + one, 0)
}

/** Tokens of another chat, sent by this process and read by a client over HTTP. */
async function startChat() {
  const server = createServer((_, response) => {
    const token = setInterval(() => response.write("token "), TOKEN_MS)
    response.on("close", () => clearInterval(token))
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const reader = new Worker(
    `const { parentPort, workerData } = require("node:worker_threads")
    let [last, gap] = [0, 0]
    require("node:http").get(workerData, (answer) => answer.on("data", () => {
      const now = performance.now()
      if (last) gap = Math.max(gap, now - last)
      last = now
    }))
    parentPort.on("message", () => { parentPort.postMessage(gap); gap = 0 })`,
    { eval: true, workerData: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` },
  )
  return async (): Promise<number> => {
    reader.postMessage("longest gap")
    const [gap] = await once(reader, "message")
    return gap
  }
}

async function measure(run: () => Promise<unknown>, longestGap: () => Promise<number>) {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS })
  let peak = 0
  const idle = process.memoryUsage.rss() / 1e6
  const look = setInterval(() => {
    peak = Math.max(peak, childrenMb() + process.memoryUsage.rss() / 1e6 - idle)
  }, LOOK_MS)
  await longestGap()
  delay.enable()
  const began = performance.now()
  await run()
  const ms = performance.now() - began
  delay.disable()
  clearInterval(look)
  return { ms, peak, late: delay.max / 1e6 - LOOK_MS, gap: await longestGap() }
}

const taken = (file: string) => () =>
  decoded({ userId: "bench", name: path.basename(file), file: { path: file } }, async () => {})

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const bytes = await plainPdf(50, 50)
const files: [string, () => Promise<unknown>][] = [
  ["12 megapixels, JPEG", taken(await photo(4_000, 3_000))],
  ["12 megapixels, HEIC", taken(await heic(4_032, 3_024))],
  ["48 megapixels, HEIC", taken(await heic(8_064, 6_048))],
  ["50 pages, PDF", () => work("readDocument", { person: "bench", ms: 60_000 }, "pdf", bytes)],
]
const longestGap = await startChat()
say("| file | time | memory | longest event-loop delay of the server | longest gap between another chat's tokens |")
say("|---|---|---|---|---|")
for (const [name, run] of files) {
  await measure(run, longestGap)
  const runs: Awaited<ReturnType<typeof measure>>[] = []
  for (let time = 0; time < RUNS; time++) runs.push(await measure(run, longestGap))
  const most = (of: (one: (typeof runs)[number]) => number) => Math.round(Math.max(...runs.map(of)))
  const ms = Math.round(median(runs.map((one) => one.ms)))
  say(
    `| ${name} | ${ms} ms | ${most(({ peak }) => peak)} MB | ${most(({ late }) => late)} ms | ${most(({ gap }) => gap)} ms |`,
  )
}
rmSync(folder, { recursive: true, force: true })
process.exit()
