/** News while the bus accepts one subscription and refuses the other. */
import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import type { Bus } from "@/lib/bus/bus"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { subscribe } from "@/lib/chat/news/news"
import { singleton } from "@/lib/singleton"

test("when not every topic can be subscribed to, nothing is delivered and no subscription is left behind", async () => {
  const memory = createMemoryBus()
  const left: string[] = []
  let reachable = false
  const bus: Bus = {
    publish: (topic, text) => memory.publish(topic, text),
    subscribe: async (topic, subscriber) => {
      if (topic === "news" && !reachable) throw new Error("out of reach")
      const leave = await memory.subscribe(topic, subscriber)
      return () => {
        left.push(topic)
        leave()
      }
    },
  }
  singleton("bus", () => bus)
  const userId = randomUUID()
  await expect(subscribe(userId, () => {})).rejects.toThrow("out of reach")
  expect(left).toEqual([`news:${userId}`])
  reachable = true
  const leave = await subscribe(userId, () => {})
  leave()
  await expect.poll(() => left.toSorted()).toEqual(["news", `news:${userId}`, `news:${userId}`])
})
