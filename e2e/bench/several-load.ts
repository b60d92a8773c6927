/**
 * Three processes of a build behind nginx, with their own PostgreSQL and Redis, people who ask questions through it,
 * and the stored outcome of their questions.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { contradictions, type Look, Person, type Turn } from "@/app/api/several/clients.fixture"
import { missing, Nginx, OwnPostgres } from "@/app/api/several/several.fixture"
import { OwnRedis } from "@/lib/redis/own-redis.fixture"
import { type App, freePort, startApp } from "../support/app"
import { newGuest } from "./client"
import { startUpstream } from "./start-upstream"
import { quantile } from "./stats"

export const say = (line: string) => console.info(line)
export const row = (what: string, value: string | number) => say(`| ${what} | ${value} |`)

/** Tokens per second, and per answer. */
export const RATE = 30
const TOKENS = 150
/** Streams per guest: below the app's limit. */
const PER_GUEST = 5

const question = (words: number, rate: number) => `bench n=${words} rate=${rate}`
const wholeOf = ({ words }: Turn) => Array.from({ length: words }, (_, n) => `w${n}`).join(" ")
const textOf = (parts: unknown) =>
  (Array.isArray(parts) ? parts : []).map((part) => (part.type === "text" ? part.text : "")).join("")

export interface Several {
  postgres: OwnPostgres
  redis: OwnRedis
  nginx: Nginx
  apps: App[]
  /** Starts process 0, 1, or 2 from the build in this folder, by default the current one. */
  start(n: number, root?: string): Promise<void>
  close(): Promise<void>
}

/** Starts everything. Throws if a required program isn't installed. */
export async function startSeveral(root?: string): Promise<Several> {
  const lacks = missing()
  if (lacks) throw new Error(`${lacks} is not installed.`)
  const [postgres, redis, upstream] = [await OwnPostgres.start(), await OwnRedis.start(), await startUpstream()]
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-scale-"))
  const env = {
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench" },
    ...{ FIREWORKS_API_KEY: "fw-bench", AUTH_SECRET: "s".repeat(40), GUEST_ANSWERS_PER_DAY: "1000000" },
  }
  const ports = [await freePort(), await freePort(), await freePort()]
  const apps: App[] = []
  const start = async (n: number, from = root) => {
    apps[n] = await startApp({ dataDir, port: ports[n], env, root: from })
  }
  await Promise.all([0, 1, 2].map((n) => start(n)))
  const nginx = await Nginx.start(ports)
  const close = async () => {
    await nginx.close()
    await Promise.all(apps.map((app) => app.stop("SIGINT")))
    await redis.close()
    postgres.close()
    upstream.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { postgres, redis, nginx, apps, start, close }
}

export interface Outcome {
  turns: Turn[]
  accepted: number
  /** Number of answers by stored outcome; `lost`: accepted messages that aren't stored. */
  counts: { complete: number; interrupted: number; wrong: number; lost: number; twice: number }
  /** Contradictions in one conversation with three writers that no order of its messages explains. */
  found: string[]
  shared: { turns: Turn[]; looks: Look[] }
}

/** This many people ask continuously, and three more in one conversation that is also read, until `end`. */
export async function startLoad({ nginx, postgres }: Several, streams: number) {
  const count = Math.ceil(streams / PER_GUEST) + 1
  const guests = await Promise.all(Array.from({ length: count }, () => newGuest(nginx.url)))
  const personOf = (n: number) => new Person(nginx.url, guests[n] ?? "", question)
  const talks = Array.from({ length: streams }, () => ({ id: uuidv7(), turns: [] as Turn[] }))
  const shared = { id: uuidv7(), turns: [] as Turn[], looks: [] as Look[] }
  let over = false
  const isOver = () => over
  const load = talks.map(async ({ id, turns }, n) => {
    await wait((n / streams) * 1_000)
    while (!over) turns.push(await personOf(Math.floor(n / PER_GUEST)).ask(id, TOKENS, RATE, isOver))
  })
  const last = personOf(guests.length - 1)
  const writers = [1, 2, 3].map(async () => {
    while (!over) shared.turns.push(await last.ask(shared.id, 2, 100, isOver))
  })
  const watcher = (async () => {
    while (!over) {
      const look = await last.look(shared.id)
      if (look) shared.looks.push(look)
      await wait(100)
    }
  })()
  return async (): Promise<Outcome> => {
    over = true
    await Promise.all([...load, ...writers, watcher])
    await untilAllEnded(postgres)
    const turns = [...talks, shared].flatMap((talk) => talk.turns)
    const accepted = turns.filter((turn) => turn.accepted !== null).length
    return { turns, accepted, shared, ...(await stored(postgres, turns, shared)) }
  }
}

async function untilAllEnded(postgres: OwnPostgres): Promise<void> {
  for (let left = 100; left > 0; left--) {
    const [open] = await postgres.query(`SELECT count(*) AS open FROM "Generation" WHERE "endedAt" IS NULL`)
    if (open?.open === "0") return
    await wait(200)
  }
}

async function stored(postgres: OwnPostgres, turns: Turn[], shared: { id: string; turns: Turn[]; looks: Look[] }) {
  const rows = await postgres.query(
    `SELECT "id", "parentId", "role", "status", "conversationId", "parts", "error" FROM "Message"`,
  )
  const byId = new Map(rows.map((each) => [each.id, each]))
  const counts = { complete: 0, interrupted: 0, wrong: 0, lost: 0, twice: 0 }
  for (const turn of turns) {
    const answer = byId.get(turn.answerId)
    if (turn.accepted !== null && !(answer && byId.has(turn.id))) counts.lost++
    if (!answer) continue
    const text = textOf(answer.parts)
    if (answer.status === "complete" && text === wholeOf(turn)) counts.complete++
    else if (answer.status === "interrupted" && wholeOf(turn).startsWith(text)) counts.interrupted++
    else {
      counts.wrong++
      const error = JSON.stringify(answer.error)
      say(`wrong: ${answer.status}, ${text.length} of ${wholeOf(turn).length} characters: ${text.slice(-40)} ${error}`)
    }
    if (rows.filter(({ parentId, role }) => parentId === turn.id && role === "assistant").length > 1) counts.twice++
  }
  const order: string[] = []
  for (let at: unknown = null; ; ) {
    const next = rows.find((each) => each.conversationId === shared.id && each.parentId === at)
    if (!next) break
    if (next.role === "user") order.push(String(next.id))
    at = next.id
  }
  return { counts, found: contradictions(order, shared.turns, shared.looks) }
}

/** Milliseconds to the first token of each answer that started before this moment, and between two chunks of it. */
export function latenciesBefore(turns: Turn[], moment: number): { first95: number; gap95: number } {
  const calm = turns.filter(({ arrivals }) => (arrivals[0] ?? Infinity) < moment)
  const gaps = calm.flatMap(({ arrivals }) => arrivals.slice(1).map((at, n) => at - (arrivals[n] ?? at)))
  const firsts = calm.map(({ arrivals, asked }) => (arrivals[0] ?? asked) - asked)
  return { first95: quantile(firsts, 0.95), gap95: quantile(gaps, 0.95) }
}

/** Prints the rows with the outcome of the questions. True if nothing is lost, wrong, or duplicated. */
export function printOutcome({ turns, accepted, counts, found, shared }: Outcome): boolean {
  row("messages accepted / lost", `${accepted} / ${counts.lost}`)
  row("answers complete / interrupted, text kept", `${counts.complete} / ${counts.interrupted}`)
  row("answers wrong / duplicated", `${counts.wrong} / ${counts.twice}`)
  row(
    "streams that broke and resumed",
    turns.reduce((sum, { breaks }) => sum + breaks, 0),
  )
  row(
    `one conversation, ${shared.turns.length} messages from three writers, ${shared.looks.length} reads`,
    found.length === 0 ? "linearizable" : found.slice(0, 3).join("; "),
  )
  return counts.lost + counts.wrong + counts.twice + found.length === 0
}
