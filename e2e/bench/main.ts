/**
 * `npm run bench`: what the app costs between a model server and a reader. Its own model server, the production build,
 * and the load run on one machine; raw and through the app in one run. Prints the README's table.
 */
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { startApp } from "../support/app"
import { ask, newGuest, type Place, type RawMessage, raw, type Target, through } from "./client"
import { startUpstream } from "./start-upstream"
import { count, machine, median, ms, processorSeconds, quantile, residentMegabytes, table } from "./stats"

const RUNS = 40
const WARM_UP = 8
const FAST_TOKENS = 40_000
const RATE = 30
const TOKENS = 300
const STOPS = 20
/** Streams of one guest: below the app's limit. */
const PER_GUEST = 5

const rows: string[][] = []
const say = (line: string) => process.stderr.write(`${line}\n`)
const words = (n: number) => Array.from({ length: n }, (_, index) => `w${index}`).join(" ")

const upstream = await startUpstream()
const app = await startApp({
  env: { FIREWORKS_API_KEY: "bench", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench" },
})
try {
  await firstTokens()
  await fastStream()
  await stops()
  for (const streams of [50, 200]) await manyStreams(streams)
  console.info(`${machine()}; model server and load on the same machine\n`)
  console.info(table(["what", "raw model server", "through Sparkler", "to reach"], rows))
} finally {
  await app.stop()
  upstream.stop()
}

/**
 * Time to the first token: in a new conversation and behind 400 stored messages, raw and through the app, in turns. Raw
 * is asked the same: with as many messages as the app has to send.
 */
async function firstTokens() {
  say("first token …")
  const cookie = await newGuest(app.url)
  const { place, messages } = await longConversation(cookie)
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

/** 200 questions with long answers: where they are stored, and what a model is sent of them. */
async function longConversation(cookie: string): Promise<{ place: Place; messages: RawMessage[] }> {
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

/** One answer as fast as it goes. */
async function fastStream() {
  say("one fast stream …")
  const cookie = await newGuest(app.url)
  const perSecond = async (target: Target) => {
    const speeds: number[] = []
    for (let run = 0; run < 4; run++) {
      const { restMs, text } = await ask(target, `bench n=${FAST_TOKENS} rate=0`)
      if (text !== words(FAST_TOKENS)) throw new Error("a fast answer came broken")
      if (run > 0) speeds.push(FAST_TOKENS / (restMs / 1_000))
    }
    return median(speeds)
  }
  const direct = await perSecond(raw(upstream.url))
  const ours = await perSecond(through(app.url, cookie))
  const share = `${((ours / direct) * 100).toFixed(0)} % of raw`
  rows.push([
    "one stream as fast as it goes",
    `${count(direct)} tokens/s`,
    `${count(ours)} tokens/s (${share})`,
    "20,000 tokens/s",
  ])
}

/** From the stop request to the moment at which the model server sees its stream closed. */
async function stops() {
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

/** Many answers of 30 tokens/s, started within a second. */
async function manyStreams(streams: number) {
  say(`${streams} streams of ${RATE} tokens/s …`)
  const direct = await load(Array.from({ length: streams }, () => raw(upstream.url)))
  const guests = await Promise.all(Array.from({ length: Math.ceil(streams / PER_GUEST) }, () => newGuest(app.url)))
  const places = Array.from({ length: streams }, (_, index) => ({
    conversationId: uuidv7(),
    cookie: guests[Math.floor(index / PER_GUEST)] ?? "",
  }))
  await wait(1_000)
  const usedBefore = processorSeconds(app.pid)
  let memory = 0
  const sampling = setInterval(() => {
    memory = Math.max(memory, residentMegabytes(app.pid))
  }, 250)
  const ours = await load(places.map(({ conversationId, cookie }) => through(app.url, cookie, { conversationId })))
  clearInterval(sampling)
  const used = processorSeconds(app.pid) - usedBefore
  const stored = await Promise.all(places.map(({ conversationId, cookie }) => storedText(conversationId, cookie)))
  const wrong = stored.filter((text) => text !== words(TOKENS)).length
  const goal = streams === 50 ? ["100 ms", "36 ms", "3 s", "250 MB"] : ["500 ms", "60 ms", "10 s", "400 MB"]
  const name = `${streams} streams of ${RATE} tokens/s`
  rows.push([`${name}: first token p95`, ms(direct.firstP95), ms(ours.firstP95), goal[0] ?? ""])
  rows.push([`${name}: gap between tokens p95`, ms(direct.gapP95), ms(ours.gapP95), goal[1] ?? ""])
  rows.push([`${name}: answers broken, as read / as stored`, `${direct.broken}`, `${ours.broken} / ${wrong}`, "0 / 0"])
  rows.push([`${name}: processor time`, "", `${used.toFixed(1)} s`, goal[2] ?? ""])
  rows.push([`${name}: memory at its highest`, "", `${Math.round(memory)} MB`, goal[3] ?? ""])
}

async function load(targets: Target[]) {
  const answers = await Promise.all(
    targets.map(async (target, index) => {
      await wait((index / targets.length) * 1_000)
      return ask(target, `bench n=${TOKENS} rate=${RATE}`)
    }),
  )
  return {
    firstP95: quantile(
      answers.map(({ firstMs }) => firstMs),
      0.95,
    ),
    gapP95: quantile(
      answers.flatMap(({ gaps }) => gaps),
      0.95,
    ),
    broken: answers.filter(({ text }) => text !== words(TOKENS)).length,
  }
}

async function storedText(conversationId: string, cookie: string): Promise<string> {
  const response = await fetch(`${app.url}/api/conversations/${conversationId}`, { headers: { cookie } })
  const { messages } = await response.json()
  return messages
    .at(-1)
    .parts.map((part: { text?: string }) => part.text ?? "")
    .join("")
}
