/** Many concurrent answers: what each reader sees, and what the server uses. */
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import type { App } from "../support/app"
import { ask, newGuest, raw, type Target, through } from "./client"
import { type Figures, ms, processorSeconds, quantile, residentMegabytes } from "./stats"

const RATE = 30
const TOKENS = 300
/** Streams per guest: below the app's limit. */
const PER_GUEST = 5
const AFTERWARDS_MS = 60_000

const words = (n: number) => Array.from({ length: n }, (_, index) => `w${index}`).join(" ")

/** Many answers of 30 tokens/s, started within a second, on a server that has done nothing else. */
export async function manyStreams(app: App, streams: number, { upstream, say, row }: Figures) {
  say(`${streams} streams of ${RATE} tokens/s …`)
  const direct = await load(Array.from({ length: streams }, () => raw(upstream)))
  const { ours, used, memory, wrong } = await measureThroughApp(app, streams)
  const goal =
    streams === 50 ? ["100 ms", "36 ms", "3 s", "250 MB", ""] : ["500 ms", "60 ms", "10 s", "400 MB", "250 MB"]
  const name = `${streams} streams of ${RATE} tokens/s`
  row(`${name}: first token p95`, ms(direct.firstP95), ms(ours.firstP95), goal[0] ?? "")
  row(`${name}: gap between tokens p95`, ms(direct.gapP95), ms(ours.gapP95), goal[1] ?? "")
  row(`${name}: broken answers, as read / as stored`, `${direct.broken}`, `${ours.broken} / ${wrong}`, "0 / 0")
  row(`${name}: CPU time`, "", `${used.toFixed(1)} s`, goal[2] ?? "")
  row(`${name}: peak memory`, "", `${Math.round(memory)} MB`, goal[3] ?? "")
  await wait(AFTERWARDS_MS)
  row(`${name}: memory after one minute`, "", `${Math.round(residentMegabytes(app.pid))} MB`, goal[4] ?? "")
}

/** The same through the app: what readers see, CPU seconds, peak megabytes, and incorrectly stored answers. */
export async function measureThroughApp(app: App, streams: number) {
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
  const stored = await Promise.all(
    places.map(({ conversationId, cookie }) => storedText(app.url, conversationId, cookie)),
  )
  const wrong = stored.filter((text) => text !== words(TOKENS)).length
  return { ours, used, memory, wrong }
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

async function storedText(app: string, conversationId: string, cookie: string): Promise<string> {
  const response = await fetch(`${app}/api/conversations/${conversationId}`, { headers: { cookie } })
  const { messages } = await response.json()
  return messages
    .at(-1)
    .parts.map((part: { text?: string }) => part.text ?? "")
    .join("")
}
