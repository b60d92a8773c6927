/** A server from its start: how long its first visitor waits, and what a question costs. */
import { setTimeout as wait } from "node:timers/promises"
import type { App } from "../support/app"
import { ask, firstByte, newGuest, through } from "./client"
import { type Figures, median, ms, processorSeconds, quantile, residentMegabytes } from "./stats"

const STARTS = 3
const LATER = 40
/** Milliseconds after which a server counts as idle, and between two questions of one person. */
const IDLE_MS = 5_000
const PAUSE_MS = 30

/** Several fresh starts; the last one is asked many questions. */
export async function coldStart(start: () => Promise<App>, figures: Figures, { questions }: { questions: number }) {
  figures.say("fresh starts …")
  const ready: number[] = []
  const pages: number[] = []
  const firsts: number[] = []
  for (let left = STARTS; left > 0; left--) {
    const startedAt = performance.now()
    const app = await start()
    ready.push(performance.now() - startedAt)
    try {
      if (left === 1) await idle(app, figures)
      pages.push(await firstByte(app.url))
      const cookie = await newGuest(app.url)
      firsts.push((await ask(through(app.url, cookie), "bench n=1 rate=0")).firstMs)
      if (left > 1) continue
      const later: number[] = []
      for (let run = 0; run < LATER; run++) later.push(await firstByte(app.url))
      figures.row("startup time, median of 3", "", ms(median(ready)), "2,000 ms")
      figures.row("first byte of the page: first request after startup", "", ms(median(pages)), "150 ms")
      figures.row(
        "first byte of the page: later requests",
        "",
        `${ms(median(later))} (p95 ${ms(quantile(later, 0.95))})`,
        "10 ms",
      )
      figures.row("first token of the first question after startup", "", ms(median(firsts)), "same as later ones")
      await cost(app, cookie, figures, questions)
    } finally {
      await app.stop()
    }
  }
}

async function idle({ pid }: App, { row }: Figures) {
  await wait(IDLE_MS)
  row("memory: idle after startup", "", `${Math.round(residentMegabytes(pid))} MB`, "150 MB")
}

/** Questions one after the other, each in a new conversation, including titles and indexing. */
async function cost({ url, pid }: App, cookie: string, { row, say }: Figures, questions: number) {
  say("what a question costs …")
  const round = async () => {
    const before = processorSeconds(pid)
    for (let run = 0; run < questions; run++) {
      await ask(through(url, cookie), "bench n=1 rate=0")
      await wait(PAUSE_MS)
    }
    await wait(IDLE_MS)
    return ((processorSeconds(pid) - before) / questions) * 1_000
  }
  row(`CPU time per question, first ${questions} questions, title included`, "", ms(await round()), "")
  row("CPU time per later question, title included", "", ms(await round()), "12 ms")
}
