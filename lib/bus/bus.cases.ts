/**
 * Tests that every bus must pass: run by `memory.test.ts`, and by `hub.test.ts` for one that reaches other processes.
 */
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { Bus } from "@/lib/bus/bus"

export interface Buses {
  /** The bus as seen by two processes; the same one twice if there is only one process. */
  here: Bus
  there: Bus
  close(): Promise<void>
}

/** Collects all messages of a topic from now on. */
async function heardOf(bus: Bus, topic: string) {
  const heard: string[] = []
  const leave = await bus.subscribe(topic, { hear: (text) => void heard.push(text) })
  return { heard, leave }
}

export function busCases(make: () => Promise<Buses>): void {
  let buses: Buses
  let count = 0
  const topicOfOwn = () => `topic-${++count}`
  beforeAll(async () => {
    buses = await make()
  })
  afterAll(() => buses.close())

  test("every subscriber in every process receives each message once, in its publisher's order", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    const all = [await heardOf(here, topic), await heardOf(here, topic), await heardOf(there, topic)]
    const texts = Array.from({ length: 200 }, (_, n) => `message ${n}`)
    // Not sequentially, because a publisher need not wait.
    await Promise.all(texts.map((text) => here.publish(topic, text)))
    for (const { heard } of all) await expect.poll(() => heard.length).toBe(200)
    for (const { heard } of all) expect(heard).toEqual(texts)
  })

  test("messages from two processes reach all subscribers in order per process", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    const all = [await heardOf(here, topic), await heardOf(there, topic)]
    const numbers = Array.from({ length: 50 }, (_, n) => n)
    await Promise.all(numbers.flatMap((n) => [here.publish(topic, `h${n}`), there.publish(topic, `t${n}`)]))
    for (const { heard } of all) {
      await expect.poll(() => heard.length).toBe(100)
      for (const from of ["h", "t"])
        expect(heard.filter((text) => text.startsWith(from))).toEqual(numbers.map((n) => `${from}${n}`))
    }
  })

  test("a message is delivered only on its topic, and not to later subscribers", async () => {
    const { here, there } = buses
    const [topic, other] = [topicOfOwn(), topicOfOwn()]
    const early = await heardOf(there, topic)
    const elsewhere = await heardOf(there, other)
    await here.publish(topic, "before")
    await expect.poll(() => early.heard).toEqual(["before"])
    const late = await heardOf(there, topic)
    await here.publish(topic, "after")
    await here.publish(other, "elsewhere")
    await expect
      .poll(() => [early.heard, late.heard, elsewhere.heard])
      .toEqual([["before", "after"], ["after"], ["elsewhere"]])
  })

  test("publishing without subscribers does nothing", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    await here.publish(topic, "lost")
    const { heard } = await heardOf(there, topic)
    await here.publish(topic, "heard")
    await expect.poll(() => heard).toEqual(["heard"])
  })

  test("an unsubscribed listener receives nothing more, and the others continue", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    const [gone, stays] = [await heardOf(there, topic), await heardOf(there, topic)]
    await here.publish(topic, "one")
    await expect.poll(() => gone.heard).toEqual(["one"])
    gone.leave()
    gone.leave()
    await here.publish(topic, "two")
    await expect.poll(() => stays.heard).toEqual(["one", "two"])
    expect(gone.heard).toEqual(["one"])
  })

  test("a listener may unsubscribe, subscribe, and publish while handling a message", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    const heard: string[] = []
    const behind = await heardOf(there, topic)
    const leave = await there.subscribe(topic, {
      hear: (text) => {
        heard.push(text)
        leave()
        void there.publish(topic, `heard ${text}`)
      },
    })
    const last = await heardOf(there, topic)
    await Promise.all([here.publish(topic, "one"), here.publish(topic, "two")])
    for (const one of [behind, last]) await expect.poll(() => one.heard.length).toBe(3)
    // Subscribers receive concurrent messages in the same order.
    expect(behind.heard).toEqual(last.heard)
    expect(behind.heard.toSorted()).toEqual(["heard one", "one", "two"])
    expect(heard).toEqual(["one"])
  })

  test("a throwing subscriber does not affect the others", async () => {
    const { here, there } = buses
    const logged = vi.spyOn(console, "error").mockImplementation(() => {})
    const topic = topicOfOwn()
    await there.subscribe(topic, {
      hear: () => {
        throw new Error("not my day")
      },
    })
    const { heard } = await heardOf(there, topic)
    await here.publish(topic, "one")
    await here.publish(topic, "two")
    await expect.poll(() => heard).toEqual(["one", "two"])
    expect(logged.mock.calls.flat().join()).toContain("not my day")
    logged.mockRestore()
  })

  test("a message is a text of any length and any characters", async () => {
    const { here, there } = buses
    const topic = topicOfOwn()
    const { heard } = await heardOf(there, topic)
    const texts = ["", "\n\r\0\u2028", "𝒳é漢\ud800", "x".repeat(3_000_000), JSON.stringify({ a: "\n" })]
    for (const text of texts) await here.publish(topic, text)
    await expect.poll(() => heard.length).toBe(texts.length)
    expect(heard.map((text, n) => text === texts[n])).toEqual(texts.map(() => true))
  })
}
