/**
 * `npm run bench:page`: what the page costs the browser, in Chromium with the production build. The model server, the
 * app, and the browser run on one machine. Prints the README's table.
 */
import { setTimeout as wait } from "node:timers/promises"
import { type BrowserContext, chromium, type Page } from "@playwright/test"
import { v7 as uuidv7 } from "uuid"
import { ROW_PX } from "@/components/sidebar/layout"
import { findChromium } from "@/lib/cli/chromium.mjs"
import { startApp } from "../support/app"
import { ownerOf, seedConversation, seedConversations } from "../support/seed"
import { ask, newGuest, through } from "./client"
import { type Observed, observePage } from "./observe"
import { sandboxed } from "./sandboxed"
import { startUpstream } from "./start-upstream"
import { count, machine, median, ms, quantile, table } from "./stats"
import { longAnswer } from "./texts"

const OPENINGS = 5
const TYPED = "the quick brown fox jumps over the lazy dog, twice, and then it goes on to type a little more"
const FRAME_MS = 50

const rows: string[][] = []
const say = (line: string) => process.stderr.write(`${line}\n`)
const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} KB`

const upstream = await startUpstream()
const app = await startApp({
  env: { FIREWORKS_API_KEY: "bench", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench" },
})
const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox", "--disable-gpu"] })
try {
  const cookie = await newGuest(app.url)
  await emptyPage()
  const [small = "", large = ""] = await seed(cookie)
  await opening(cookie, small, "400 messages")
  await opening(cookie, large, "5,000 messages")
  for (const [tokens, rate] of [
    [3_000, 200],
    [750, 50],
  ] as const)
    await streaming(cookie, small, tokens, rate)
  await typing(cookie, small)
  await manyConversations(cookie, small)
  say("code in the sandbox …")
  rows.push(...(await sandboxed(await openPage(cookie, small))))
  console.info(`${machine()}, Chromium ${browser.version()}; everything on the same machine\n`)
  console.info(table(["metric", "measured", "target"], rows))
} finally {
  await browser.close()
  await app.stop()
  upstream.stop()
}

/** Creates two conversations of this guest, with 200 and 2,500 questions and long answers. */
async function seed(cookie: string): Promise<string[]> {
  say("two long conversations …")
  const first = uuidv7()
  await ask(through(app.url, cookie, { conversationId: first }), "bench n=1 rate=0")
  const userId = await ownerOf(app.dataDir, first)
  const conversation = (turns: number) =>
    seedConversation(app.dataDir, {
      userId,
      title: `${turns * 2} messages`,
      model: "bench",
      turns: Array.from({ length: turns }, (_, turn) => ({
        question: `Question ${turn + 1}: how does part ${turn + 1} work?`,
        answer: longAnswer(turn),
      })),
    })
  return [await conversation(200), await conversation(2_500)]
}

async function contextOf(cookie?: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const cookies = (cookie ?? "").split("; ").filter(Boolean)
  await context.addCookies(
    cookies.map((pair) => {
      const [name = "", ...value] = pair.split("=")
      return { name, value: value.join("="), url: app.url }
    }),
  )
  // tsx wraps functions with a helper that doesn't exist in a page.
  await context.addInitScript({ content: "globalThis.__name = (named) => named" })
  await context.addInitScript(observePage)
  return context
}

/** Bytes of JavaScript transferred until the page is idle. */
async function scriptBytes(page: Page, visit: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send("Network.enable")
  const scripts = new Set<string>()
  let bytes = 0
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId)
  })
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  await visit()
  await quiet(page)
  await session.detach()
  return bytes
}

/** No script has been requested for a second. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const [last = 0] = performance
      .getEntriesByType("resource")
      .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0))
      .sort((a, b) => b - a)
    return performance.now() - last > 1_000
  })
}

function observed(page: Page): Promise<Observed> {
  return page.evaluate(() => window.observed.read())
}

async function emptyPage(): Promise<void> {
  say("the empty page …")
  const runs: Observed[] = []
  let bytes = 0
  for (let run = 0; run < OPENINGS; run++) {
    const context = await contextOf()
    const page = await context.newPage()
    bytes = await scriptBytes(page, () => page.goto(app.url))
    runs.push(await observed(page))
    await context.close()
  }
  rows.push(["empty page: JavaScript", kilobytes(bytes), "200 KB"])
  rows.push([
    "empty page: first / largest paint",
    `${ms(median(runs.map(({ firstPaint }) => firstPaint)))} / ${ms(median(runs.map(({ largestPaint }) => largestPaint)))}`,
    "",
  ])
  rows.push(["empty page: blocking time", ms(median(runs.map(({ blocking }) => blocking))), ""])
}

/** Opens a conversation by its URL, with the build's files cached, as for a returning visitor. */
async function opening(cookie: string, id: string, name: string): Promise<void> {
  say(`opening ${name} …`)
  const context = await contextOf(cookie)
  const page = await context.newPage()
  const bytes = await scriptBytes(page, () => page.goto(`${app.url}/c/${id}`))
  const runs: Observed[] = []
  for (let run = 0; run < OPENINGS; run++) {
    await page.goto("about:blank")
    await page.goto(`${app.url}/c/${id}`)
    await quiet(page)
    runs.push(await observed(page))
  }
  const heap = await heapMegabytes(page)
  const of = (key: "lastVisible" | "blocking" | "elements" | "firstPaint") => median(runs.map((run) => run[key]))
  if (name.startsWith("400")) rows.push([`${name}: JavaScript`, kilobytes(bytes), "400 KB"])
  rows.push([`${name}: last message visible`, ms(of("lastVisible")), "500 ms"])
  rows.push([`${name}: first paint / blocking time`, `${ms(of("firstPaint"))} / ${ms(of("blocking"))}`, ""])
  rows.push([`${name}: elements`, count(of("elements")), "5,000"])
  rows.push([`${name}: heap`, `${heap.toFixed(0)} MB`, ""])
  await context.close()
}

async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send("HeapProfiler.collectGarbage")
  const { usedSize } = await session.send("Runtime.getHeapUsage")
  await session.detach()
  return usedSize / 1e6
}

async function openPage(cookie: string, id: string): Promise<Page> {
  const page = await (await contextOf(cookie)).newPage()
  await page.goto(`${app.url}/c/${id}`)
  await page.getByRole("textbox", { name: "Message", exact: true }).click()
  await quiet(page)
  return page
}

/** Streams a Markdown answer into the conversation with 400 messages. */
async function streaming(cookie: string, id: string, tokens: number, rate: number): Promise<void> {
  const name = `${count(tokens)} tokens at ${rate}/s`
  say(`${name} …`)
  const page = await openPage(cookie, id)
  await page.evaluate(() => window.observed.start())
  await page.keyboard.type(`bench md=${tokens} rate=${rate}`)
  await page.keyboard.press("Enter")
  await page.locator('article[data-role="assistant"][data-status="streaming"]').waitFor()
  await page
    .locator('article[data-role="assistant"][data-status="streaming"]')
    .waitFor({ state: "detached", timeout: 180_000 })
  const { frames, lastChange, farthest } = await observed(page)
  const [ended = Number.NaN] = (await (await fetch(`${upstream.url}/ended`)).json()).slice(-1)
  rows.push([
    `${name}: frames over ${FRAME_MS} ms`,
    `${count(frames.filter((frame) => frame > FRAME_MS).length)} of ${count(frames.length)}, worst ${ms(Math.max(...frames))}`,
    "0",
  ])
  rows.push([`${name}: end visible after the last token`, ms(lastChange - ended), rate === 200 ? "100 ms" : ""])
  rows.push([`${name}: largest distance from the end`, `${Math.round(farthest)} px`, rate === 200 ? "at the end" : ""])
  await page.context().close()
}

/** A page with 10,000 conversations, scrolling through their list. */
async function manyConversations(cookie: string, id: string): Promise<void> {
  const name = "10,000 conversations"
  say(`${name} …`)
  await seedConversations(app.dataDir, { userId: await ownerOf(app.dataDir, id), count: 10_000 })
  const page = await (await contextOf(cookie)).newPage()
  const runs: (Observed & { bytes: number })[] = []
  for (let run = 0; run < OPENINGS; run++) {
    await page.goto("about:blank")
    const response = await page.goto(app.url)
    await quiet(page)
    runs.push({ ...(await observed(page)), bytes: (await response?.body())?.length ?? Number.NaN })
  }
  const of = (key: "firstPaint" | "blocking" | "elements" | "bytes") => median(runs.map((run) => run[key]))
  rows.push([`${name}: first paint / blocking time`, `${ms(of("firstPaint"))} / ${ms(of("blocking"))}`, ""])
  rows.push([`${name}: page / elements`, `${kilobytes(of("bytes"))} / ${count(of("elements"))}`, ""])
  await page.evaluate(() => window.observed.start())
  const { deepest, scrolled } = await wheelThrough(page)
  const { frames } = await observed(page)
  rows.push([
    `${name}: frames over ${FRAME_MS} ms while scrolling ${count(scrolled)} of them`,
    `${count(frames.filter((frame) => frame > FRAME_MS).length)} of ${count(frames.length)}, worst ${ms(Math.max(...frames))}`,
    "0",
  ])
  rows.push([`${name}: links in the list afterwards`, count(deepest), ""])
  await page.context().close()
}

/**
 * Scrolls through the list for ten seconds. Returns the maximum number of links at once, and how many were scrolled by.
 */
async function wheelThrough(page: Page): Promise<{ deepest: number; scrolled: number }> {
  const links = page.getByRole("navigation").locator("a[data-row]")
  await links.first().hover()
  let deepest = 0
  const until = Date.now() + 10_000
  while (Date.now() < until) {
    await page.mouse.wheel(0, 1_200)
    await wait(50)
    deepest = Math.max(deepest, await links.count())
  }
  const pixels = await links.last().evaluate((link) => {
    let scroller = link.parentElement
    while (scroller && scroller.scrollTop === 0) scroller = scroller.parentElement
    return scroller?.scrollTop ?? 0
  })
  return { deepest, scrolled: Math.round(pixels / ROW_PX) }
}

async function typing(cookie: string, id: string): Promise<void> {
  say("typing …")
  const page = await openPage(cookie, id)
  await page.evaluate(() => window.observed.start())
  await page.keyboard.type(TYPED, { delay: 60 })
  const { keys, frames } = await observed(page)
  rows.push([
    "typing in 400 messages: key to paint p95",
    `${ms(quantile(keys, 0.95))} (median ${ms(median(keys))}, frames over ${FRAME_MS} ms: ${frames.filter((frame) => frame > FRAME_MS).length})`,
    "17 ms",
  ])
  await page.context().close()
}
