/**
 * `npm run bench:images`: what it takes to take pictures in, decoded as the server does it: time, memory of the processes
 * that decode, and how long the server's own event loop (which writes everybody's tokens) was held up meanwhile.
 * The HEIC needs Debian's `heif-enc` (libheif-examples).
 */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import sharp from "sharp"
import { decoded } from "@/lib/images/decoder"

const RUNS = 3
const say = (line: string) => process.stdout.write(`${line}\n`)
const LOOK_MS = 10
const folder = mkdtempSync(path.join(tmpdir(), "sparkler-bench-"))

/** A photo-like picture: noise of four pixels' grain. */
async function photo(width: number, height: number): Promise<string> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 50 }
  const create = { width: width / 4, height: height / 4, channels: 3 as const, background: "#000000", noise }
  const grain = await sharp({ create }).png().toBuffer()
  const file = path.join(folder, `${width}.jpg`)
  await sharp(grain).resize(width, height, { fit: "fill" }).jpeg({ quality: 90 }).toFile(file)
  return file
}

function heic(jpeg: string): string | null {
  const file = `${jpeg}.heic`
  try {
    execFileSync("heif-enc", ["-q", "60", jpeg, "-o", file], { stdio: "ignore" })
    return file
  } catch {
    return null
  }
}

/** Megabytes of the processes that this one has begun (Linux). */
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

async function measure(file: string) {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, childrenMb())
  }, LOOK_MS)
  delay.enable()
  const began = performance.now()
  await decoded({ userId: "bench", name: path.basename(file), file: { path: file } }, async () => {})
  const ms = performance.now() - began
  delay.disable()
  clearInterval(look)
  return { ms, peak, late: delay.max / 1e6 - LOOK_MS }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const jpeg = await photo(4_000, 3_000)
const files: [string, string | null][] = [
  ["12 megapixels, JPEG", jpeg],
  ["12 megapixels, HEIC", heic(jpeg)],
]
say("| picture | time | memory of the decoder | longest wait of the server's loop |\n|---|---|---|---|")
for (const [name, file] of files) {
  if (!file) {
    say(`| ${name} | needs heif-enc | | |`)
    continue
  }
  await measure(file)
  const runs = []
  for (let run = 0; run < RUNS; run++) runs.push(await measure(file))
  const ms = Math.round(median(runs.map((run) => run.ms)))
  const peak = Math.round(Math.max(...runs.map((run) => run.peak)))
  const late = Math.round(Math.max(...runs.map((run) => run.late)))
  say(`| ${name} | ${ms} ms | ${peak} MB | ${late} ms |`)
}
rmSync(folder, { recursive: true, force: true })
process.exit()
