/**
 * `npm run bench`: what the app costs between a model server and a reader, measured from outside. Its own model server,
 * the production build with the settings of `npm start`, and the load generator run on one machine; each figure is
 * measured directly and through the app in one run, with a fresh process for each load. Prints the README's table.
 * `--quick`: fewer repetitions, and only what is reliable on a loaded machine (CPU time, memory). `--parts`: measures
 * what each optimization of the token path saves, instead.
 */
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { type App, startApp } from "../support/app"
import { ask, newGuest, type Place, type RawMessage, raw, type Target, through } from "./client"
import { coldStart } from "./cold"
import { manyStreams } from "./many"
import { partsTable } from "./parts"
import { startUpstream } from "./start-upstream"
import { count, type Figures, machine, median, ms, quantile, table } from "./stats"

const RUNS = 40
const WARM_UP = 8
const FAST_TOKENS = 40_000
const RATE = 30
const STOPS = 20

const quick = process.argv.includes("--quick")
const rows: string[][] = []
const say = (line: string) => process.stderr.write(`${line}\n`)
const words = (n: number) => Array.from({ length: n }, (_, index) => `w${index}`).join(" ")

const upstream = await startUpstream()
const figures: Figures = { upstream: upstream.url, say, row: (...cells) => void rows.push(cells) }
const start = (env: Record<string, string> = {}) =>
  startApp({ env: { FIREWORKS_API_KEY: "bench", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench", ...env } })

try {
  if (process.argv.includes("--parts")) {
    console.info(`${machine()}; model server and load on the same machine\n`)
    console.info(await partsTable(start, say))
  } else await wholeTable()
} finally {
  upstream.stop()
}

async function wholeTable() {
  await coldStart(start, figures, { questions: quick ? 100 : 300 })
  if (!quick)
    await onFresh(async (app) => {
      await firstTokens(app)
      await fastStream(app)
      await stops(app)
    })
  for (const streams of quick ? [50] : [50, 200]) await onFresh((app) => manyStreams(app, streams, figures))
  console.info(`${machine()}; model server and load on the same machine\n`)
  console.info(table(["metric", "raw model server", "through Sparkler", "target"], rows))
}

/** Runs on a process that has done nothing else. */
async function onFresh(measure: (app: App) => Promise<void>): Promise<void> {
  const app = await start()
  try {
    await measure(app)
  } finally {
    await app.stop()
  }
}

/**
 * Time to the first token: in a new conversation and after 400 stored messages, directly and through the app,
 * alternating. The direct request has as many messages as the app has to send.
 */
async function firstTokens(app: App) {
  say("first token …")
  const cookie = await newGuest(app.url)
  const { place, messages } = await longConversation(app, cookie)
  const targets = {
    raw: raw(upstream.url),
    fresh: through(app.url, cookie),
    rawLong: raw(upstream.url, messages),
    long: through(app.url, cookie, place),
  }
  const names = ["raw", "fresh", "rawLong", "long"] as const
  const times: Record<keyof typeof targets, number[]> = { raw: [], fresh: [], rawLong: [], long: [] }
  for (let run = -WARM_UP; run < RUNS; run++)
    for (const name of names) {
      const { firstMs } = await ask(targets[name], "bench n=5 rate=0")
      if (run >= 0) times[name].push(firstMs)
    }
  const row = (name: string, direct: number[], ours: number[], goal: string) => {
    const over = `+${ms(median(ours) - median(direct))}, p95 ${ms(quantile(ours, 0.95))}`
    rows.push([name, ms(median(direct)), `${ms(median(ours))} (${over})`, goal])
  }
  row("first token, new conversation", times.raw, times.fresh, "+5 ms")
  row("first token, 400 stored messages", times.rawLong, times.long, "+8 ms")
}

/** 200 questions with long answers: where they are stored, and the messages sent to the model. */
async function longConversation(app: App, cookie: string): Promise<{ place: Place; messages: RawMessage[] }> {
  const conversationId = uuidv7()
  const messages: RawMessage[] = []
  let parentId: string | null = null
  for (let turn = 0; turn < 200; turn++) {
    const responseId = uuidv7()
    const target = through(app.url, cookie, { conversationId, parentId })
    const question = `long ${turn}`
    const { text } = await ask(target, "", { ...target.body(question), responseId })
    messages.push({ role: "user", content: question }, { role: "assistant", content: text })
    parentId = responseId
  }
  return { place: { conversationId, parentId }, messages }
}

/** One answer at full speed. */
async function fastStream(app: App) {
  say("one fast stream …")
  const cookie = await newGuest(app.url)
  const perSecond = async (target: Target) => {
    const speeds: number[] = []
    for (let run = 0; run < 4; run++) {
      const { restMs, text } = await ask(target, `bench n=${FAST_TOKENS} rate=0`)
      if (text !== words(FAST_TOKENS)) throw new Error("a fast answer was broken")
      if (run > 0) speeds.push(FAST_TOKENS / (restMs / 1_000))
    }
    return median(speeds)
  }
  const direct = await perSecond(raw(upstream.url))
  const ours = await perSecond(through(app.url, cookie))
  const share = `${((ours / direct) * 100).toFixed(0)}% of raw`
  rows.push([
    "one stream at full speed",
    `${count(direct)} tokens/s`,
    `${count(ours)} tokens/s (${share})`,
    "20,000 tokens/s",
  ])
}

/** From the stop request until the model server sees its stream closed. */
async function stops(app: App) {
  say("stops …")
  const cookie = await newGuest(app.url)
  const times: number[] = []
  for (let run = 0; run < STOPS; run++) {
    const conversationId = uuidv7()
    const answer = ask(through(app.url, cookie, { conversationId }), `bench n=100000 rate=${RATE}`)
    await wait(150)
    const closedBefore = (await closings()).length
    const askedAt = Date.now()
    await fetch(`${app.url}/api/chat/${conversationId}/stop`, { method: "POST", headers: { cookie, origin: app.url } })
    await answer
    let closed = await closings()
    while (closed.length === closedBefore) {
      if (Date.now() - askedAt > 10_000) throw new Error("a stopped answer's stream was not closed")
      closed = await closings()
    }
    times.push((closed.at(-1) ?? Number.NaN) - askedAt)
  }
  rows.push(["stop → model server's stream closed, worst of 20", "", ms(Math.max(...times)), "100 ms"])
}

async function closings(): Promise<number[]> {
  return (await fetch(`${upstream.url}/closed`)).json()
}
