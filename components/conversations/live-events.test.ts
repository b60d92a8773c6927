import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { subscribeToLiveEvents } from "@/components/conversations/live-events"

/** Mock of the browser's `EventSource` opened by the page. */
class Source extends EventTarget {
  static CLOSED = 2
  readyState = 0
  constructor(readonly url: string) {
    super()
    sources.push(this)
  }
  close(): void {
    this.readyState = Source.CLOSED
  }
  /** The browser gives up because the server responded with an error. */
  refuse(): void {
    this.readyState = Source.CLOSED
    this.dispatchEvent(new Event("error"))
  }
  /** The connection was cut. */
  cut(): void {
    this.dispatchEvent(new Event("error"))
  }
}
let sources: Source[]

beforeEach(() => {
  sources = []
  vi.useFakeTimers()
  vi.stubGlobal("EventSource", Source)
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const hear = (isOver: () => Promise<boolean>) => subscribeToLiveEvents({ onEvent: () => {}, onOpen: () => {}, isOver })
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it("reopens the stream with growing delays, even if each one opens and ends immediately", async () => {
  const leave = hear(async () => false)
  for (let second = 0, seen = 0; second < 60; second++) {
    for (const source of sources.slice(seen)) {
      source.dispatchEvent(new Event("open"))
      source.cut()
      seen++
    }
    await pass(1_000)
  }
  expect(sources.length).toBeGreaterThan(5)
  expect(sources.length).toBeLessThan(15)
  leave()
})

it("stops after a permanent rejection until the page becomes visible again", async () => {
  let asked = 0
  const leave = hear(async () => {
    asked++
    return true
  })
  sources[0]?.refuse()
  await pass(60 * 60 * 1_000)
  expect([sources.length, asked]).toEqual([1, 1])
  document.dispatchEvent(new Event("visibilitychange"))
  expect(sources).toHaveLength(2)
  leave()
})

it("reconnects after a temporary rejection", async () => {
  const leave = hear(async () => false)
  sources[0]?.refuse()
  await pass(400)
  expect(sources).toHaveLength(2)
  leave()
  await pass(60_000)
  expect(sources).toHaveLength(2)
})
