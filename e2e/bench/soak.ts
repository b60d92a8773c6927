/**
 * `npm run soak`: 30 minutes of mixed load on a fresh server; `npm run soak -- 10`: ten minutes. Tracks memory,
 * handles, log rows, and disk over time; fails if one of them still grows at the end, or is left over after the load
 * has ended.
 */
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import Sqlite from "better-sqlite3"
import { startApp } from "../support/app"
import { newGuest } from "./client"
import { SoakPerson } from "./soak-person"
import { startUpstream } from "./start-upstream"
import { count, machine, quantile, table } from "./stats"

const MINUTES = Number(process.argv[2] ?? 30)
const PEOPLE = Number(process.argv[3] ?? 12)
/** Milliseconds between two checks, and between two actions of a person. */
const LOOK_MS = 5_000
const PAUSE_MS = 400
/** The server collects its garbage after nothing has run for 40 s (`lib/generation/idle-cleanup.ts`). */
const IDLE_MS = 65_000
const TOKEN = "a-token-for-the-soak"
/**
 * How much more the last fifth may have than the second one: as a factor, and as an absolute amount that is negligible.
 */
const MORE = { memory: [1.15, 40], heap: [1.25, 30], handles: [1.2, 12], disk: [1.2, 0.5] } as const
if (!(MINUTES >= 1 && MINUTES <= 24 * 60 && PEOPLE >= 1)) throw new Error("usage: npm run soak -- MINUTES PEOPLE")

interface Look {
  minute: number
  /** Megabytes. */
  memory: number
  heap: number
  handles: number
  streams: number
  running: number
  logRows: number
  messages: number
  /** Kilobytes of the data folder, and of its database's WAL. */
  disk: number
  wal: number
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const upstream = await startUpstream()
const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-soak-"))
const app = await startApp({
  dataDir,
  env: {
    ...{ FIREWORKS_API_KEY: "bench", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench", METRICS_TOKEN: TOKEN },
    ...{ MESSAGES_PER_MINUTE: "100000", UPLOADS_PER_MINUTE: "100000", SEARCHES_PER_MINUTE: "100000" },
    ...{ GUEST_ANSWERS_PER_DAY: "10000000" },
  },
})
const database = new Sqlite(path.join(dataDir, "sparkler.db"), { readonly: true, timeout: 20_000 })
const rowsOf = (sql: string) => database.prepare<[], { n: number }>(sql).get()?.n ?? 0

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const place = path.join(folder, entry.name)
    try {
      return sum + (entry.isDirectory() ? bytesIn(place) : statSync(place).size)
    } catch {
      // It was removed in the meantime.
      return sum
    }
  }, 0)
}

/** What a process has open, by kind, most frequent first. */
function openOf(pid: number): string {
  const counts: Record<string, number> = {}
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const kind = readlinkSync(`/proc/${pid}/fd/${name}`)
        .replace(/:\[\d+\]$/, "")
        .replace(dataDir, "data")
        .replace(/[0-9a-f-]{36}/g, "…")
      counts[kind] = (counts[kind] ?? 0) + 1
    } catch {
      // It was closed in the meantime.
    }
  }
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a)
  return sorted
    .slice(0, 6)
    .map(([kind, times]) => `${times} ${kind}`)
    .join(", ")
}

async function look(minute: number): Promise<Look> {
  const response = await fetch(`${app.url}/api/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  const text = await response.text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN)
  const wal = statSync(path.join(dataDir, "sparkler.db-wal"), { throwIfNoEntry: false })?.size ?? 0
  return {
    minute,
    memory: value("process_resident_memory_bytes") / 2 ** 20,
    heap: value("nodejs_heap_size_used_bytes") / 2 ** 20,
    handles: value("process_open_fds"),
    streams: value("sparkler_event_streams"),
    running: value("sparkler_running_answers"),
    logRows: rowsOf(`SELECT count(*) AS n FROM "GenerationChunk"`),
    messages: rowsOf(`SELECT count(*) AS n FROM "Message"`),
    disk: (bytesIn(dataDir) - wal) / 1_024,
    wal: wal / 1_024,
  }
}

const cookies = await Promise.all(Array.from({ length: PEOPLE }, () => newGuest(app.url)))
const done: Record<string, number> = {}
const faults: string[] = []
const over = new AbortController()
const idleBefore = await look(0)
say(`${MINUTES} minutes, ${PEOPLE} people …`)
const began = performance.now()
const until = began + MINUTES * 60_000
const people = cookies.map((cookie) => new SoakPerson(app.url, cookie, done, faults))
const news = people.map((person) => person.hearNews(over.signal))
const acting = people.map(async (person) => {
  while (performance.now() < until) {
    await person.act()
    await wait(Math.random() * 2 * PAUSE_MS)
  }
})
const looks: Look[] = []
const looking = (async () => {
  while (performance.now() < until) {
    await wait(LOOK_MS)
    looks.push(await look((performance.now() - began) / 60_000))
  }
})()
await Promise.all([...acting, looking])
over.abort()
await Promise.all(news)
say("load ended …")
let idle = await look(MINUTES)
for (let tries = 0; tries < 60 && (idle.running > 0 || idle.logRows > 0 || idle.streams > 0); tries++) {
  await wait(1_000)
  idle = await look(MINUTES)
}
await wait(IDLE_MS)
idle = await look(MINUTES)

/** The checks in the fifth `n` (0 to 4) of the time. */
const fifth = (n: number) => looks.slice(Math.floor((looks.length * n) / 5), Math.floor((looks.length * (n + 1)) / 5))
const level = (of: Look[], name: "memory" | "heap" | "handles") =>
  // For the heap, the size after a garbage collection.
  quantile(
    of.map((one) => one[name]),
    name === "heap" ? 0.1 : 0.5,
  )
/** Kilobytes per additional message in a part of the time. */
const perMessage = (of: Look[]) => {
  const [first, last] = [of[0], of.at(-1)]
  return first && last ? (last.disk - first.disk) / Math.max(1, last.messages - first.messages) : Number.NaN
}
const half = Math.floor(looks.length / 2)
const compared: [name: keyof typeof MORE, what: string, early: number, late: number][] = [
  ["memory", "memory, MB", level(fifth(1), "memory"), level(fifth(4), "memory")],
  ["heap", "heap, MB", level(fifth(1), "heap"), level(fifth(4), "heap")],
  ["handles", "open files and connections", level(fifth(1), "handles"), level(fifth(4), "handles")],
  ["disk", "disk per message, KB", perMessage(looks.slice(0, half)), perMessage(looks.slice(half))],
]
const grown = compared.filter(([name, , early, late]) => !(late <= early * MORE[name][0] + MORE[name][1]))
const left = Object.entries({
  "rows of logs": idle.logRows,
  "running answers": idle.running,
  "event streams": idle.streams,
})
  .filter(([, value]) => value > 0)
  .map(([what, value]) => `${value} ${what} are left`)
if (idle.handles > idleBefore.handles + MORE.handles[1])
  left.push(
    `${idle.handles} open files and connections are left, ${idleBefore.handles} were at the start: ${openOf(app.pid)}`,
  )

const one = (value: number) => value.toFixed(1)
const rows = Array.from({ length: 10 }, (_, n) => looks[Math.floor(((n + 1) * looks.length) / 10) - 1]).filter(
  (row) => row !== undefined,
)
const written = ({ minute, memory, heap, handles, streams, running, logRows, messages, disk, wal }: Look) => [
  ...[one(minute), count(memory), count(heap), count(handles), count(streams), count(running), count(logRows)],
  ...[count(messages), one(disk / 1_024), one(wal / 1_024)],
]
console.info(`${machine()}, ${MINUTES} minutes, ${PEOPLE} people\n`)
console.info(
  table(
    [
      "minute",
      "memory, MB",
      "heap, MB",
      "handles",
      "streams",
      "running",
      "log rows",
      "messages",
      "disk, MB",
      "WAL, MB",
    ],
    [...rows, idle].map((row, n) => (n === rows.length ? ["idle", ...written(row).slice(1)] : written(row))),
  ),
)
console.info(
  `\n${table(
    ["metric", "second fifth (half)", "last fifth (half)"],
    compared.map(([, what, early, late]) => [what, one(early), one(late)]),
  )}`,
)
console.info(
  `\n${Object.entries(done)
    .map(([name, times]) => `${name} ${count(times)}`)
    .join(", ")}; ${faults.length} failed`,
)
for (const fault of [...new Set(faults)].slice(0, 5)) console.info(`  ${fault}`)
for (const [, what, early, late] of grown) console.info(`GROWS: ${what}: ${one(early)} → ${one(late)}`)
for (const what of left) console.info(`LEFT: ${what}`)

database.close()
await app.stop()
upstream.stop()
rmSync(dataDir, { recursive: true, force: true })
process.exit(grown.length + left.length + faults.length === 0 ? 0 : 1)
